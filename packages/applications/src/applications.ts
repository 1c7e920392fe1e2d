import type { SyncRequest } from '@driftless/contract'
import type { KubeObject } from '@driftless/kube-objects'
import type { Application, ApplicationTree, ConnectionState, Plan, ResourceDiff } from '@driftless/model'
import { type ApplicationChange, patchApplication, updateApplication } from './commands/change-application.ts'
import { type CreateOptions, createApplication } from './commands/create-application.ts'
import { deleteApplication } from './commands/delete-application.ts'
import { requestRollback, requestSync, terminateOperation } from './commands/request-operation.ts'
import { type ApplicationsOptions, createContext, keyOfRef } from './context.ts'
import { ApplicationErrors } from './errors.ts'
import { createLoop } from './loop.ts'
import type { ApplicationRecord, ApplicationRef, RefreshType } from './ports/application-store.ts'
import { type EventFilter, readEvents } from './queries/events.ts'
import { deleteResource, type ResourceName, readResource } from './queries/live-resource.ts'
import { type LogEntry, type LogsRequest, readLogs } from './queries/logs.ts'
import { type ResourceFilter, readManagedResources } from './queries/managed-resources.ts'
import { type RenderedManifests, readManifests } from './queries/manifests.ts'
import { readPlan } from './queries/plan.ts'
import { type RevisionMetadata, readRevisionMetadata } from './queries/revision-metadata.ts'
import { readTree } from './queries/tree.ts'
import { createTreeWatch } from './tree-watch.ts'

interface Acting {
  /** Who asked; recorded as the initiator. */
  readonly actor: string
}

/** What is known of a cluster's connection right now. */
export interface ClusterContact {
  readonly connection: ConnectionState
  readonly serverVersion?: string
  readonly resources: number
  readonly kinds: number
  /** RFC 3339. */
  readonly lastSeenAt?: string
  readonly apiVersions: readonly string[]
}

/** Applications: the loop, the commands that change them, and the questions about their live state. */
export interface Applications {
  /** Connects clusters, takes up unfinished operations, compares everything, and keeps doing so. */
  start(): Promise<void>
  stop(): Promise<void>
  create(application: Application, options: CreateOptions): Promise<ApplicationRecord>
  update(
    ref: ApplicationRef,
    change: ApplicationChange,
    options: Acting & { validate: boolean },
  ): Promise<ApplicationRecord>
  patch(ref: ApplicationRef, patch: string, options: Acting & { type: 'json' | 'merge' }): Promise<ApplicationRecord>
  delete(
    ref: ApplicationRef,
    options: Acting & { cascade: boolean; propagation: 'foreground' | 'background' },
  ): Promise<void>
  sync(ref: ApplicationRef, request: SyncRequest, options: Acting): Promise<ApplicationRecord>
  rollback(
    ref: ApplicationRef,
    request: { id: number; prune: boolean; dryRun: boolean },
    options: Acting,
  ): Promise<ApplicationRecord>
  terminate(ref: ApplicationRef, options: Acting): Promise<void>
  /** Compares anew and resolves with the outcome; a comparison that takes longer goes on and throws `APPLICATION_REFRESH_TIMEOUT`. */
  refresh(ref: ApplicationRef, type: RefreshType): Promise<ApplicationRecord>
  /** When an application was last compared since this process started (RFC 3339); a comparison that changed nothing is not stored. */
  comparedAt(ref: ApplicationRef): string | undefined
  plan(ref: ApplicationRef, request: SyncRequest): Promise<Plan>
  managedResources(ref: ApplicationRef, filter: ResourceFilter): Promise<ResourceDiff[]>
  manifests(ref: ApplicationRef, options: { revision?: string; noCache?: boolean }): Promise<RenderedManifests>
  tree(ref: ApplicationRef): Promise<ApplicationTree>
  /** Calls back, at most ten times a second, after the application's tree changed. */
  watchTree(ref: ApplicationRef, listener: () => void): () => void
  resource(ref: ApplicationRef, resource: ResourceName): Promise<KubeObject>
  deleteResource(
    ref: ApplicationRef,
    resource: ResourceName,
    options: { force: boolean; orphan: boolean },
  ): Promise<void>
  events(ref: ApplicationRef, filter: EventFilter): Promise<KubeObject[]>
  logs(ref: ApplicationRef, request: LogsRequest, signal: AbortSignal): AsyncIterable<LogEntry>
  revisionMetadata(ref: ApplicationRef, revision: string, sourceIndex?: number): Promise<RevisionMetadata>
  clusterContact(server: string): ClusterContact | undefined
  /** Takes over what the cluster directory says now. */
  clustersChanged(): Promise<void>
  /** Reads one cluster anew. */
  invalidateCluster(server: string): void
}

