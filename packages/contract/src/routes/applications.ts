import {
  application,
  applicationRow,
  applicationSpec,
  applicationTree,
  operationInitiator,
  operationPhase,
  plan,
  resourceDiff,
  resourceResult,
  retryStrategy,
  syncOperationResult,
  syncResource,
  syncStrategy,
} from '@driftless/model'
import { z } from 'zod'
import { queryBoolean, queryInteger, queryList } from '../query.ts'
import { permission, route } from '../route.ts'

const byName = z.object({ name: z.string() })

/** Which of several applications of one name is meant. */
const scope = { appNamespace: z.string().optional(), project: z.string().optional() }
const scopeQuery = z.object(scope)

/** An application as clients write it: what they say of status and operation is dropped, whatever it is. */
const writtenApplication = application.omit({ status: true, operation: true })

export const applicationList = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  items: z.array(application),
})

/** One resource of an application, as query parameters name it. */
export const resourceQuery = z.object({
  ...scope,
  namespace: z.string().optional(),
  resourceName: z.string(),
  version: z.string().optional(),
  group: z.string().default(''),
  kind: z.string(),
})

export const syncRequest = z.object({
  name: z.string().optional(),
  ...scope,
  revision: z.string().optional(),
  revisions: z.array(z.string()).optional(),
  sourcePositions: z.array(z.coerce.number().int()).optional(),
  dryRun: z.boolean().optional(),
  prune: z.boolean().optional(),
  strategy: syncStrategy.nullish(),
  resources: z.array(syncResource).nullish(),
  infos: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  retryStrategy: retryStrategy.nullish(),
  syncOptions: z.object({ items: z.array(z.string()).optional() }).nullish(),
  /** Local manifests are refused rather than forgotten: what would be deployed is what git says. */
  manifests: z
    .array(z.string())
    .max(0, 'local manifests cannot be synced here: commit them to the repository of the application')
    .nullish(),
})
export type SyncRequest = z.infer<typeof syncRequest>

export const rollbackRequest = z.object({
  name: z.string().optional(),
  ...scope,
  id: z.coerce.number().int(),
  dryRun: z.boolean().optional(),
  prune: z.boolean().optional(),
})

/** How a page of applications is chosen. */
export const applicationSearch = z.object({
  search: z.string().optional(),
  /** A label selector. */
  labels: z.string().optional(),
  sync: queryList.optional(),
  health: queryList.optional(),
  proj: queryList.optional(),
  cluster: queryList.optional(),
  namespace: queryList.optional(),
  repo: queryList.optional(),
  operation: queryList.optional(),
  autoSync: queryList.optional(),
  sort: z.enum(['name', 'attention', 'created', 'synced']).default('name'),
  order: z.enum(['asc', 'desc']).default('asc'),
  offset: queryInteger.min(0).default(0),
  limit: queryInteger.min(1).max(500).default(100),
})
export type ApplicationSearch = z.infer<typeof applicationSearch>

const facet = z.array(z.object({ value: z.string(), count: z.number().int() }))

export const applicationPage = z.object({
  rows: z.array(applicationRow),
  /** Applications that match. */
  total: z.number().int(),
  /** Applications that the caller may see. */
  all: z.number().int(),
  /** Counts for each filter, computed with the other filters applied. */
  facets: z.object({
    sync: facet,
    health: facet,
    proj: facet,
    cluster: facet,
    namespace: facet,
    repo: facet,
    operation: facet,
    autoSync: facet,
  }),
  /** Version of the data; a change stream from here misses nothing. */
  version: z.number().int(),
})
export type ApplicationPage = z.infer<typeof applicationPage>

export const revisionMetadata = z.object({
  author: z.string().optional(),
  date: z.string().optional(),
  tags: z.array(z.string()).optional(),
  message: z.string().optional(),
})

