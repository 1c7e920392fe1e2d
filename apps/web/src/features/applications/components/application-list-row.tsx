'use client'

import type { ApplicationRow } from '@driftless/model'
import { classNames, Skeleton } from '@driftless/ui'
import Link from 'next/link'
import { memo } from 'react'
import { shortRevision } from '#lib/links/revision.ts'
import { FreshnessAge } from '#lib/status/freshness-age.tsx'
import { HealthWord, OperationWord, SyncWord } from '#lib/status/words.tsx'
import { Since } from '#lib/time/since.tsx'
import { useFlash } from '../hooks/use-flash.ts'
import { useObserved } from '../hooks/use-observed.ts'
import { shortImage } from '../logic/tile-text.ts'
import { listColumns } from './application-list.tsx'

/** One application as a row: the whole row is its link. */
export const ApplicationListRow = memo(function ApplicationListRow({
  row,
  index,
}: {
  readonly row: ApplicationRow | undefined
  readonly index: number
}) {
  if (row === undefined) {
    return (
      <div className="flex h-full items-center border-line border-b px-4">
        <Skeleton width="40%" />
      </div>
    )
  }
  return <LoadedRow index={index} row={row} />
})

function LoadedRow({ row, index }: { readonly row: ApplicationRow; readonly index: number }) {
  const observed = useObserved(row)
  const flashing = useFlash(`${row.sync}${row.health}${row.revision}${row.operationPhase}`)
  const at = row.operationFinishedAt ?? row.operationStartedAt
  const image = row.images[0]
  return (
    <Link
      aria-label={row.name}
      className={classNames(
        listColumns,
        'h-full border-line border-b hover:bg-hover focus-visible:-outline-offset-2',
        flashing && 'animate-flash',
      )}
      data-index={index}
      data-testid={`app-${row.namespace}-${row.name}`}
      href={`/applications/${encodeURIComponent(row.namespace)}/${encodeURIComponent(row.name)}`}
      prefetch={false}
    >
      <span className="min-w-0">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{row.name}</span>
          {observed.freshness.state === 'stale' || observed.freshness.state === 'unreachable' ? (
            <FreshnessAge freshness={observed.freshness} terse />
          ) : null}
        </span>
        <span className="block truncate text-12 text-text-3 md:hidden">
          {row.destinationNamespace} · {observed.clusterName}
        </span>
      </span>
      <span className="truncate text-text-2 max-lg:hidden">{row.project}</span>
      <SyncWord status={observed.sync} />
      <span className="flex items-center gap-1">
        <HealthWord status={observed.health} title={row.healthMessage} />
        {row.healthSince === undefined || observed.health === 'Healthy' ? null : (
          <span className="max-md:hidden">
            <Since at={row.healthSince} />
          </span>
        )}
      </span>
      <code className="truncate font-mono text-[11.5px] text-text-2 max-md:hidden" title={row.images.join('\n')}>
        {image === undefined ? '—' : shortImage(image)}
      </code>
      <code className="truncate font-mono text-[11.5px] text-text-2 max-lg:hidden">
        {row.targetRevision || 'HEAD'} <span className="text-text-3">{shortRevision(row.revision)}</span>
      </code>
      <span className="flex min-w-0 items-center justify-between gap-2 max-lg:hidden">
        <OperationWord kind={row.operationKind} phase={row.operationPhase} title={row.operationMessage} />
        {at === undefined ? null : <Since at={at} form="ago" />}
      </span>
      <span className="text-right max-lg:hidden">
        <Since at={row.createdAt} />
      </span>
    </Link>
  )
}
