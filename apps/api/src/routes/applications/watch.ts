import type { ApplicationRecord } from '@driftless/applications'
import type { Routes } from '@driftless/contract'
import type { Application, ApplicationTree } from '@driftless/model'
import type { z } from 'zod'
import { AuthErrors } from '../../auth/errors.ts'
import type { HandlersOf, RequestContext } from '../handler.ts'
import type { ApplicationParts } from './parts.ts'
import { type ApplicationFilter, applicationFilter, isVisible } from './read.ts'

type WatchRoutes = 'watchApplications' | 'watchResourceTree' | 'getLogs' | 'getPodLogs'
type ApplicationEvent = z.output<Routes['watchApplications']['response']>
type LogQuery = z.output<NonNullable<Routes['getLogs']['query']>>
type LogEntry = z.output<Routes['getLogs']['response']>

/** Routes that stream. */
export function watchHandlers(parts: ApplicationParts): HandlersOf<WatchRoutes> {
  return {
    watchApplications: ({ query }, context) => watchApplications(parts, query, context),
    async *watchResourceTree({ params, query }, context) {
      const record = await parts.finder.find(context, params.name, query)
      yield* watchTree(parts, record, context.signal)
    },
    getLogs: ({ params, query }, context) => streamLogs(parts, { name: params.name, query }, context),
    getPodLogs: ({ params, query }, context) =>
      streamLogs(parts, { name: params.name, query: { ...query, podName: params.podName } }, context),
  }
}

async function* watchApplications(
  parts: ApplicationParts,
  query: ApplicationFilter & { resourceVersion?: string | undefined },
  context: RequestContext,
): AsyncGenerator<ApplicationEvent> {
  const { store, changes, present } = parts
  const wanted = applicationFilter(query)
  const shows = (record: ApplicationRecord): boolean => wanted(record) && isVisible(parts, context, record)
  const given = Number.parseInt(query.resourceVersion ?? '', 10)
  const resumes = Number.isSafeInteger(given) && (query.name === undefined || query.name === '')
  const sent = new Map<string, { version: number; application: Application }>()
  const keyOf = (ref: { namespace: string; name: string }): string => `${ref.namespace}/${ref.name}`
  const listAll = async function* (): AsyncGenerator<ApplicationEvent> {
    for (const record of (await store.list()).filter(shows)) {
      const application = present(record)
      sent.set(keyOf(record), { version: record.version, application: identityOf(application) })
      yield { type: 'ADDED', application }
    }
  }
  const from = resumes ? given : await changes.current()
  if (!resumes) yield* listAll()
  for await (const message of changes.follow(from, context.signal)) {
    if (message.type === 'reset') {
      yield* listAll()
      continue
    }
    const { change } = message
    if (change.kind !== 'Application') continue
    const before = sent.get(keyOf(change))
    if (before !== undefined && before.version >= change.version) continue
    const record = change.type === 'DELETED' ? undefined : await store.get(change)
    if (record !== undefined && shows(record)) {
      const application = present(record)
      sent.set(keyOf(change), { version: record.version, application: identityOf(application) })
      yield { type: change.type === 'ADDED' ? 'ADDED' : 'MODIFIED', application }
    } else if (before !== undefined) {
      sent.delete(keyOf(change))
      yield { type: 'DELETED', application: before.application }
    } else if (change.type === 'DELETED' && resumes && context.can('*/*')) {
      yield {
        type: 'DELETED',
        application: {
          metadata: { name: change.name, namespace: change.namespace },
          spec: { project: '', destination: {} },
        },
      }
    }
  }
}

/** The little of an application that a DELETED event needs; whole ones would be kept for every open stream. */
function identityOf({ apiVersion, kind, metadata, spec }: Application): Application {
  const { name, namespace, uid, labels } = metadata
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, uid, ...(labels === undefined ? {} : { labels }) },
    spec: { project: spec.project, destination: spec.destination },
  }
}

async function* watchTree(
  { applications }: ApplicationParts,
  record: ApplicationRecord,
  signal: AbortSignal,
): AsyncGenerator<ApplicationTree> {
  let changed = true
  let wake: () => void = () => undefined
  const stop = applications.watchTree(record, () => {
    changed = true
    wake()
  })
  const onAbort = (): void => wake()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    let last = ''
    while (!signal.aborted) {
      if (!changed) {
        await new Promise<void>((resolve) => {
          wake = resolve
          if (changed || signal.aborted) resolve()
        })
        continue
      }
      changed = false
      const tree = await applications.tree(record)
      const text = JSON.stringify(tree)
      if (text !== last) yield tree
      last = text
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    stop()
  }
}

async function* streamLogs(
  { applications, finder }: ApplicationParts,
  request: { name: string; query: LogQuery },
  context: RequestContext,
): AsyncGenerator<LogEntry> {
  const record = await finder.find(
    { ...context, can: (object) => context.canOther('applications', 'get', object) },
    request.name,
    request.query,
  )
  if (!context.can(finder.objectOf(record.spec.project, record))) throw AuthErrors.PERMISSION_DENIED({})
  const seconds = request.query['sinceTime.seconds']
  const since = seconds === undefined ? {} : { sinceTime: new Date(seconds * 1000).toISOString() }
  for await (const line of applications.logs(record, { ...request.query, ...since }, context.signal)) {
    yield {
      content: line.content,
      timeStamp: line.timeStamp.replace(/\.\d+Z$/, 'Z'),
      timeStampStr: line.timeStamp,
      podName: line.podName,
    }
  }
  yield { content: '', last: true }
}
