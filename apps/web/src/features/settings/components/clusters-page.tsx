'use client'

import type { Cluster } from '@driftless/model'
import { EmptyState, Skeleton, StatusWord, TopBar } from '@driftless/ui'
import Link from 'next/link'
import { useClusters } from '#lib/api/inventory.ts'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { freshnessOf } from '#lib/status/freshness.ts'
import { FreshnessAge } from '#lib/status/freshness-age.tsx'
import { useNow } from '#lib/time/use-now.ts'
import { SettingsLayout } from './settings-layout.tsx'

const columns =
  'grid grid-cols-[minmax(0,1.4fr)_90px_minmax(0,1.2fr)_100px_110px] items-center gap-3 px-4 max-sm:grid-cols-[minmax(0,1fr)_auto]'

/** The clusters, whether each answers, and how many applications it runs. */
export function ClustersPage() {
  const t = useTranslate()
  const clusters = useClusters()
  const refusal = useRefusal(clusters.data === undefined ? clusters.error : undefined)
  return (
    <>
      <TopBar
        crumbs={[
          <Link href="/settings" key="settings">
            {t('nav.settings')}
          </Link>,
        ]}
        note={clusters.data?.length}
        title={t('settings.clusters')}
      />
      <SettingsLayout>
        <div className={`${columns} h-8 flex-none border-line border-b font-medium text-12 text-text-3 max-sm:hidden`}>
          <span>{t('cluster.nameAndUrl')}</span>
          <span>{t('cluster.version')}</span>
          <span>{t('cluster.status')}</span>
          <span className="text-right">{t('cluster.applications')}</span>
          <span className="text-right">{t('cluster.objects')}</span>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto">
          {refusal === undefined ? null : (
            <EmptyState icon="error" title={t('cluster.unread')}>
              {refusal.message}
            </EmptyState>
          )}
          {clusters.isPending ? (
            <div className="p-4">
              <Skeleton width="50%" />
            </div>
          ) : null}
          {clusters.data?.length === 0 ? <EmptyState icon="cluster" title={t('cluster.none')} /> : null}
          <ul>
            {(clusters.data ?? []).map((cluster) => (
              <ClusterRow cluster={cluster} key={cluster.server} />
            ))}
          </ul>
        </div>
      </SettingsLayout>
    </>
  )
}

function ClusterRow({ cluster }: { readonly cluster: Cluster }) {
  const t = useTranslate()
  const now = useNow()
  const freshness = freshnessOf(undefined, cluster, now)
  const connection = cluster.connectionState ?? cluster.info?.connectionState
  const status = connection?.status ?? 'Unknown'
  return (
    <li className={`${columns} border-line border-b py-1.5 hover:bg-hover`} data-testid={`cluster-${cluster.name}`}>
      <span className="min-w-0">
        <span className="block truncate font-medium">{cluster.name}</span>
        <code className="block truncate font-mono text-[11.5px] text-text-2" title={cluster.server}>
          {cluster.server}
        </code>
      </span>
      <span className="text-text-2 max-sm:hidden">{cluster.info?.serverVersion ?? cluster.serverVersion ?? '—'}</span>
      <span className="min-w-0">
        <span className="flex items-center gap-2">
          <StatusWord
            icon={status === 'Failed' ? 'failed' : status === 'Successful' ? 'synced' : 'unknown'}
            tone={status === 'Failed' ? 'degraded' : status === 'Successful' ? 'synced' : 'unknown'}
          >
            {t(`connection.${status}`)}
          </StatusWord>
          <FreshnessAge freshness={freshness} />
        </span>
        {status === 'Failed' ? (
          <span className="block truncate text-12 text-text-2" title={connection?.message}>
            {connection?.message}
          </span>
        ) : null}
      </span>
      <span className="text-right text-text-2 max-sm:hidden">{cluster.info?.applicationsCount ?? 0}</span>
      <span className="text-right text-text-3 max-sm:hidden">{cluster.info?.cacheInfo?.resourcesCount ?? '—'}</span>
    </li>
  )
}
