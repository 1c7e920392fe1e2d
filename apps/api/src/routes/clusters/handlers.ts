import type { Cluster, ClusterInput } from '@driftless/model'
import { AuthErrors } from '../../auth/errors.ts'
import type { ApplicationsPort } from '../../ports/applications.ts'
import type { ClusterConnection, ClusterStore } from '../../store/clusters.ts'
import type { HandlersOf, RequestContext } from '../handler.ts'

interface Parts {
  readonly clusters: ClusterStore
  readonly applications: Pick<ApplicationsPort, 'clusterContact' | 'clustersChanged' | 'invalidateCluster'>
  /** Connects and answers the server's version, or throws the reason. */
  readonly testCluster: (
    cluster: Pick<ClusterConnection, 'server' | 'address' | 'config'>,
  ) => Promise<{ serverVersion: string }>
  readonly countApplications: () => Promise<ReadonlyMap<string, number>>
}

type ClusterRoutes =
  | 'listClusters'
  | 'createCluster'
  | 'getCluster'
  | 'updateCluster'
  | 'deleteCluster'
  | 'invalidateClusterCache'

/** Clusters: registration, and what is known of them now. Unknown and forbidden ones are told apart by nobody (spec: api §5). */
export function clusterHandlers(parts: Parts): HandlersOf<ClusterRoutes> {
  const { clusters, applications, testCluster } = parts
  const observe = async (cluster: Cluster): Promise<Cluster> =>
    withObservation(cluster, parts, await parts.countApplications())
  return {
    async listClusters({ query }, context) {
      const counts = await parts.countApplications()
      const all = await clusters.present()
      const items = all.filter(
        (cluster) =>
          context.can(objectOf(cluster)) &&
          (query.server === undefined || cluster.server === query.server) &&
          (query.name === undefined || cluster.name === query.name),
      )
      return { items: items.map((cluster) => withObservation(cluster, parts, counts)) }
    },
    async createCluster({ query, body }, context) {
      context.authorize(objectOf(body))
      if (query.upsert === true) await requireUpdate(context, clusters, body)
      const { serverVersion } = await testCluster({ server: body.server, address: undefined, config: body.config })
      const created = await clusters.create(body, { upsert: query.upsert === true })
      await clusters.recordConnection(created.server, {
        connection: { status: 'Successful', message: '' },
        serverVersion,
      })
      await applications.clustersChanged()
      return observe((await clusters.find({ server: created.server })) ?? created)
    },
    async getCluster({ params, query }, context) {
      return observe(await findCluster(context, clusters, { id: params.id, type: query['id.type'] }))
    },
    async updateCluster({ params, query, body }, context) {
      const cluster = await findCluster(context, clusters, { id: params.id, type: query['id.type'] })
      const change = chosenFields(body, query.updatedFields)
      if (change.project !== undefined) context.authorize(objectOf({ server: cluster.server, project: change.project }))
      if (change.config !== undefined)
        await testCluster({ server: cluster.server, address: undefined, config: change.config })
      const updated = await clusters.update(cluster.server, change)
      await applications.clustersChanged()
      return observe(updated)
    },
    async deleteCluster({ params, query }, context) {
      const cluster = await findCluster(context, clusters, { id: params.id, type: query['id.type'] })
      await clusters.remove(cluster.server)
      await applications.clustersChanged()
      return {}
    },
    async invalidateClusterCache({ params, query }, context) {
      const cluster = await findCluster(context, clusters, { id: params.id, type: query['id.type'] })
      applications.invalidateCluster(cluster.server)
      return observe(cluster)
    },
  }
}

async function findCluster(
  context: RequestContext,
  clusters: ClusterStore,
  by: { id: string; type: string | undefined },
): Promise<Cluster> {
  const cluster = await clusters.find(by.type?.startsWith('name') === true ? { name: by.id } : { server: by.id })
  if (cluster === undefined || !context.can(objectOf(cluster))) throw AuthErrors.PERMISSION_DENIED({})
  return cluster
}

async function requireUpdate(context: RequestContext, clusters: ClusterStore, input: ClusterInput): Promise<void> {
  const known = await clusters.find({ server: input.server })
  if (known !== undefined && !context.canOther('clusters', 'update', objectOf(known)))
    throw AuthErrors.PERMISSION_DENIED({})
}

/** Object of the policy: a project's own cluster carries the project. */
function objectOf(cluster: { server: string; project?: string | undefined }): string {
  return cluster.project === undefined || cluster.project === ''
    ? cluster.server
    : `${cluster.project}/${cluster.server}`
}

/** What is changed: the named fields, or everything that was sent. The address of a cluster never changes. */
function chosenFields(input: Partial<ClusterInput>, names: readonly string[] | undefined): Partial<ClusterInput> {
  const { server: _, ...fields } = input
  if (names === undefined || names.length === 0) return fields
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)))
}

function withObservation(cluster: Cluster, parts: Parts, counts: ReadonlyMap<string, number>): Cluster {
  const now = parts.applications.clusterContact(cluster.server)
  const applicationsCount = (counts.get(cluster.server) ?? 0) + (counts.get(cluster.name) ?? 0)
  if (now === undefined) return { ...cluster, info: { ...cluster.info, applicationsCount } }
  return {
    ...cluster,
    connectionState: now.connection,
    serverVersion: now.serverVersion ?? cluster.serverVersion,
    info: {
      connectionState: now.connection,
      serverVersion: now.serverVersion ?? cluster.serverVersion,
      cacheInfo: { resourcesCount: now.resources, apisCount: now.kinds, lastCacheSyncTime: now.lastSeenAt },
      applicationsCount,
      apiVersions: [...now.apiVersions],
    },
  }
}
