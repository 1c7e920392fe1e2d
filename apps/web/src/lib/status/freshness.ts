import type { Cluster } from '@driftless/model'

/** How old what is known of an application is, and whether its cluster answers. */
export interface Freshness {
  readonly state: 'fresh' | 'stale' | 'unreachable' | 'unknown'
  /** When the cluster last confirmed it (RFC 3339). */
  readonly at: string | undefined
  /** Why the cluster does not answer. */
  readonly reason: string | undefined
}

/** Silence after which a status is no longer taken as current (ms). */
export const staleAfter = 60_000

/** Judges how old a status is: an open watch confirms it, so the cluster's last word counts as well as the last comparison. */
export function freshnessOf(observedAt: string | undefined, cluster: Cluster | undefined, now: number): Freshness {
  const heard = cluster?.info?.cacheInfo?.lastCacheSyncTime
  const at = later(observedAt, heard)
  const connection = cluster?.connectionState ?? cluster?.info?.connectionState
  if (connection?.status === 'Failed') return { state: 'unreachable', at, reason: connection.message }
  if (at === undefined) return { state: 'unknown', at, reason: undefined }
  return { state: now - Date.parse(at) >= staleAfter ? 'stale' : 'fresh', at, reason: undefined }
}

/** Finds the cluster that a destination names, by server or by name. */
export function findCluster(
  clusters: readonly Cluster[],
  destination: { server?: string | undefined; name?: string | undefined },
): Cluster | undefined {
  if (destination.server !== undefined && destination.server !== '') {
    return clusters.find((cluster) => cluster.server === destination.server)
  }
  return clusters.find((cluster) => cluster.name === destination.name)
}

function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return Date.parse(a) >= Date.parse(b) ? a : b
}
