'use client'

import { isCompleted, type OperationState, type ResourceResult } from '@driftless/model'
import { Banner, Button, classNames, EmptyState, KindIcon, Panel, Segments, StatusWord } from '@driftless/ui'
import { type ReactNode, useState } from 'react'
import type { MessageKey } from '#lib/i18n/translate.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { shortRevision } from '#lib/links/revision.ts'
import { OperationWord } from '#lib/status/words.tsx'
import { preciseDurationText, secondsSince } from '#lib/time/age.ts'
import { Since } from '#lib/time/since.tsx'
import { useNow } from '#lib/time/use-now.ts'
import { doneShare, operationKind, outcomeOf, resultTone } from '../logic/operation-view.ts'
import type { PageProps } from '../logic/page-props.ts'

/** The running or last operation, object by object, live. */
export function OperationPanel({ application, actions, change }: PageProps) {
  const t = useTranslate()
  const state = application.status?.operationState
  const waiting = application.operation !== undefined && (state === undefined || isCompleted(state.phase))
  const running = waiting || (state !== undefined && !isCompleted(state.phase))
  const close = () => change({ operation: undefined })
  return (
    <Panel
      closeLabel={t('action.close')}
      footer={
        running ? (
          <>
            <span className="flex-1" />
            <Button
              busy={actions.terminate.isPending}
              icon="stop"
              kind="danger"
              onClick={() => actions.terminate.mutate()}
            >
              {t('action.terminate')}
            </Button>
          </>
        ) : undefined
      }
      onClose={close}
      open
      title={t('operation.title')}
      width={860}
    >
      {waiting ? <EmptyState icon="progressing" title={t('operation.waiting')} /> : null}
      {!waiting && state === undefined ? <EmptyState icon="info" title={t('operation.none')} /> : null}
      {waiting || state === undefined ? null : <OperationBody state={state} />}
    </Panel>
  )
}

function OperationBody({ state }: { readonly state: OperationState }) {
  const t = useTranslate()
  const now = useNow()
  const results = state.syncResult?.resources ?? []
  const by = state.operation.initiatedBy
  const running = !isCompleted(state.phase)
  const seconds =
    state.finishedAt === undefined
      ? secondsSince(state.startedAt, now)
      : (Date.parse(state.finishedAt) - Date.parse(state.startedAt)) / 1000
  const revisions =
    state.syncResult?.revisions ?? (state.syncResult?.revision === undefined ? [] : [state.syncResult.revision])
  const failed = state.phase === 'Failed' || state.phase === 'Error'
  return (
    <div className="grid gap-4 p-5">
      {running ? (
        <div
          aria-label={t('operation.progress')}
          aria-valuemax={100}
          aria-valuemin={0}
          aria-valuenow={Math.round(doneShare(results) * 100)}
          className="h-1.5 overflow-hidden rounded-full bg-pressed"
          role="progressbar"
        >
          <div
            className="h-full bg-progressing-solid transition-[width] duration-240"
            style={{ width: `${Math.max(4, doneShare(results) * 100)}%` }}
          />
        </div>
      ) : null}
      {failed && state.message !== undefined ? (
        <Banner icon="failed" title={t('operation.failedBecause')} tone="degraded">
          <span className="whitespace-pre-wrap">{state.message}</span>
        </Banner>
      ) : null}
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4">
        <Fact label="operation.phase">
          <span data-testid="operation-phase">
            <OperationWord kind={operationKind(state)} phase={state.phase} />
          </span>
        </Fact>
        <Fact label="operation.started">
          <Since at={state.startedAt} form="ago" />
        </Fact>
        <Fact label="operation.duration">{preciseDurationText(t, seconds)}</Fact>
        <Fact label="operation.by">{by?.automated === true ? t('operation.automated') : (by?.username ?? '—')}</Fact>
        <Fact label="operation.revision">
          <code className="font-mono text-12">{revisions.map(shortRevision).join(', ') || '—'}</code>
        </Fact>
        {(state.retryCount ?? 0) > 0 ? <Fact label="operation.retries">{state.retryCount}</Fact> : null}
        {failed || state.message === undefined ? null : (
          <div className="col-span-full">
            <Fact label="operation.message">{state.message}</Fact>
          </div>
        )}
      </dl>
      <Results results={results} running={running} />
    </div>
  )
}

function Fact({ label, children }: { readonly label: MessageKey; readonly children: ReactNode }) {
  const t = useTranslate()
  return (
    <div className="min-w-0">
      <dt className="text-12 text-text-3">{t(label)}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  )
}

function Results({ results, running }: { readonly results: readonly ResourceResult[]; readonly running: boolean }) {
  const t = useTranslate()
  const [filter, setFilter] = useState<'all' | 'bad'>('all')
  const bad = results.filter((result) => resultTone(result) === 'degraded')
  const shown = filter === 'bad' ? bad : results
  return (
    <section>
      <div className="mb-1 flex items-center gap-3">
        <h3 className="font-semibold">{t('operation.results')}</h3>
        <span className="text-12 text-text-3">{results.length}</span>
        <span className="flex-1" />
        {bad.length === 0 ? null : (
          <Segments
            label={t('operation.results')}
            onChange={setFilter}
            segments={[
              { value: 'all', label: t('operation.allResults') },
              { value: 'bad', label: t('operation.failures', { n: bad.length }) },
            ]}
            value={filter}
          />
        )}
      </div>
      {results.length === 0 ? (
        <p className="py-4 text-text-3">{t(running ? 'operation.noResultsYet' : 'operation.noResults')}</p>
      ) : null}
      <ul>
        {shown.map((result) => (
          <li
            className={classNames(
              'grid grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-x-2 border-line border-b py-1.5 sm:grid-cols-[16px_110px_minmax(120px,1fr)_120px_minmax(0,1.6fr)]',
            )}
            data-testid={`result-${result.kind}-${result.namespace}-${result.name}`}
            key={`${result.syncPhase}-${result.group}/${result.kind}/${result.namespace}/${result.name}`}
          >
            <KindIcon className="mt-0.5 text-text-3" kind={result.kind} />
            <span className="truncate text-text-3 max-sm:hidden">{result.kind}</span>
            <span className="truncate font-medium" title={`${result.namespace}/${result.name}`}>
              {result.name}
            </span>
            <StatusWord icon={resultTone(result) === 'degraded' ? 'failed' : undefined} tone={resultTone(result)}>
              {t(outcomeKey(result))}
            </StatusWord>
            <span className="break-words text-12 text-text-2 max-sm:col-span-full max-sm:col-start-2">
              {result.hookType === undefined ? '' : `${result.hookType} · `}
              {result.message}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function outcomeKey(result: ResourceResult): MessageKey {
  const outcome = outcomeOf(result)
  return outcome === undefined ? 'operation.applying' : `outcome.${outcome}`
}