const refreshSeconds = 60

/** Wires the loop, the commands and the queries to their ports. */
export function createApplications(options: ApplicationsOptions): Applications {
  const stopping = new AbortController()
  const context = createContext(options, stopping.signal)
  const loop = createLoop(context)
  const treeWatch = createTreeWatch(context)

  const recordOf = async (ref: ApplicationRef): Promise<ApplicationRecord> => {
    const app = await context.store.get(ref)
    if (app === undefined) throw ApplicationErrors.NOT_FOUND({ name: ref.name })
    return app
  }
  const connectClusters = async () => context.liveClusters.reconcile(await context.clusters.list())

  return {
    async start() {
      treeWatch.start()
      await connectClusters()
      await loop.start()
    },
    async stop() {
      stopping.abort(new Error('the process is stopping'))
      treeWatch.stop()
      await loop.stop()
      await context.liveClusters.close()
    },
    create: (application, create) => createApplication(application, create, { context, loop }),
    update: (ref, change, { validate }) => updateApplication(ref, change, { context, loop, validate }),
    patch: (ref, text, { type }) => patchApplication(ref, { text, type }, { context, loop }),
    delete: (ref, request) => deleteApplication(ref, request, { context, loop }),
    sync: (ref, request, { actor }) => requestSync(ref, request, { context, loop, actor }),
    rollback: (ref, request, { actor }) => requestRollback(ref, request, { context, loop, actor }),
    terminate: (ref) => terminateOperation(ref, { context, loop }),
    async refresh(ref, type) {
      await recordOf(ref)
      const compared = loop.refresh(ref, type)
      const timeout = new Promise<'late'>(
        (resolve) => void context.clock.after(refreshSeconds * 1000, () => resolve('late')),
      )
      if ((await Promise.race([compared, timeout])) === 'late') {
        throw ApplicationErrors.REFRESH_TIMEOUT({ name: ref.name, seconds: refreshSeconds })
      }
      return await recordOf(ref)
    },
    comparedAt: (ref) => context.comparedAt.get(keyOfRef(ref)),
    plan: async (ref, request) => readPlan(await recordOf(ref), request, context),
    managedResources: async (ref, filter) => readManagedResources(await recordOf(ref), filter, context),
    manifests: async (ref, request) => readManifests(await recordOf(ref), { ...request, context }),
    tree: async (ref) => readTree(await recordOf(ref), context),
    watchTree: (ref, listener) => treeWatch.subscribe(ref, listener),
    resource: async (ref, resource) => readResource(await recordOf(ref), resource, context),
    deleteResource: async (ref, resource, how) => deleteResource(await recordOf(ref), resource, { ...how, context }),
    events: async (ref, filter) => readEvents(await recordOf(ref), filter, context),
    async *logs(ref, request, signal) {
      yield* readLogs(await recordOf(ref), request, { signal, context })
    },
    revisionMetadata: async (ref, revision, sourceIndex) =>
      readRevisionMetadata(
        await recordOf(ref),
        { revision, ...(sourceIndex === undefined ? {} : { sourceIndex }) },
        context,
      ),
    clusterContact(server) {
      const cluster = context.liveClusters.get(server)
      if (cluster === undefined) return undefined
      const contact = cluster.contact()
      return {
        connection: {
          status: contact.phase === 'ready' ? 'Successful' : contact.phase === 'failed' ? 'Failed' : 'Unknown',
          message: contact.message,
          attemptedAt: contact.since.toISOString(),
        },
        ...(contact.serverVersion === undefined ? {} : { serverVersion: contact.serverVersion }),
        resources: contact.resources,
        kinds: contact.kinds,
        ...(contact.lastSeenAt === undefined ? {} : { lastSeenAt: contact.lastSeenAt.toISOString() }),
        apiVersions: cluster.discovery()?.apiVersions ?? [],
      }
    },
    clustersChanged: connectClusters,
    invalidateCluster: (server) => context.liveClusters.get(server)?.invalidate(),
  }
}
