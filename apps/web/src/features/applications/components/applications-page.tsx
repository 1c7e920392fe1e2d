'use client'

import { Button, TopBar } from '@driftless/ui'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { LiveIndicator } from '#lib/live/indicator.tsx'
import { useApplicationPages } from '../hooks/use-application-pages.ts'
import { useListState } from '../hooks/use-list-state.ts'
import { useRefreshApplications } from '../hooks/use-quick-actions.ts'
import { countFilters } from '../logic/list-state.ts'
import { ApplicationList } from './application-list.tsx'
import { FilterColumn } from './filter-column.tsx'
import { HealthSummary } from './health-summary.tsx'
import { ListState } from './list-states.tsx'
import { ListToolbar } from './list-toolbar.tsx'
import { NewApplication } from './new-application.tsx'
import { TileGrid } from './tile-grid.tsx'

/** All applications as tiles or rows, filtered, sorted and counted on the server. */
export function ApplicationsPage() {
  const t = useTranslate()
  const { state, change, params } = useListState()
  const pages = useApplicationPages(state)
  const refresh = useRefreshApplications()
  if (params.has('new')) return <NewApplication prefill={params.get('new') ?? ''} />
  const rows = pages.page?.rows ?? []
  const count =
    countFilters(state) > 0 ? t('list.some', { total: pages.total, all: pages.all }) : t('list.all', { n: pages.all })
  return (
    <>
      <TopBar note={pages.page === undefined ? undefined : count} title={t('nav.applications')}>
        <LiveIndicator />
        <Button
          busy={refresh.isPending}
          compact
          icon="refresh"
          kind="ghost"
          onClick={() => refresh.mutate({ targets: rows })}
        >
          {t('action.refreshApps')}
        </Button>
        <Button icon="plus" kind="primary" onClick={() => change({ new: '' }, 'push')}>
          {t('action.newApp')}
        </Button>
      </TopBar>
      <ListToolbar change={change} facets={pages.page?.facets} state={state} />
      <div className="flex min-h-0 flex-1">
        {state.view === 'tiles' ? <FilterColumn change={change} facets={pages.page?.facets} state={state} /> : null}
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <ListState change={change} pages={pages} state={state}>
            {state.view === 'tiles' ? (
              <TileGrid header={<HealthSummary facets={pages.page?.facets} />} pages={pages} />
            ) : (
              <ApplicationList change={change} pages={pages} state={state} />
            )}
          </ListState>
        </div>
      </div>
    </>
  )
}
