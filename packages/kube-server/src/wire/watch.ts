import { formatApiVersion } from '@driftless/kube-objects'
import type { ApiCore } from '../api/core.ts'
import { type ObjectFilter, selectorFilter } from '../api/selectors.ts'
import type { ServedKind } from '../api/served-kind.ts'
import { badRequest, expired, invalid } from '../status/kube-status.ts'
import { resourceOf } from '../store/object-store.ts'
import type { IncludeObject } from '../table/table.ts'
import { checkedFieldSelector, parseVersion } from './list.ts'
import type { Representation } from './media-type.ts'
import { booleanParameter, integerParameter } from './query.ts'
import type { Reply } from './reply.ts'
import type { Watcher, WatchFormat, WatchHub } from './watch-hub.ts'

const bookmarkEveryMs = 60_000
const shortestTimeoutSeconds = 1800
/** A client that reads slower than things change is cut off and starts over from its last version. */
const bufferLimit = 64 * 1024 * 1024

/** A request to watch. */
export interface WatchRequest {
  kind: ServedKind
  namespace: string
  /** Empty for all. */
  name: string
  query: URLSearchParams
  representation: Representation
  include: IncludeObject
}

/** Streams changes until the client leaves, the time is over or the kind is gone. */
export function serveWatch(core: ApiCore, hub: WatchHub, request: WatchRequest, reply: Reply): void {
  const { kind, query } = request
  const start = startOf(core, query)
  const filter = watchFilter(request)
  const stream = openStream(core, request, reply, start.version)
  const watcher: Watcher = {
    format: stream.format,
    namespace: kind.namespaced ? request.namespace : '',
    filter,
    send: stream.send,
    end: stream.end,
  }
  if (start.kind === 'expired') {
    const { status } = expired(`too old resource version: ${start.version} (${core.store.history.floor})`)
    stream.write(`${JSON.stringify({ type: 'ERROR', object: status })}\n`)
    stream.end()
    return
  }
  if (start.kind === 'all') sendAll(core, hub, { watcher, filter, stream })
  else {
    for (const event of core.store.history.after(start.version)) {
      const line = resourceOf(event.kind) === resourceOf(kind) ? hub.lineFor(watcher, event) : undefined
      if (line !== undefined) stream.send(line, event.version)
    }
  }
  if (start.initialEvents) stream.bookmark({ 'k8s.io/initial-events-end': 'true' })
  stream.onEnd(hub.add(watcher))
}

interface Stream {
  format: WatchFormat
  write(line: string): void
  send(line: string, version: number): void
  bookmark(annotations?: Record<string, string>): void
  end(): void
  onEnd(callback: () => void): void
}

function openStream(core: ApiCore, request: WatchRequest, reply: Reply, since: number): Stream {
  const { response } = reply
  const ends: (() => void)[] = []
  let open = true
  reply.begin(200, 'application/json')
  response.flushHeaders()
  const write = (line: string): void => {
    if (!open) return
    response.write(line)
    if (response.writableLength > bufferLimit) response.destroy()
  }
  const close = (): void => {
    if (!open) return
    open = false
    for (const callback of ends.splice(0)) callback()
  }
  const bookmark = (annotations?: Record<string, string>) => write(bookmarkLine(core, request, annotations))
  const end = (): void => {
    close()
    response.end()
  }
  response.on('close', close)
  const seconds = integerParameter(request.query, 'timeoutSeconds') || shortestTimeoutSeconds * (1 + core.random())
  const bookmarks = booleanParameter(request.query, 'allowWatchBookmarks')
  const finish = () => {
    if (bookmarks) bookmark()
    end()
  }
  ends.push(core.clock.after(seconds * 1000, finish))
  if (bookmarks) ends.push(repeat(core, bookmark))
  let last = since
  return {
    format: formatOf(request),
    write,
    send(line, version) {
      // Changes made while the past was being sent must not come twice.
      if (version <= last) return
      last = version
      write(line)
    },
    bookmark,
    end,
    onEnd(callback) {
      if (open) ends.push(callback)
      else callback()
    },
  }
}

function repeat(core: ApiCore, callback: () => void): () => void {
  let cancel = () => {}
  const arm = () => {
    cancel = core.clock.after(bookmarkEveryMs, () => {
      callback()
      arm()
    })
  }
  arm()
  return () => cancel()
}

function bookmarkLine(core: ApiCore, request: WatchRequest, annotations?: Record<string, string>): string {
  const { kind, representation } = request
  const metadata = {
    resourceVersion: String(core.store.version),
    creationTimestamp: null,
    ...(annotations === undefined ? {} : { annotations }),
  }
  const plain = { kind: kind.kind, apiVersion: formatApiVersion(kind.group, kind.version), metadata }
  const partial = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata }
  const table = {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: metadata.resourceVersion },
    columnDefinitions: null,
    rows: [{ cells: [], object: partial }],
  }
  const object = representation.as === undefined ? plain : representation.as === 'Table' ? table : partial
  return `${JSON.stringify({ type: 'BOOKMARK', object })}\n`
}

function formatOf({ kind, representation, include }: WatchRequest): WatchFormat {
  const as = representation.as === undefined ? 'object' : representation.as === 'Table' ? 'table' : 'partial'
  return { kind, as, include: as === 'table' ? include : 'None' }
}

type Start = { kind: 'all' | 'since' | 'expired'; version: number; initialEvents: boolean }

function startOf(core: ApiCore, query: URLSearchParams): Start {
  const text = query.get('resourceVersion') ?? ''
  const wanted = parseVersion(text)
  const initialEvents = query.get('sendInitialEvents') === 'true'
  checkInitialEvents(query)
  const current = core.store.version
  if (initialEvents)
    return { kind: 'all', version: current, initialEvents: booleanParameter(query, 'allowWatchBookmarks') }
  if ((wanted === undefined || wanted === 0) && query.get('sendInitialEvents') !== 'false') {
    return { kind: 'all', version: current, initialEvents: false }
  }
  const version = wanted === undefined || wanted === 0 ? current : wanted
  return { kind: version < core.store.history.floor ? 'expired' : 'since', version, initialEvents: false }
}

function checkInitialEvents(query: URLSearchParams): void {
  const match = query.get('resourceVersionMatch') ?? ''
  const asked = query.has('sendInitialEvents')
  if (asked === (match !== '') && (match === '' || match === 'NotOlderThan')) return
  const detail = asked
    ? 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'
    : 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'
  throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [
    { field: 'resourceVersionMatch', type: 'FieldValueForbidden', detail },
  ])
}

function watchFilter({ kind, name, query }: WatchRequest): ObjectFilter | undefined {
  const filter = selectorFilter({
    labelSelector: query.get('labelSelector') ?? undefined,
    fieldSelector: checkedFieldSelector(kind, query.get('fieldSelector')),
  })
  if (query.get('continue')) throw badRequest('continue is not allowed on a watch')
  if (name === '') return filter
  return (object) => object.metadata.name === name && (filter?.(object) ?? true)
}

function sendAll(
  core: ApiCore,
  hub: WatchHub,
  { watcher, filter, stream }: { watcher: Watcher; filter: ObjectFilter | undefined; stream: Stream },
): void {
  const { kind } = watcher.format
  let columns = true
  for (const object of core.store.list(resourceOf(kind), watcher.namespace === '' ? undefined : watcher.namespace)) {
    if (filter?.(object) === false) continue
    stream.write(hub.initialLine(object, watcher.format, columns))
    columns = false
  }
}
