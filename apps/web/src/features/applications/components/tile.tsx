'use client'

import type { ApplicationRow } from '@driftless/model'
import { classNames, Glyph, IconButton, Menu } from '@driftless/ui'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { memo } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { shortRevision } from '#lib/links/revision.ts'
import { FreshnessAge } from '#lib/status/freshness-age.tsx'
import { presentHealth } from '#lib/status/tones.ts'
import { HealthWord, OperationWord, SyncWord } from '#lib/status/words.tsx'
import { Since } from '#lib/time/since.tsx'
import { useFlash } from '../hooks/use-flash.ts'
import { type Observed, useObserved } from '../hooks/use-observed.ts'
import { useRefreshApplications } from '../hooks/use-quick-actions.ts'
import { firstLine, shortImage, sourceText } from '../logic/tile-text.ts'

export interface TileProps {
  readonly row: ApplicationRow
  readonly index: number
}

/** One application: a link that carries its sync and health words; its buttons lie over the foot, outside the link. */
export const Tile = memo(function Tile({ row, index }: TileProps) {
  const observed = useObserved(row)
  const flashing = useFlash(`${row.sync}${row.health}${row.revision}${row.operationPhase}`)
  const health = presentHealth(observed.health)
  return (
    <div className="group relative grid min-w-0">
      <Link
        aria-label={row.name}
        className={classNames(
          'grid min-w-0 grid-rows-[auto_auto_1fr_auto] rounded-3 border border-line bg-surface shadow-1 hover:border-line-strong hover:shadow-2',
          flashing && 'animate-flash',
        )}
        data-index={index}
        data-testid={`app-${row.namespace}-${row.name}`}
        href={`/applications/${encodeURIComponent(row.namespace)}/${encodeURIComponent(row.name)}`}
        prefetch={false}
      >
        <div className="flex items-center gap-2.5 px-3 pt-3 pb-2">
          <Glyph icon={health.icon} tone={health.tone} />
          <div className="min-w-0 flex-1">
            <div className="truncate font-semibold text-14 leading-5 tracking-[-.005em]">{row.name}</div>
            <div className="truncate text-12 text-text-3">
              {row.destinationNamespace} · {observed.clusterName}
            </div>
          </div>
          <FreshnessAge freshness={observed.freshness} />
        </div>
        <TileStates observed={observed} row={row} />
        <TileFacts observed={observed} row={row} />
        <TileFoot row={row} />
      </Link>
      <TileActions row={row} />
    </div>
  )
})

interface PartProps {
  readonly row: ApplicationRow
  readonly observed: Observed
}

function TileStates({ row, observed }: PartProps) {
  return (
    <div className="flex min-h-[30px] items-center gap-3 whitespace-nowrap px-3 pb-2">
      <SyncWord status={observed.sync} />
      <span className="flex items-center gap-1">
        <HealthWord status={observed.health} title={row.healthMessage} />
        {row.healthSince === undefined ? null : <Since at={row.healthSince} />}
      </span>
    </div>
  )
}

function TileFacts({ row, observed }: PartProps) {
  const t = useTranslate()
  const image = row.images[0]
  return (
    <dl className="grid grid-cols-[60px_minmax(0,1fr)] content-start gap-x-2 gap-y-0.5 border-line border-t px-3 pt-2 pb-2.5 text-12 leading-[18px] [&_dd]:truncate [&_dd]:text-text-2 [&_dt]:text-text-3">
      <dt>{t('tile.source')}</dt>
      <dd title={row.repoURL}>
        <code className="font-mono text-[11.5px]">{sourceText(row)}</code> @ {row.targetRevision || 'HEAD'}{' '}
        <span className="text-text-3">
          {row.revision === undefined ? '' : '· '}
          <code className="font-mono text-[11.5px]">{shortRevision(row.revision)}</code>
        </span>
      </dd>
      <dt>{t('tile.image')}</dt>
      <dd title={row.images.join('\n')}>
        <code className="font-mono text-[11.5px]">{image === undefined ? '—' : shortImage(image)}</code>
        {row.images.length > 1 ? <span className="text-text-3"> +{row.images.length - 1}</span> : null}
      </dd>
      {observed.freshness.state === 'unreachable' ? (
        <>
          <dt>{t('tile.cluster')}</dt>
          <dd title={observed.freshness.reason}>
            {observed.last === undefined
              ? observed.freshness.reason
              : t('tile.was', {
                  sync: t(`sync.${observed.last.sync as 'Synced'}`),
                  health: t(`health.${observed.last.health as 'Healthy'}`),
                })}
          </dd>
        </>
      ) : (
        <>
          <dt>{t('tile.commit')}</dt>
          <dd title={row.commitMessage}>{firstLine(row.commitMessage) || '—'}</dd>
        </>
      )}
    </dl>
  )
}

function TileFoot({ row }: { readonly row: ApplicationRow }) {
  const t = useTranslate()
  const at = row.operationFinishedAt ?? row.operationStartedAt
  return (
    <div className="flex h-9 items-center gap-1 overflow-hidden border-line border-t px-3 text-12 text-text-3">
      <OperationWord kind={row.operationKind} phase={row.operationPhase} size={14} title={row.operationMessage} />
      {at === undefined ? null : (
        <>
          <span aria-hidden="true">·</span>
          <Since at={at} form="ago" />
        </>
      )}
      {row.conditionCount > 0 ? (
        <span className="text-outofsync-fg">· {t('tile.conditions', { n: row.conditionCount })}</span>
      ) : null}
    </div>
  )
}

/** What can be done from a tile; shown when the pointer or focus is on it. */
function TileActions({ row }: { readonly row: ApplicationRow }) {
  const t = useTranslate()
  const router = useRouter()
  const refresh = useRefreshApplications()
  const href = `/applications/${encodeURIComponent(row.namespace)}/${encodeURIComponent(row.name)}`
  return (
    <span className="absolute right-1.5 bottom-[5px] flex bg-surface opacity-0 focus-within:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 max-sm:hidden">
      <IconButton icon="sync" label={t('action.sync')} onClick={() => router.push(`${href}?deploy=all`)} />
      <IconButton
        busy={refresh.isPending || row.refreshing}
        icon="refresh"
        label={t('action.refresh')}
        onClick={() => refresh.mutate({ targets: [row] })}
      />
      <Menu
        items={[
          {
            label: t('action.hardRefresh'),
            icon: 'refresh',
            onSelect: () => refresh.mutate({ targets: [row], hard: true }),
          },
          { label: t('action.diff'), icon: 'diff', onSelect: () => router.push(`${href}?tab=diff`) },
          { label: t('action.history'), icon: 'history', onSelect: () => router.push(`${href}?rollback=0`) },
          {
            label: t('action.delete'),
            icon: 'trash',
            danger: true,
            separated: true,
            onSelect: () => router.push(`${href}?delete=true`),
          },
        ]}
        trigger={
          <button
            aria-label={t('action.moreFor', { name: row.name })}
            className="grid size-7 cursor-pointer place-items-center rounded-2 text-text-2 hover:bg-hover"
            type="button"
          >
            ···
          </button>
        }
      />
    </span>
  )
}