/** A Kubernetes event as the console shows it. */
export const kubeEvent = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string().optional(),
    uid: z.string().optional(),
    creationTimestamp: z.string().optional(),
  }),
  involvedObject: z
    .object({
      kind: z.string().optional(),
      namespace: z.string().optional(),
      name: z.string().optional(),
      uid: z.string().optional(),
    })
    .optional(),
  type: z.string().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  count: z.number().int().optional(),
  firstTimestamp: z.string().nullish(),
  lastTimestamp: z.string().nullish(),
})

export const logEntry = z.object({
  content: z.string(),
  timeStamp: z.string().optional(),
  timeStampStr: z.string().optional(),
  podName: z.string().optional(),
  last: z.boolean().optional(),
})

export const logQuery = z.object({
  ...scope,
  namespace: z.string().optional(),
  podName: z.string().optional(),
  container: z.string().optional(),
  group: z.string().optional(),
  kind: z.string().optional(),
  resourceName: z.string().optional(),
  sinceSeconds: queryInteger.optional(),
  /** Seconds since 1970. */
  'sinceTime.seconds': queryInteger.min(0).max(32_503_680_000).optional(),
  /** RFC 3339; the lines end here. */
  untilTime: z.iso.datetime({ offset: true }).optional(),
  tailLines: queryInteger.optional(),
  follow: queryBoolean.optional(),
  previous: queryBoolean.optional(),
  filter: z.string().optional(),
  matchCase: queryBoolean.optional(),
  download: queryBoolean.optional(),
})

/** One attempt to change an application, kept whether it worked or not. */
export const operationRecord = z.object({
  id: z.string(),
  kind: z.enum(['sync', 'rollback', 'delete']),
  phase: operationPhase,
  message: z.string().optional(),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  initiatedBy: operationInitiator,
  dryRun: z.boolean(),
  retryCount: z.number().int(),
  /** Id in `status.history` when the attempt became a recorded deployment. */
  deploymentId: z.number().int().optional(),
  syncResult: syncOperationResult.optional(),
  resources: z.array(resourceResult).optional(),
})
export type OperationRecord = z.infer<typeof operationRecord>

const get = permission('applications', 'get')
const sync = permission('applications', 'sync')
const update = permission('applications', 'update')

