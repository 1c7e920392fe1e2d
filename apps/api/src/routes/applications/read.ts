import type { ApplicationRecord } from '@driftless/applications'
import type { OperationRecord } from '@driftless/contract'
import { parseLabelSelector } from '@driftless/kube-objects'
import { sourcesOf } from '@driftless/model'
import { presentOperation, seconds } from '../../presenters/application.ts'
import { createApplicationSearcher } from '../../store/applications/search.ts'
import type { HandlersOf, RequestContext } from '../handler.ts'
import type { ApplicationParts } from './parts.ts'

type ReadRoutes =
  | 'listApplications'
  | 'searchApplications'
  | 'getApplication'
  | 'listOperations'
  | 'getRevisionMetadata'
  | 'getManifests'

/** Routes that read applications. */
export function readHandlers(parts: ApplicationParts): HandlersOf<ReadRoutes> {
  const { store, applications, finder, present, database, changes } = parts
  const searcher = createApplicationSearcher(database)
  return {
    async listApplications({ query }, context) {
      const resourceVersion = String(await changes.current())
      const wanted = applicationFilter(query)
      const records = (await store.list()).filter((record) => wanted(record) && isVisible(parts, context, record))
      return { metadata: { resourceVersion }, items: records.sort(byName).map(present) }
    },
    async searchApplications({ query }, context) {
      const visibility = context.can('*/*') ? 'all' : { projects: await visibleProjects(parts, context) }
      return searcher.search(query, visibility)
    },
    async getApplication({ params, query }, context) {
      const record = await finder.find(context, params.name, query)
      if (query.refresh === undefined || query.refresh === '') return present(record)
      return present(await applications.refresh(record, query.refresh === 'hard' ? 'hard' : 'normal'))
    },
    async listOperations({ params, query }, context) {
      const record = await finder.find(context, params.name, query)
      const operations = await store.operations(record, query.limit)
      return { items: operations.map(presentAttempt) }
    },
    async getRevisionMetadata({ params, query }, context) {
      const record = await finder.find(context, params.name, query)
      const metadata = await applications.revisionMetadata(record, params.revision, query.sourceIndex)
      return { ...metadata, tags: [...metadata.tags] }
    },
    async getManifests({ params, query }, context) {
      const record = await finder.find(context, params.name, query)
      return applications.manifests(record, {
        ...(query.revision === undefined ? {} : { revision: query.revision }),
        ...(query.noCache === undefined ? {} : { noCache: query.noCache }),
      })
    },
  }
}

/** Filters that the list and the stream have in common. */
export interface ApplicationFilter {
  readonly name?: string | undefined
  readonly projects?: readonly string[] | undefined
  readonly project?: readonly string[] | undefined
  readonly selector?: string | undefined
  readonly repo?: string | undefined
  readonly appNamespace?: string | undefined
}

/** Says which applications a list or a stream is asked for. Throws `SELECTOR_INVALID`. */
export function applicationFilter(filter: ApplicationFilter): (record: ApplicationRecord) => boolean {
  const projects = new Set([...(filter.projects ?? []), ...(filter.project ?? [])])
  const labels = parseLabelSelector(filter.selector ?? '')
  return (record) =>
    (filter.name === undefined || filter.name === '' || record.name === filter.name) &&
    (filter.appNamespace === undefined || filter.appNamespace === '' || record.namespace === filter.appNamespace) &&
    (projects.size === 0 || projects.has(record.spec.project)) &&
    (filter.repo === undefined ||
      filter.repo === '' ||
      sourcesOf(record.spec).some((source) => source.repoURL === filter.repo)) &&
    labels(record.labels)
}

/** Whether the caller may see an application. */
export function isVisible({ finder }: ApplicationParts, context: RequestContext, record: ApplicationRecord): boolean {
  return context.can(finder.objectOf(record.spec.project, record))
}

function byName(a: ApplicationRecord, b: ApplicationRecord): number {
  return a.name.localeCompare(b.name) || a.namespace.localeCompare(b.namespace)
}

async function visibleProjects({ database }: ApplicationParts, context: RequestContext): Promise<string[]> {
  const rows = await database.prisma.application.findMany({ distinct: ['project'], select: { project: true } })
  return rows.map((row) => row.project).filter((project) => context.can(`${project}/*`))
}

function presentAttempt(operation: NonNullable<ApplicationRecord['operation']>): OperationRecord {
  const { startedAt, finishedAt, syncResult } = presentOperation(operation)
  return {
    id: operation.id,
    kind: operation.kind,
    phase: operation.phase,
    message: operation.message,
    startedAt: seconds(startedAt),
    finishedAt,
    initiatedBy: operation.operation.initiatedBy ?? {},
    dryRun: operation.operation.sync?.dryRun ?? false,
    retryCount: operation.retryCount,
    deploymentId: operation.deploymentId,
    syncResult: { ...syncResult, resources: undefined },
    resources: [...operation.results],
  }
}
