'use client'

import { isAutomated, sourcesOf } from '@driftless/model'
import { Dot, StatusWord } from '@driftless/ui'
import type { ReactNode } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { shortRevision } from '#lib/links/revision.ts'
import { FreshnessAge } from '#lib/status/freshness-age.tsx'
import { HealthWord, OperationWord, SyncWord } from '#lib/status/words.tsx'
import { preciseDurationText } from '#lib/time/age.ts'
import { Since } from '#lib/time/since.tsx'
import { useRevision } from '../hooks/use-application.ts'
import { useObservedApplication } from '../hooks/use-observed-application.ts'
import { countConditions } from '../logic/conditions.ts'
import { operationKind } from '../logic/operation-view.ts'
import type { PageProps } from '../logic/page-props.ts'

/** What is true of the application, and how old each of it is. */
export function StatusPanel(props: PageProps) {
  const observed = useObservedApplication(props.application)
  return (
    <section className="flex flex-none flex-wrap border-line border-b bg-bg max-sm:max-h-[46vh] max-sm:gap-2 max-sm:overflow-y-auto max-sm:p-3 sm:min-h-[92px]">
      <HealthCell {...props} health={observed.health} />
      <SyncCell {...props} sync={observed.sync} />
      <LastSyncCell {...props} />
      <ConditionsCell {...props} />
      <AgeCell observed={observed} />
    </section>
  )
}

function Cell({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="grid min-w-[150px] flex-1 content-start gap-0.5 border-line px-4 py-2.5 max-sm:min-w-[45%] max-sm:rounded-3 max-sm:border max-sm:bg-surface max-sm:px-3 sm:[&+&]:border-l">
      <h2 className="font-medium text-11 text-text-3">{title}</h2>
      {children}
    </div>
  )
}

function Line({ children, title }: { readonly children: ReactNode; readonly title?: string | undefined }) {
  return (
    <div className="truncate text-12 text-text-2" title={title}>
      {children}
    </div>
  )
}

function HealthCell({ application, health }: PageProps & { readonly health: string | undefined }) {
  const t = useTranslate()
  const status = application.status?.health
  return (
    <Cell title={t('status.health')}>
      <div className="flex items-center gap-2" data-testid="app-health">
        <HealthWord status={health} />
        {status?.lastTransitionTime === undefined ? null : (
          <span className="text-12 text-text-3">
            {t('status.for')} <Since at={status.lastTransitionTime} />
          </span>
        )}
      </div>
      {status?.message === undefined || status.message === '' ? null : (
        <Line title={status.message}>{status.message}</Line>
      )}
    </Cell>
  )
}

function SyncCell({ id, application, sync }: PageProps & { readonly sync: string | undefined }) {
  const t = useTranslate()
  const revision = application.status?.sync?.revision ?? application.status?.sync?.revisions?.[0]
  const commit = useRevision(id, revision)
  const source = sourcesOf(application.spec)[0]
  return (
    <Cell title={t('status.sync')}>
      <div className="flex items-center gap-2" data-testid="app-sync">
        <SyncWord status={sync} />
        <span className="truncate text-12 text-text-3">
          {t('status.from', { revision: source?.targetRevision || 'HEAD' })}
        </span>
      </div>
      <Line title={commit.data?.message}>
        <code className="font-mono text-[11.5px]">{shortRevision(revision)}</code>{' '}
        {commit.data?.message?.split('\n', 1)[0]}
      </Line>
      <Line>
        {commit.data?.author === undefined ? null : `${commit.data.author.replace(/ <.*>$/, '')} · `}
        {commit.data?.date === undefined ? null : (
          <>
            <Since at={commit.data.date} form="ago" /> ·{' '}
          </>
        )}
        {t(isAutomated(application.spec) ? 'status.autoOn' : 'status.autoOff')}
      </Line>
    </Cell>
  )
}

function LastSyncCell({ application, change }: PageProps) {
  const t = useTranslate()
  const operation = application.status?.operationState
  if (operation === undefined) {
    return (
      <Cell title={t('status.lastSync')}>
        <OperationWord phase={application.operation === undefined ? undefined : 'Running'} />
      </Cell>
    )
  }
  const revision = operation.syncResult?.revision ?? operation.syncResult?.revisions?.[0]
  const by = operation.operation.initiatedBy
  const took =
    operation.finishedAt === undefined
      ? undefined
      : (Date.parse(operation.finishedAt) - Date.parse(operation.startedAt)) / 1000
  return (
    <Cell title={t('status.lastSync')}>
      <div className="flex items-center gap-2" data-testid="app-operation">
        <button className="cursor-pointer" onClick={() => change({ operation: 'true' }, 'push')} type="button">
          <OperationWord kind={operationKind(operation)} phase={operation.phase} />
        </button>
        <Since at={operation.finishedAt ?? operation.startedAt} form="ago" />
      </div>
      <Line title={operation.message}>
        {revision === undefined ? null : (
          <>
            {t('status.to')} <code className="font-mono text-[11.5px]">{shortRevision(revision)}</code>{' '}
          </>
        )}
        {operation.message}
      </Line>
      <Line>
        {by?.automated === true ? t('operation.automated') : by?.username}
        {took === undefined ? null : ` · ${t('operation.took', { time: preciseDurationText(t, took) })}`}
      </Line>
    </Cell>
  )
}

function ConditionsCell({ application, change }: PageProps) {
  const t = useTranslate()
  const conditions = application.status?.conditions ?? []
  const counts = countConditions(conditions)
  const first = conditions[0]
  return (
    <Cell title={t('status.conditions')}>
      {first === undefined ? (
        <span className="text-text-3">{t('status.noConditions')}</span>
      ) : (
        <>
          <button
            className="flex cursor-pointer gap-3"
            onClick={() => change({ conditions: 'true' }, 'push')}
            type="button"
          >
            {counts.errors > 0 ? (
              <StatusWord icon="error" tone="degraded">
                {t('status.errors', { n: counts.errors })}
              </StatusWord>
            ) : null}
            {counts.warnings > 0 ? (
              <StatusWord icon="warn" tone="outofsync">
                {t('status.warnings', { n: counts.warnings })}
              </StatusWord>
            ) : null}
          </button>
          <Line title={first.message}>
            {first.type}: {first.message}
          </Line>
        </>
      )}
    </Cell>
  )
}

function AgeCell({ observed }: { readonly observed: ReturnType<typeof useObservedApplication> }) {
  const t = useTranslate()
  const { freshness, clusterName } = observed
  return (
    <Cell title={t('status.asOf')}>
      <div className="flex items-center gap-2">
        <Dot state={freshness.state === 'fresh' ? 'ok' : freshness.state === 'stale' ? 'warn' : 'off'} />
        {freshness.state === 'unknown' ? (
          <span className="text-text-3">{t('age.unknown')}</span>
        ) : (
          <FreshnessAge freshness={freshness} />
        )}
      </div>
      <Line title={clusterName}>{clusterName}</Line>
      {freshness.reason === undefined ? null : <Line title={freshness.reason}>{freshness.reason}</Line>}
      {observed.last === undefined ? null : (
        <Line>
          {t('tile.was', {
            sync: t(`sync.${observed.last.sync as 'Synced'}`),
            health: t(`health.${observed.last.health as 'Healthy'}`),
          })}
        </Line>
      )}
    </Cell>
  )
}