export const applicationRoutes = {
  listApplications: route({
    method: 'GET',
    path: '/api/v1/applications',
    summary: 'Lists applications, whole; the console uses the search instead.',
    tag: 'Applications',
    access: get,
    query: z.object({
      name: z.string().optional(),
      projects: queryList.optional(),
      project: queryList.optional(),
      selector: z.string().optional(),
      repo: z.string().optional(),
      appNamespace: z.string().optional(),
      fields: z.string().optional(),
      refresh: z.string().optional(),
      resourceVersion: z.string().optional(),
    }),
    response: applicationList,
  }),
  searchApplications: route({
    method: 'GET',
    path: '/api/v1/application-search',
    summary: 'Answers one page of applications, filtered, sorted and counted on the server.',
    tag: 'Applications',
    access: get,
    query: applicationSearch,
    response: applicationPage,
  }),
  createApplication: route({
    method: 'POST',
    path: '/api/v1/applications',
    summary: 'Creates an application.',
    tag: 'Applications',
    access: permission('applications', 'create'),
    query: z.object({ upsert: queryBoolean.optional(), validate: queryBoolean.optional() }),
    body: writtenApplication,
    response: application,
  }),
  getApplication: route({
    method: 'GET',
    path: '/api/v1/applications/:name',
    summary: 'Answers an application; with `refresh` only after it was compared again.',
    tag: 'Applications',
    access: get,
    params: byName,
    query: z.object({
      ...scope,
      refresh: z.string().optional(),
      resourceVersion: z.string().optional(),
      fields: z.string().optional(),
    }),
    response: application,
  }),
  updateApplication: route({
    method: 'PUT',
    path: '/api/v1/applications/:name',
    summary: 'Replaces spec, labels, annotations and finalizers.',
    tag: 'Applications',
    access: update,
    params: byName,
    query: z.object({ ...scope, validate: queryBoolean.optional() }),
    body: writtenApplication,
    response: application,
  }),
  updateApplicationSpec: route({
    method: 'PUT',
    path: '/api/v1/applications/:name/spec',
    summary: 'Replaces the spec.',
    tag: 'Applications',
    access: update,
    params: byName,
    query: z.object({ ...scope, validate: queryBoolean.optional() }),
    body: applicationSpec,
    response: applicationSpec,
  }),
  patchApplication: route({
    method: 'PATCH',
    path: '/api/v1/applications/:name',
    summary: 'Patches an application with a JSON or a merge patch.',
    tag: 'Applications',
    access: update,
    params: byName,
    body: z.object({
      name: z.string().optional(),
      ...scope,
      patch: z.string(),
      patchType: z.enum(['json', 'merge', '']).optional(),
    }),
    response: application,
  }),
  deleteApplication: route({
    method: 'DELETE',
    path: '/api/v1/applications/:name',
    summary: 'Deletes an application, with its resources unless `cascade=false`.',
    tag: 'Applications',
    access: permission('applications', 'delete'),
    params: byName,
    query: z.object({
      ...scope,
      cascade: queryBoolean.optional(),
      propagationPolicy: z.enum(['foreground', 'background']).optional(),
    }),
    response: z.object({}),
  }),
  syncApplication: route({
    method: 'POST',
    path: '/api/v1/applications/:name/sync',
    summary: 'Starts a sync.',
    tag: 'Applications',
    access: sync,
    params: byName,
    body: syncRequest,
    response: application,
  }),
  planApplication: route({
    method: 'POST',
    path: '/api/v1/applications/:name/plan',
    summary: 'Says what a sync with these options would create, change and prune, wave by wave; changes nothing.',
    tag: 'Applications',
    access: get,
    params: byName,
    body: syncRequest,
    response: plan,
  }),
  rollbackApplication: route({
    method: 'POST',
    path: '/api/v1/applications/:name/rollback',
    summary: 'Deploys a recorded deployment again.',
    tag: 'Applications',
    access: sync,
    params: byName,
    body: rollbackRequest,
    response: application,
  }),
  terminateOperation: route({
    method: 'DELETE',
    path: '/api/v1/applications/:name/operation',
    summary: 'Terminates the running operation.',
    tag: 'Applications',
    access: sync,
    params: byName,
    query: scopeQuery,
    response: z.object({}),
  }),
  listOperations: route({
    method: 'GET',
    path: '/api/v1/applications/:name/operations',
    summary: 'Lists every attempt, newest first, failures too.',
    tag: 'Applications',
    access: get,
    params: byName,
    query: z.object({ ...scope, limit: queryInteger.min(1).max(200).default(50) }),
    response: z.object({ items: z.array(operationRecord) }),
  }),
  getManifests: route({
    method: 'GET',
    path: '/api/v1/applications/:name/manifests',
    summary: 'Renders the application; Secret data is masked.',
    tag: 'Applications',
    access: get,
    params: byName,
    query: z.object({ ...scope, revision: z.string().optional(), noCache: queryBoolean.optional() }),
    response: z.object({
      manifests: z.array(z.string()),
      namespace: z.string().optional(),
      server: z.string().optional(),
      revision: z.string().optional(),
      sourceType: z.string().optional(),
      commands: z.array(z.string()).optional(),
    }),
  }),
  getManagedResources: route({
    method: 'GET',
    path: '/api/v1/applications/:name/managed-resources',
    summary: 'Answers desired, live and predicted state of each managed resource.',
    tag: 'Applications',
    access: get,
    params: byName,
    query: z.object({
      ...scope,
      namespace: z.string().optional(),
      name: z.string().optional(),
      /** Another word for `name`. */
      resourceName: z.string().optional(),
      version: z.string().optional(),
      group: z.string().optional(),
      kind: z.string().optional(),
      fields: z.string().optional(),
    }),
    response: z.object({ items: z.array(resourceDiff).optional() }),
  }),
  getResourceTree: route({
    method: 'GET',
    path: '/api/v1/applications/:name/resource-tree',
    summary: 'Answers the tree of live resources.',
    tag: 'Applications',
    access: get,
    params: byName,
    query: scopeQuery,
    response: applicationTree,
  }),
  watchResourceTree: route({
    method: 'GET',
    path: '/api/v1/stream/applications/:name/resource-tree',
    summary: 'Streams the tree each time it changes.',
    tag: 'Applications',
    access: get,
    delivery: 'stream',
    params: byName,
    query: scopeQuery,
    response: applicationTree,
  }),
  watchApplications: route({
    method: 'GET',
    path: '/api/v1/stream/applications',
    summary: 'Streams applications as they change.',
    tag: 'Applications',
    access: get,
    delivery: 'stream',
    query: z.object({
      name: z.string().optional(),
      appNamespace: z.string().optional(),
      projects: queryList.optional(),
      project: queryList.optional(),
      selector: z.string().optional(),
      repo: z.string().optional(),
      resourceVersion: z.string().optional(),
      fields: z.string().optional(),
      refresh: z.string().optional(),
    }),
    response: z.object({ type: z.enum(['ADDED', 'MODIFIED', 'DELETED']), application: application }),
  }),
  getResource: route({
    method: 'GET',
    path: '/api/v1/applications/:name/resource',
    summary: 'Answers one live resource of the application; Secret data is masked.',
    tag: 'Applications',
    access: get,
    params: byName,
    query: resourceQuery,
    response: z.object({ manifest: z.string() }),
  }),
  deleteResource: route({
    method: 'DELETE',
    path: '/api/v1/applications/:name/resource',
    summary: 'Deletes one live resource of the application.',
    tag: 'Applications',
    access: permission('applications', 'delete'),
    params: byName,
    query: resourceQuery.extend({ force: queryBoolean.optional(), orphan: queryBoolean.optional() }),
    response: z.object({}),
  }),
  listEvents: route({
    method: 'GET',
    path: '/api/v1/applications/:name/events',
    summary: 'Lists the events of the application, or of one of its resources.',
    tag: 'Applications',
    access: get,
    params: byName,
    query: z.object({
      ...scope,
      resourceNamespace: z.string().optional(),
      resourceName: z.string().optional(),
      resourceUID: z.string().optional(),
    }),
    response: z.object({
      metadata: z.object({ resourceVersion: z.string().optional() }).optional(),
      items: z.array(kubeEvent),
    }),
  }),
  getLogs: route({
    method: 'GET',
    path: '/api/v1/applications/:name/logs',
    summary: 'Streams log lines of the pods of a resource, merged by time.',
    tag: 'Applications',
    access: permission('logs', 'get'),
    delivery: 'stream',
    params: byName,
    query: logQuery,
    response: logEntry,
  }),
  getPodLogs: route({
    method: 'GET',
    path: '/api/v1/applications/:name/pods/:podName/logs',
    summary: 'Streams log lines of one pod.',
    tag: 'Applications',
    access: permission('logs', 'get'),
    delivery: 'stream',
    params: z.object({ name: z.string(), podName: z.string() }),
    query: logQuery,
    response: logEntry,
  }),
  getRevisionMetadata: route({
    method: 'GET',
    path: '/api/v1/applications/:name/revisions/:revision/metadata',
    summary: 'Answers author, date, message and tags of a commit.',
    tag: 'Applications',
    access: get,
    params: z.object({ name: z.string(), revision: z.string() }),
    query: z.object({ ...scope, sourceIndex: queryInteger.optional(), versionId: queryInteger.optional() }),
    response: revisionMetadata,
  }),
}
