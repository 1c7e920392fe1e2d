import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type EmbeddedCluster, startEmbeddedCluster } from '@driftless/embedded-cluster'
import type { Clock } from '@driftless/foundation'
import { inClusterServer } from '@driftless/model'
import type { Logger } from 'pino'
import type { Env } from '../env.ts'
import type { ClusterStore } from '../store/clusters.ts'

/** Name of the cluster that Driftless itself belongs to. */
const inCluster = 'in-cluster'

/** The clusters that run in this process. */
export interface EmbeddedClusters {
  readonly kubeconfigs: readonly { readonly name: string; readonly path: string }[]
  close(): Promise<void>
}

/** Starts the embedded clusters and registers each; `in-cluster` under the address that Argo CD gives its own cluster. */
export async function startEmbeddedClusters(
  env: Env,
  parts: { clusters: ClusterStore; clock: Clock; log: Logger },
): Promise<EmbeddedClusters> {
  const directory = join(env.dataDirectory, 'clusters')
  if (env.embeddedClusters.length > 0) mkdirSync(directory, { recursive: true, mode: 0o700 })
  const running: EmbeddedCluster[] = []
  const close = async (): Promise<void> => {
    await Promise.all(running.map((cluster) => cluster.close()))
  }
  try {
    for (const name of env.embeddedClusters) {
      const cluster = await startEmbeddedCluster({
        name,
        directory: join(directory, name),
        kubeconfigPath: join(directory, `${name}.kubeconfig`),
        clock: parts.clock,
        onError: (message) => parts.log.warn({ cluster: name }, message),
      })
      running.push(cluster)
    }
    for (const cluster of running) await register(parts.clusters, cluster)
    await parts.clusters.keepEmbedded(running.map(serverOf))
  } catch (error) {
    await close()
    throw error
  }
  return { kubeconfigs: running.map(({ name, kubeconfigPath }) => ({ name, path: kubeconfigPath })), close }
}

function serverOf(cluster: EmbeddedCluster): string {
  return cluster.name === inCluster ? inClusterServer : cluster.server
}

function register(clusters: ClusterStore, cluster: EmbeddedCluster): Promise<void> {
  return clusters.registerEmbedded({
    server: serverOf(cluster),
    name: cluster.name,
    address: cluster.server,
    config: { bearerToken: cluster.token, tlsClientConfig: { caData: cluster.caData } },
  })
}
