'use client'

import { Button, EmptyState, TopBar } from '@driftless/ui'
import Link from 'next/link'
import { useMemo } from 'react'
import type { AppId } from '#lib/api/keys.ts'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { useUrlState } from '#lib/url/use-url-state.ts'
import { useApplication } from '../hooks/use-application.ts'
import { useApplicationActions } from '../hooks/use-application-actions.ts'
import { parsePageState } from '../logic/page-url.ts'
import { ApplicationHeader } from './application-header.tsx'
import { ApplicationPanels } from './application-panels.tsx'
import { DiffPage } from './diff-page.tsx'
import { HistoryPage } from './history-page.tsx'
import { LoadingPage } from './loading-page.tsx'
import { ResourcesPage } from './resources-page.tsx'
import { StatusPanel } from './status-panel.tsx'

/** One application: its state with ages, its resources, and everything that can be done with it. */
export function ApplicationPage({ id }: { readonly id: AppId }) {
  const t = useTranslate()
  const { params, change } = useUrlState()
  const state = useMemo(() => parsePageState(new URLSearchParams(params), id), [params, id])
  const application = useApplication(id)
  const actions = useApplicationActions(id)
  const refusal = useRefusal(application.data === undefined ? application.error : undefined)
  const crumbs = [
    <Link href="/applications" key="applications">
      {t('nav.applications')}
    </Link>,
  ]
  if (refusal !== undefined) {
    return (
      <>
        <TopBar crumbs={crumbs} title={id.name} />
        <EmptyState
          actions={
            <Button icon="refresh" onClick={() => void application.refetch()}>
              {t('action.tryAgain')}
            </Button>
          }
          icon="error"
          title={t('app.unread')}
        >
          {refusal.message}
        </EmptyState>
      </>
    )
  }
  if (application.data === undefined) return <LoadingPage crumbs={crumbs} title={id.name} />
  const shared = { id, application: application.data, state, change, actions }
  return (
    <>
      <ApplicationHeader {...shared} crumbs={crumbs} />
      {state.history ? <HistoryPage {...shared} /> : null}
      {state.diff && !state.history ? <DiffPage {...shared} /> : null}
      {state.history || state.diff ? null : (
        <>
          <StatusPanel {...shared} />
          <ResourcesPage {...shared} />
        </>
      )}
      {/* Room for the actions that a phone has at its foot. */}
      <div className="h-[68px] flex-none sm:hidden" />
      <ApplicationPanels {...shared} />
    </>
  )
}
