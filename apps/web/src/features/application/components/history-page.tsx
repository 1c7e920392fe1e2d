'use client'

import { Button, classNames, EmptyState, Icon, Segments, Skeleton } from '@driftless/ui'
import { useMemo, useState } from 'react'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { shortRevision } from '#lib/links/revision.ts'
import { OperationWord } from '#lib/status/words.tsx'
import { durationText, preciseDurationText } from '#lib/time/age.ts'
import { Since } from '#lib/time/since.tsx'
import { useNow } from '#lib/time/use-now.ts'
import { useOperations, useRevision } from '../hooks/use-application.ts'
import { type HistoryEntry, historyEntries } from '../logic/history-entries.ts'
import type { PageProps } from '../logic/page-props.ts'
import { RollbackDialog } from './rollback-dialog.tsx'

const columns =
  'grid grid-cols-[44px_120px_78px_minmax(160px,1fr)_170px_120px_90px_90px_116px] items-center gap-x-3 px-4 max-lg:grid-cols-[44px_120px_78px_minmax(120px,1fr)_110px_116px] max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-y-0.5 max-sm:py-2'

/** Every attempt, failures too: who, which commit, why, how long; each deployment can be returned to. */
export function HistoryPage(props: PageProps) {
  const { id, application } = props
  const t = useTranslate()
  const operations = useOperations(id)
  const refusal = useRefusal(operations.data === undefined ? operations.error : undefined)
  const [filter, setFilter] = useState<'all' | 'deployed' | 'failed'>('all')
  const [chosen, setChosen] = useState<HistoryEntry>()
  const history = application.status?.history
  const entries = useMemo(() => historyEntries(history ?? [], operations.data ?? []), [history, operations.data])
  const failed = entries.filter((entry) => entry.phase === 'Failed' || entry.phase === 'Error')
  const shown =
    filter === 'all'
      ? entries
      : filter === 'failed'
        ? failed
        : entries.filter((entry) => entry.deployment !== undefined)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-11 flex-none flex-wrap items-center gap-3 px-4 py-1.5">
        <h2 className="font-semibold text-14">{t('history.title')}</h2>
        <span className="text-12 text-text-3">{t('history.attempts', { n: entries.length })}</span>
        <span className="flex-1" />
        <Segments
          label={t('history.title')}
          onChange={setFilter}
          segments={[
            { value: 'all', label: t('history.all') },
            { value: 'deployed', label: t('history.deployed') },
            { value: 'failed', label: `${t('history.failed')} ${failed.length}` },
          ]}
          value={filter}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-auto border-line border-t" data-testid="history">
        <div
          className={classNames(
            columns,
            'sticky top-0 z-10 h-8 border-line border-b bg-bg font-medium text-12 text-text-3 max-sm:hidden',
          )}
        >
          <span>{t('history.number')}</span>
          <span>{t('history.result')}</span>
          <span>{t('history.commit')}</span>
          <span>{t('history.message')}</span>
          <span className="max-lg:hidden">{t('history.by')}</span>
          <span>{t('history.deployedAt')}</span>
          <span className="text-right max-lg:hidden">{t('history.took')}</span>
          <span className="text-right max-lg:hidden">{t('history.activeFor')}</span>
          <span />
        </div>
        {refusal !== undefined ? (
          <EmptyState icon="error" title={t('history.unread')}>
            {refusal.message}
          </EmptyState>
        ) : null}
        {operations.isPending ? (
          <div className="p-4">
            <Skeleton width="50%" />
          </div>
        ) : null}
        {!operations.isPending && shown.length === 0 ? (
          <EmptyState icon="history" title={t('history.empty')}>
            {t('history.emptyHint')}
          </EmptyState>
        ) : null}
        {shown.map((entry) => (
          <HistoryRow entry={entry} id={id} key={entry.key} onRollback={() => setChosen(entry)} />
        ))}
      </div>
      {chosen === undefined ? null : <RollbackDialog {...props} entry={chosen} onClose={() => setChosen(undefined)} />}
    </div>
  )
}

function HistoryRow({
  id,
  entry,
  onRollback,
}: {
  readonly id: PageProps['id']
  readonly entry: HistoryEntry
  readonly onRollback: () => void
}) {
  const t = useTranslate()
  const now = useNow()
  const revision = entry.revisions[0]
  const commit = useRevision(id, revision)
  const failed = entry.phase === 'Failed' || entry.phase === 'Error'
  const message = failed ? entry.message : (commit.data?.message?.split('\n', 1)[0] ?? entry.message)
  const took =
    entry.finishedAt === undefined ? undefined : (Date.parse(entry.finishedAt) - Date.parse(entry.startedAt)) / 1000
  const active =
    entry.activeFrom === undefined
      ? undefined
      : (Date.parse(entry.activeUntil ?? new Date(now).toISOString()) - Date.parse(entry.activeFrom)) / 1000
  return (
    <div
      className={classNames(
        columns,
        'min-h-10 border-line border-b hover:bg-hover',
        entry.current && 'bg-accent-bg hover:bg-accent-bg',
      )}
      data-testid={entry.deployment === undefined ? 'attempt' : `deployment-${entry.deployment}`}
    >
      <span className="text-text-3 max-sm:hidden">{entry.deployment === undefined ? '—' : `#${entry.deployment}`}</span>
      <OperationWord kind={entry.kind} phase={entry.phase} />
      <code className="font-mono text-12 max-sm:text-right" title={revision}>
        {shortRevision(revision)}
      </code>
      <span
        className={classNames('truncate max-sm:col-span-full', failed ? 'text-text' : 'text-text-2')}
        title={message}
      >
        {message}
      </span>
      <span className="flex min-w-0 items-center gap-1.5 truncate text-text-2 max-lg:hidden">
        {entry.by.automated === true ? <Icon className="text-text-3" name="robot" /> : null}
        {entry.by.automated === true ? t('operation.automated') : (entry.by.username ?? '—')}
      </span>
      <Since at={entry.finishedAt ?? entry.startedAt} form="ago" />
      <span className="text-right text-text-3 max-lg:hidden">
        {took === undefined ? '—' : preciseDurationText(t, took)}
      </span>
      <span className="text-right text-text-3 max-lg:hidden">
        {active === undefined ? '—' : durationText(t, active)}
      </span>
      <span className="flex justify-end">
        {entry.deployment === undefined ? null : (
          <Button
            icon={entry.current ? 'sync' : 'rollback'}
            kind={entry.current ? 'ghost' : 'default'}
            onClick={onRollback}
            size="sm"
          >
            {t(entry.current ? 'history.redeploy' : 'action.rollback')}
          </Button>
        )}
      </span>
    </div>
  )
}
