'use client'

import { Button, EmptyState, Skeleton } from '@driftless/ui'
import type { ReactNode } from 'react'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import type { UrlChanges } from '#lib/url/use-url-state.ts'
import type { ApplicationPages } from '../hooks/use-application-pages.ts'
import { clearedFilters, countFilters, type ListState as State } from '../logic/list-state.ts'

export interface ListStateProps {
  readonly pages: ApplicationPages
  readonly state: State
  readonly change: (changes: UrlChanges, mode?: 'push') => void
  readonly children: ReactNode
}

/** Stands in for the list while it is read, when it could not be, and when nothing is in it. */
export function ListState({ pages, state, change, children }: ListStateProps) {
  const t = useTranslate()
  const refusal = useRefusal(pages.page === undefined ? pages.error : undefined)
  if (refusal !== undefined) {
    return (
      <EmptyState
        actions={
          <Button icon="refresh" onClick={pages.retry}>
            {t('action.tryAgain')}
          </Button>
        }
        icon="error"
        title={t('list.unread')}
      >
        {refusal.message}
      </EmptyState>
    )
  }
  if (pages.loading) return <LoadingTiles />
  if (pages.all === 0) {
    return (
      <EmptyState
        actions={
          <Button icon="plus" onClick={() => change({ new: '' }, 'push')}>
            {t('list.firstApp')}
          </Button>
        }
        icon="apps"
        title={t('list.empty')}
      >
        {t('list.emptyHint')}
      </EmptyState>
    )
  }
  if (pages.total === 0 && countFilters(state) > 0) {
    return (
      <EmptyState
        actions={
          <Button icon="x" onClick={() => change(clearedFilters())}>
            {t('list.clear')}
          </Button>
        }
        icon="filter"
        title={t('list.noMatch')}
      >
        {t('list.hidden', { n: pages.all })}
      </EmptyState>
    )
  }
  return children
}

function LoadingTiles() {
  return (
    <div aria-busy="true" className="grid grid-cols-[repeat(auto-fill,minmax(288px,1fr))] gap-3 p-4">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <div
          className="grid h-[200px] animate-appear content-start gap-3 rounded-3 border border-line bg-surface p-3"
          key={key}
        >
          <Skeleton height={32} width={32} />
          <Skeleton width="70%" />
          <Skeleton width="50%" />
          <Skeleton width="80%" />
        </div>
      ))}
    </div>
  )
}
