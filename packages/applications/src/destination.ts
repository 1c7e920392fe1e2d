import type { LiveCluster } from '@driftless/cluster'
import type { Destination } from '@driftless/model'
import type { Context } from './context.ts'
import { ApplicationErrors } from './errors.ts'
import type { LiveColumns } from './live-columns.ts'

const readySeconds = 15

/** The watched cluster of a destination; throws `APPLICATION_CLUSTER_UNKNOWN` when it is not registered. */
export async function clusterOf(destination: Destination, context: Context): Promise<LiveCluster<LiveColumns>> {
  const live = context.liveClusters.get(await serverOf(destination, context))
  if (live === undefined) throw ApplicationErrors.CLUSTER_UNKNOWN({ destination: describe(destination) })
  return live
}

/** The server of a destination, by its URL or its name (spec: objects §1.1). */
export async function serverOf(destination: Destination, context: Pick<Context, 'clusters'>): Promise<string> {
  const { name, server } = destination
  if (name && server) throw ApplicationErrors.DESTINATION_AMBIGUOUS({ name, server })
  const wanted = server?.replace(/\/$/, '')
  const found = (await context.clusters.list()).filter((cluster) =>
    name ? cluster.name === name : cluster.server === wanted,
  )
  if (found.length !== 1 || found[0] === undefined)
    throw ApplicationErrors.CLUSTER_UNKNOWN({ destination: describe(destination) })
  return found[0].server
}

/** Waits until a cluster's live state is complete; throws the reason when contact fails, or after 15 s of silence. */
export async function awaitReady(cluster: LiveCluster<LiveColumns>): Promise<void> {
  const timeout = AbortSignal.timeout(readySeconds * 1000)
  try {
    await cluster.ready(timeout)
  } catch (error) {
    if (timeout.aborted && cluster.contact().phase === 'connecting') {
      throw ApplicationErrors.CLUSTER_NOT_READY({ server: cluster.server, seconds: readySeconds }, { cause: error })
    }
    throw error
  }
}

function describe(destination: Destination): string {
  return destination.name || destination.server || ''
}
