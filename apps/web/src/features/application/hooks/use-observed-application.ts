'use client'

import type { Application } from '@driftless/model'
import { useClusters } from '#lib/api/inventory.ts'
import { findCluster, freshnessOf } from '#lib/status/freshness.ts'
import { useNow } from '#lib/time/use-now.ts'

/** The statuses that may be shown: an unreachable cluster makes them Unknown, with what was last true beside them. */
export function useObservedApplication(application: Application) {
  const clusters = useClusters()
  const now = useNow()
  const { destination } = application.spec
  const cluster = findCluster(clusters.data ?? [], destination)
  const freshness = freshnessOf(application.status?.observedAt, cluster, now)
  const clusterName = destination.name ?? cluster?.name ?? destination.server ?? ''
  const sync = application.status?.sync?.status
  const health = application.status?.health?.status
  if (freshness.state !== 'unreachable') return { freshness, clusterName, sync, health, last: undefined }
  const known = sync !== undefined && health !== undefined && (sync !== 'Unknown' || health !== 'Unknown')
  return { freshness, clusterName, sync: 'Unknown', health: 'Unknown', last: known ? { sync, health } : undefined }
}
