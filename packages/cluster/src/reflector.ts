import { backoffDelay, type Clock, messageOf, sleep } from '@driftless/foundation'
import { formatApiVersion, type KubeObject } from '@driftless/kube-objects'
import { type ClusterConnection, kubeStatusOf } from './connection.ts'
import type { ServedResource } from './discovery.ts'
import { collectionPath } from './object-client.ts'

/** Who is told what a reflector sees of its kind. */
export interface ReflectorSink {
  /** The whole kind was listed; what is not in it is gone. */
  replace(objects: KubeObject[]): void
  put(object: KubeObject): void
  remove(object: KubeObject): void
  /** The cluster said something, if only a bookmark. */
  heard(): void
  /** Contact was lost; it will be tried again. */
  lost(reason: string): void
}

export interface ReflectorOptions {
  readonly connection: ClusterConnection
  readonly resource: ServedResource
  readonly clock: Clock
  readonly sink: ReflectorSink
  readonly signal: AbortSignal
}

const pageSize = 500
const reconnect = { base: 200, factor: 2, cap: 15_000 }

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: KubeObject & { code?: number; message?: string }
}

/** Lists one kind and watches it from there, again and again until `signal` aborts; resolves then. */
export async function reflect(options: ReflectorOptions): Promise<void> {
  let failures = 0
  let version: string | undefined
  while (!options.signal.aborted) {
    try {
      version ??= await listAll(options)
      version = await watchFrom(options, version)
      failures = 0
    } catch (error) {
      if (options.signal.aborted) return
      if (isExpired(error)) {
        version = undefined
        continue
      }
      if (isGone(error)) return
      options.sink.lost(messageOf(error))
      version = undefined
      await sleep(options.clock, backoffDelay(reconnect, failures), options.signal)
      failures += 1
    }
  }
}

async function listAll({ connection, resource, sink, signal }: ReflectorOptions): Promise<string> {
  const objects: KubeObject[] = []
  let next: string | undefined
  let version = ''
  do {
    const page = (await connection.json({
      method: 'GET',
      path: collectionPath(resource, ''),
      query: { limit: String(pageSize), continue: next },
      signal,
    })) as { metadata?: { resourceVersion?: string; continue?: string }; items?: KubeObject[] }
    for (const item of page.items ?? []) objects.push(typed(item, resource))
    version = page.metadata?.resourceVersion ?? ''
    next = page.metadata?.continue || undefined
  } while (next !== undefined)
  sink.replace(objects)
  sink.heard()
  return version
}

/** Watches until the server ends the stream; answers the version to go on from. */
async function watchFrom({ connection, resource, sink, signal }: ReflectorOptions, from: string): Promise<string> {
  let version = from
  const query = { watch: 'true', allowWatchBookmarks: 'true', resourceVersion: from, timeoutSeconds: '290' }
  for await (const line of connection.lines({ method: 'GET', path: collectionPath(resource, ''), query, signal })) {
    if (line === '') continue
    const event = JSON.parse(line) as WatchEvent
    sink.heard()
    if (event.type === 'ERROR')
      throw new WatchError(event.object.code ?? 500, event.object.message ?? 'the watch ended with an error')
    version = event.object.metadata.resourceVersion ?? version
    if (event.type === 'DELETED') sink.remove(typed(event.object, resource))
    else if (event.type !== 'BOOKMARK') sink.put(typed(event.object, resource))
  }
  return version
}

class WatchError extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** List items lack their kind; watch events may too. */
function typed(object: KubeObject, resource: ServedResource): KubeObject {
  object.apiVersion = formatApiVersion(resource.group, resource.version)
  object.kind = resource.kind
  return object
}

function isExpired(error: unknown): boolean {
  return (error instanceof WatchError && error.code === 410) || kubeStatusOf(error)?.code === 410
}

/** The kind itself is no longer served, or not to us. */
function isGone(error: unknown): boolean {
  const code = kubeStatusOf(error)?.code
  return code === 404 || code === 405 || code === 403
}
