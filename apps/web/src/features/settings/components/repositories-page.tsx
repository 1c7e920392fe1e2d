'use client'

import type { Repository } from '@driftless/model'
import {
  Button,
  ConfirmDialog,
  classNames,
  EmptyState,
  IconButton,
  Menu,
  SearchBox,
  Skeleton,
  Tag,
  TopBar,
} from '@driftless/ui'
import Link from 'next/link'
import { useRef, useState } from 'react'
import { useRepositories } from '#lib/api/inventory.ts'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { useShortcut } from '#lib/keyboard/use-shortcut.ts'
import { shortRepositoryName } from '#lib/links/http-url.ts'
import { useUrlState } from '#lib/url/use-url-state.ts'
import { useDisconnect, useRefreshRepositories } from '../hooks/use-repository-actions.ts'
import { ConnectPanel } from './connect-panel.tsx'
import { ConnectionWord } from './connection-word.tsx'
import { SettingsLayout } from './settings-layout.tsx'

/** The connected repositories, whether each answers, and how to connect another. */
export function RepositoriesPage() {
  const t = useTranslate()
  const { params, change } = useUrlState()
  const repositories = useRepositories()
  const refresh = useRefreshRepositories()
  const refusal = useRefusal(repositories.data === undefined ? repositories.error : undefined)
  const input = useRef<HTMLInputElement>(null)
  const [leaving, setLeaving] = useState<Repository>()
  useShortcut('/', () => input.current?.focus())
  const words = (params.get('search') ?? '').toLowerCase()
  const shown = (repositories.data ?? []).filter(
    (each) => each.repo.toLowerCase().includes(words) || (each.name ?? '').toLowerCase().includes(words),
  )
  const connect = () => change({ addRepo: 'true' }, 'push')
  return (
    <>
      <TopBar
        crumbs={[
          <Link href="/settings" key="settings">
            {t('nav.settings')}
          </Link>,
        ]}
        note={repositories.data?.length}
        title={t('settings.repositories')}
      >
        <Button busy={refresh.isPending} compact icon="refresh" kind="ghost" onClick={() => refresh.mutate()}>
          {t('repo.refresh')}
        </Button>
        <Button icon="plus" kind="primary" onClick={connect}>
          {t('action.connectRepo')}
        </Button>
      </TopBar>
      <SettingsLayout>
        <div className="flex min-h-11 flex-none items-center border-line border-b px-4">
          <SearchBox
            className="w-[240px]"
            inputRef={input}
            label={t('repo.search')}
            onChange={(event) => change({ search: event.target.value === '' ? undefined : event.target.value })}
            shortcut="/"
            value={params.get('search') ?? ''}
          />
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto">
          {refusal === undefined ? null : (
            <EmptyState icon="error" title={t('repo.unread')}>
              {refusal.message}
            </EmptyState>
          )}
          {repositories.isPending ? (
            <div className="p-4">
              <Skeleton width="50%" />
            </div>
          ) : null}
          {repositories.data?.length === 0 ? (
            <EmptyState
              actions={
                <Button icon="plus" onClick={connect}>
                  {t('repo.connectFirst')}
                </Button>
              }
              icon="branch"
              title={t('repo.none')}
            >
              {t('repo.noneHint')}
            </EmptyState>
          ) : null}
          <ul>
            {shown.map((repository) => (
              <RepositoryRow
                key={repository.repo}
                onDisconnect={() => setLeaving(repository)}
                repository={repository}
              />
            ))}
          </ul>
        </div>
      </SettingsLayout>
      {params.get('addRepo') === 'true' ? <ConnectPanel onClose={() => change({ addRepo: undefined })} /> : null}
      {leaving === undefined ? null : <DisconnectDialog onClose={() => setLeaving(undefined)} repository={leaving} />}
    </>
  )
}

function RepositoryRow({
  repository,
  onDisconnect,
}: {
  readonly repository: Repository
  readonly onDisconnect: () => void
}) {
  const t = useTranslate()
  const name = repository.name || shortRepositoryName(repository.repo)
  const create = `/applications?new=${encodeURIComponent(JSON.stringify({ spec: { source: { repoURL: repository.repo, path: '', targetRevision: 'HEAD' } } }))}`
  return (
    <li
      className={classNames(
        'grid grid-cols-[56px_minmax(0,1.3fr)_minmax(0,1fr)_90px_28px] items-center gap-3 border-line border-b px-4 py-1.5 hover:bg-hover max-sm:grid-cols-[minmax(0,1fr)_28px]',
      )}
      data-testid={`repo-${repository.repo}`}
    >
      <span className="max-sm:hidden">
        <Tag mono tone="line">
          {repository.type.toUpperCase()}
        </Tag>
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium">{name}</span>
        <code className="block truncate font-mono text-[11.5px] text-text-2" title={repository.repo}>
          {repository.repo}
        </code>
      </span>
      <span className="min-w-0 max-sm:order-last max-sm:col-span-full">
        <ConnectionWord state={repository.connectionState} />
      </span>
      <span className="truncate text-12 text-text-3 max-sm:hidden">{repository.project ?? ''}</span>
      <Menu
        items={[
          { label: t('repo.createApp'), icon: 'plus', onSelect: () => window.location.assign(create) },
          { label: t('repo.disconnect'), icon: 'trash', danger: true, separated: true, onSelect: onDisconnect },
        ]}
        trigger={<IconButton icon="more" label={t('action.moreFor', { name })} />}
      />
    </li>
  )
}

function DisconnectDialog({ repository, onClose }: { readonly repository: Repository; readonly onClose: () => void }) {
  const t = useTranslate()
  const disconnect = useDisconnect(onClose)
  const refusal = useRefusal(disconnect.error)
  return (
    <ConfirmDialog
      busy={disconnect.isPending}
      cancelLabel={t('action.cancel')}
      confirmLabel={t('repo.disconnect')}
      danger
      error={refusal?.message}
      notes={{ nothing: t('dialog.enterNothing'), confirm: t('dialog.enterContinue') }}
      onClose={onClose}
      onConfirm={() => disconnect.mutate(repository)}
      open
      title={t('repo.disconnectTitle')}
    >
      <p className="text-text-2">{t('repo.disconnectText')}</p>
      <code className="break-all font-mono text-12">{repository.repo}</code>
    </ConfirmDialog>
  )
}
