'use client'

import type { ApplicationRow } from '@driftless/model'
import { useClusters } from '#lib/api/inventory.ts'
import { type Freshness, findCluster, freshnessOf } from '#lib/status/freshness.ts'
import { useNow } from '#lib/time/use-now.ts'

/** An application as it may be shown: what an unreachable cluster last said is never shown as current. */
export interface Observed {
  readonly freshness: Freshness
  readonly clusterName: string
  readonly sync: string
  readonly health: string
  /** What was last true, when the cluster cannot be reached. */
  readonly last: { readonly sync: string; readonly health: string } | undefined
}

/** Joins a row with the state of its cluster. */
export function useObserved(row: ApplicationRow): Observed {
  const clusters = useClusters()
  const now = useNow()
  const cluster = findCluster(clusters.data ?? [], { server: row.destinationServer, name: row.destinationName })
  const freshness = freshnessOf(row.observedAt, cluster, now)
  const clusterName = row.destinationName || cluster?.name || row.destinationServer
  if (freshness.state !== 'unreachable')
    return { freshness, clusterName, sync: row.sync, health: row.health, last: undefined }
  const known = row.sync !== 'Unknown' || row.health !== 'Unknown'
  return {
    freshness,
    clusterName,
    sync: 'Unknown',
    health: 'Unknown',
    last: known ? { sync: row.sync, health: row.health } : undefined,
  }
}
