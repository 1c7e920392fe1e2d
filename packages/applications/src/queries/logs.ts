import type { LiveCluster, LiveObject } from '@driftless/cluster'
import { messageOf } from '@driftless/foundation'
import type { Context } from '../context.ts'
import { clusterOf } from '../destination.ts'
import { ApplicationErrors } from '../errors.ts'
import type { LiveColumns } from '../live-columns.ts'
import { descendants } from '../observed-state.ts'
import type { ApplicationRecord } from '../ports/application-store.ts'
import { findResource } from './live-resource.ts'

export interface LogsRequest {
  readonly namespace?: string
  readonly podName?: string
  readonly container?: string
  readonly group?: string
  readonly kind?: string
  readonly resourceName?: string
  readonly sinceSeconds?: number
  /** RFC 3339. */
  readonly sinceTime?: string
  /** RFC 3339; later lines are left out, and a followed log ends with the first of them. */
  readonly untilTime?: string
  readonly tailLines?: number
  readonly follow?: boolean
  readonly previous?: boolean
  /** Substring; a leading `!` inverts. */
  readonly filter?: string
  readonly matchCase?: boolean
}

export interface LogEntry {
  readonly content: string
  /** RFC 3339 with nanoseconds. */
  readonly timeStamp: string
  readonly podName: string
}

const maxPods = 10

/** Log lines of one pod, or of every pod below a resource, in the order of their times (spec: api §4). */
export async function* readLogs(
  app: ApplicationRecord,
  request: LogsRequest,
  { signal, context }: { signal: AbortSignal; context: Context },
): AsyncGenerator<LogEntry> {
  const cluster = await clusterOf(app.spec.destination, context)
  const pods = await podsOf(app, request, { cluster, context })
  if (pods.length > maxPods) throw ApplicationErrors.TOO_MANY_PODS({ pods: pods.length, limit: maxPods })
  const keep = createFilter(request)
  const streams = pods.map((pod) => podLines(pod, request, { cluster, context, signal }))
  const until = request.untilTime === undefined ? Number.POSITIVE_INFINITY : Date.parse(request.untilTime)
  for await (const entry of request.follow === true ? interleave(streams) : mergeByTime(streams)) {
    if (Date.parse(entry.timeStamp) > until) return
    if (keep(entry)) yield entry
  }
}

async function podsOf(
  app: ApplicationRecord,
  request: LogsRequest,
  { cluster, context }: { cluster: LiveCluster<LiveColumns>; context: Context },
): Promise<LiveObject<LiveColumns>[]> {
  const namespace = request.namespace ?? app.spec.destination.namespace ?? ''
  if (request.podName !== undefined) {
    return [(await findResource(app, { group: '', kind: 'Pod', namespace, name: request.podName }, context)).live]
  }
  const roots =
    request.kind !== undefined && request.resourceName !== undefined
      ? [
          (
            await findResource(
              app,
              { group: request.group ?? '', kind: request.kind, namespace, name: request.resourceName },
              context,
            )
          ).live,
        ]
      : [...cluster.managedBy(context.instanceOf(app))]
  return [...descendants(roots, cluster)].filter(({ key }) => key.group === '' && key.kind === 'Pod')
}

/** A pod whose log cannot be read says so as a line of its own. */
async function* podLines(
  pod: LiveObject<LiveColumns>,
  request: LogsRequest,
  { cluster, context, signal }: { cluster: LiveCluster<LiveColumns>; context: Context; signal: AbortSignal },
): AsyncGenerator<LogEntry> {
  const { namespace, name } = pod.key
  const { container, follow, previous, tailLines, sinceSeconds, sinceTime } = request
  try {
    const lines = cluster.logs.read(
      { namespace, pod: name, container, follow, previous, tailLines, sinceSeconds, sinceTime },
      signal,
    )
    for await (const { content, timestamp } of lines) yield { content, timeStamp: timestamp, podName: name }
  } catch (error) {
    const timeStamp = context.clock.now().toISOString()
    if (!signal.aborted) yield { content: messageOf(error), timeStamp, podName: name }
  }
}

async function* mergeByTime(streams: AsyncGenerator<LogEntry>[]): AsyncGenerator<LogEntry> {
  const heads = await Promise.all(
    streams.map(async (stream) => ({ stream, entry: (await stream.next()).value as LogEntry | undefined })),
  )
  for (;;) {
    const open = heads.filter(({ entry }) => entry !== undefined)
    const first = open.reduce<(typeof open)[number] | undefined>(
      (earliest, head) => (earliest === undefined || timeOf(head.entry) < timeOf(earliest.entry) ? head : earliest),
      undefined,
    )
    if (first?.entry === undefined) return
    yield first.entry
    const next = await first.stream.next()
    first.entry = next.done === true ? undefined : next.value
  }
}

/** Lines as they come, from whichever pod speaks first. */
async function* interleave(streams: AsyncGenerator<LogEntry>[]): AsyncGenerator<LogEntry> {
  const pull = async (stream: AsyncGenerator<LogEntry>) => ({ stream, result: await stream.next() })
  const pending = new Map(streams.map((stream) => [stream, pull(stream)]))
  try {
    while (pending.size > 0) {
      const { stream, result } = await Promise.race(pending.values())
      if (result.done === true) pending.delete(stream)
      else {
        pending.set(stream, pull(stream))
        yield result.value
      }
    }
  } finally {
    for (const stream of pending.keys()) void stream.return(undefined)
  }
}

function createFilter({ filter = '', matchCase = false }: LogsRequest): (entry: LogEntry) => boolean {
  const inverted = filter.startsWith('!')
  const fold = (text: string) => (matchCase ? text : text.toLowerCase())
  const wanted = fold(inverted ? filter.slice(1) : filter)
  return ({ content }) => wanted === '' || fold(content).includes(wanted) !== inverted
}

function timeOf(entry: LogEntry | undefined): string {
  return entry?.timeStamp ?? ''
}
