import type { Clock } from '@driftless/foundation'
import { canonicalJson } from '@driftless/kube-objects'
import type { ClusterAddress } from './connection.ts'
import { createLiveCluster, type LiveCluster } from './live-cluster.ts'
import type { LiveObjectPorts } from './live-object.ts'

/** The clusters that are being watched, by server. */
export interface LiveClusters<C> {
  get(server: string): LiveCluster<C> | undefined
  all(): readonly LiveCluster<C>[]
  /** Makes the watched clusters those given: opens new ones, closes absent ones, reconnects changed ones. */
  reconcile(clusters: readonly ClusterAddress[]): Promise<void>
  /** Told of each cluster that is opened, before it has connected. */
  onOpen(listener: (cluster: LiveCluster<C>) => void): () => void
  close(): Promise<void>
}

export interface LiveClustersOptions<C> extends LiveObjectPorts<C> {
  readonly clock: Clock
  readonly heartbeatSeconds?: number
}

/** Creates the registry; nothing is watched before {@link LiveClusters.reconcile}. */
export function createLiveClusters<C>(options: LiveClustersOptions<C>): LiveClusters<C> {
  const open = new Map<string, { cluster: LiveCluster<C>; fingerprint: string }>()
  const listeners = new Set<(cluster: LiveCluster<C>) => void>()

  const close = async (server: string): Promise<void> => {
    const entry = open.get(server)
    open.delete(server)
    await entry?.cluster.close()
  }

  return {
    get: (server) => open.get(server)?.cluster,
    all: () => [...open.values()].map(({ cluster }) => cluster),
    onOpen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async reconcile(addresses) {
      const wanted = new Map(addresses.map((address) => [address.server, address]))
      for (const server of [...open.keys()]) if (!wanted.has(server)) await close(server)
      for (const [server, cluster] of wanted) {
        const fingerprint = canonicalJson(cluster)
        if (open.get(server)?.fingerprint === fingerprint) continue
        await close(server)
        const live = createLiveCluster({ ...options, cluster })
        open.set(server, { cluster: live, fingerprint })
        for (const listener of listeners) listener(live)
      }
    },
    async close() {
      await Promise.all([...open.keys()].map(close))
    },
  }
}
