'use client'

import { BarDivider, Button, ButtonGroup, IconButton, Popover, PopoverClose, TopBar } from '@driftless/ui'
import type { ReactNode } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import type { PageProps } from '../logic/page-props.ts'
import { applicationNodeParam } from '../logic/page-url.ts'

/** Name and actions of the application, in the order its users know; on a phone the main ones are at the foot. */
export function ApplicationHeader({
  id,
  application,
  state,
  change,
  actions,
  crumbs,
}: PageProps & { readonly crumbs: readonly ReactNode[] }) {
  const t = useTranslate()
  const deleting = application.metadata.deletionTimestamp !== undefined
  const { destination } = application.spec
  const operated = application.status?.operationState !== undefined || application.operation !== undefined
  const closed = { tab: undefined, rollback: undefined, node: undefined }
  return (
    <TopBar
      crumbs={crumbs}
      note={`${destination.namespace ?? ''} · ${destination.name ?? destination.server ?? ''}`}
      title={id.name}
    >
      <Button compact icon="details" kind="ghost" onClick={() => change({ node: applicationNodeParam(id) }, 'push')}>
        {t('action.details')}
      </Button>
      <Button
        compact
        icon="diff"
        kind="ghost"
        onClick={() => change(state.diff ? closed : { ...closed, tab: 'diff' }, 'push')}
        pressed={state.diff}
      >
        {t('action.diff')}
      </Button>
      <Button
        compact
        disabled={!operated}
        disabledReason={t('operation.none')}
        icon="info"
        kind="ghost"
        onClick={() => change({ operation: 'true' }, 'push')}
      >
        {t('action.syncStatus')}
      </Button>
      <Button
        compact
        icon="history"
        kind="ghost"
        onClick={() => change(state.history ? closed : { ...closed, rollback: '0' }, 'push')}
        pressed={state.history}
      >
        {t('action.history')}
      </Button>
      <Button
        compact
        disabled={deleting}
        disabledReason={t('delete.running')}
        icon="trash"
        kind="ghost"
        onClick={() => change({ delete: 'true' }, 'push')}
      >
        {t('action.delete')}
      </Button>
      <span className="max-sm:hidden">
        <BarDivider />
      </span>
      <div className="contents max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-30 max-sm:flex max-sm:gap-2 max-sm:border-line max-sm:border-t max-sm:bg-bg max-sm:p-3 max-sm:[&_button]:min-h-11">
        <Button
          className="flex-1 sm:hidden"
          icon="rollback"
          onClick={() => change({ ...closed, rollback: '0' }, 'push')}
        >
          {t('action.rollback')}
        </Button>
        <ButtonGroup>
          <Button busy={actions.refresh.isPending} compact icon="refresh" onClick={() => actions.refresh.mutate(false)}>
            {t('action.refresh')}
          </Button>
          <Popover
            label={t('action.more')}
            trigger={<IconButton icon="down" kind="default" label={t('action.more')} />}
          >
            <PopoverClose>
              <Button
                className="justify-start"
                icon="refresh"
                kind="ghost"
                onClick={() => actions.refresh.mutate(true)}
              >
                {t('action.hardRefresh')}
              </Button>
            </PopoverClose>
          </Popover>
        </ButtonGroup>
        <Button
          disabled={deleting}
          disabledReason={t('delete.running')}
          className="max-sm:flex-1"
          icon="sync"
          kind="primary"
          onClick={() => change({ deploy: 'all' }, 'push')}
        >
          {t('action.sync')}
        </Button>
      </div>
    </TopBar>
  )
}
