import { formatApiVersion, type KubeObject } from '@driftless/kube-objects'
import { inVersion, read } from '../api/core.ts'
import { createObject } from '../api/create.ts'
import { deleteObject } from '../api/delete.ts'
import type { DeleteOutcome } from '../api/kube-api.ts'
import { patchObject } from '../api/patch.ts'
import type { ServedKind } from '../api/served-kind.ts'
import { replaceObject } from '../api/update.ts'
import { badRequest, generic, notFound } from '../status/kube-status.ts'
import { type IncludeObject, type ListMeta, partialMetadata, tableOf } from '../table/table.ts'
import { isObject } from '../validation/decode.ts'
import { readObject } from './body.ts'
import { listCollection, listEnvelope } from './list.ts'
import { negotiate, type Representation } from './media-type.ts'
import { booleanParameter, deleteOptions } from './query.ts'
import type { KindExchange, Wire } from './resource.ts'
import { serveWatch } from './watch.ts'
import { patchOptionsOf, readPatch, writeOptionsOf } from './write-request.ts'

/** Answers list, watch, create and deletecollection. */
export async function serveCollection(wire: Wire, exchange: KindExchange): Promise<void> {
  const { request, info, query, kind } = exchange
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      if (info.watch || booleanParameter(query, 'watch')) return watch(wire, exchange)
      return list(wire, exchange)
    case 'POST':
      return create(wire, exchange)
    case 'DELETE':
      requireVerb(kind, 'deletecollection')
      return deleteCollection(wire, exchange)
    default:
      throw generic(405)
  }
}

/** Answers get, watch, update, patch and delete of one object. */
export async function serveItem(wire: Wire, exchange: KindExchange): Promise<void> {
  const { request, info, query, kind } = exchange
  switch (request.method) {
    case 'GET':
    case 'HEAD': {
      requireVerb(kind, 'get')
      if (info.watch || booleanParameter(query, 'watch')) return watch(wire, exchange)
      return sendObject(wire, exchange, { code: 200, object: existing(wire, exchange) })
    }
    case 'PUT':
      return update(wire, exchange)
    case 'PATCH':
      return patch(wire, exchange)
    case 'DELETE':
      return remove(wire, exchange)
    default:
      throw generic(405)
  }
}

/** The object a path names; throws 404. */
export function existing(wire: Wire, { kind, info }: KindExchange): KubeObject {
  const object = read(wire.core, kind, info.namespace, info.name)
  if (object === undefined) throw notFound(kind, info.name)
  return object
}

/** Sends one object as the client wants it. */
export function sendObject(wire: Wire, exchange: KindExchange, answer: { code: number; object: KubeObject }): void {
  const { request, reply, kind } = exchange
  const { as, format } = negotiate(request.headers.accept)
  const { object } = answer
  const include = includeOf(exchange)
  const metadata: ListMeta = { resourceVersion: object.metadata.resourceVersion ?? '' }
  const value =
    as === 'Table'
      ? tableOf(kind, [object], { now: wire.clock.now(), include, metadata })
      : as === undefined
        ? object
        : partialMetadata(object)
  reply.send(answer.code, value, format)
}

async function watch(wire: Wire, exchange: KindExchange): Promise<void> {
  const { request, info, query, kind, reply } = exchange
  requireVerb(kind, 'watch')
  const representation = negotiate(request.headers.accept, true)
  const target = {
    kind,
    namespace: info.namespace,
    name: info.name,
    query,
    representation,
    include: includeOf(exchange),
  }
  serveWatch(wire.core, wire.hub, target, reply)
}

async function list(wire: Wire, exchange: KindExchange): Promise<void> {
  const { request, info, query, kind, reply } = exchange
  requireVerb(kind, 'list')
  const { as, format } = negotiate(request.headers.accept)
  const result = listCollection(wire.core, kind, info.namespace, query)
  reply.send(200, representList(wire, exchange, as, result), format)
}

function representList(
  wire: Wire,
  exchange: KindExchange,
  as: Representation['as'],
  result: { metadata: ListMeta; items: KubeObject[] },
): object {
  const { kind } = exchange
  if (as === undefined) return listEnvelope(kind, result)
  if (as === 'Table')
    return tableOf(kind, result.items, {
      now: wire.clock.now(),
      include: includeOf(exchange),
      metadata: result.metadata,
    })
  return {
    kind: 'PartialObjectMetadataList',
    apiVersion: 'meta.k8s.io/v1',
    metadata: result.metadata,
    items: result.items.map(partialMetadata),
  }
}

async function create(wire: Wire, exchange: KindExchange): Promise<void> {
  const { request, info, kind } = exchange
  requireVerb(kind, 'create')
  const options = writeOptionsOf(exchange, 'CreateOptions')
  const { value, faults } = await readObject(request, kind.kind)
  const body = placed(value, info.namespace, kind)
  const object = createObject(wire.core, kind, body, { ...options, bodyFaults: faults })
  sendObject(wire, exchange, { code: 201, object })
}

async function update(wire: Wire, exchange: KindExchange): Promise<void> {
  const { request, info, kind } = exchange
  requireVerb(kind, 'update')
  const options = writeOptionsOf(exchange, 'UpdateOptions')
  const { value, faults } = await readObject(request, kind.kind)
  const body = placed(value, info.namespace, kind, info.name)
  const { object, created } = replaceObject(wire.core, kind, body, { ...options, bodyFaults: faults })
  sendObject(wire, exchange, { code: created ? 201 : 200, object })
}

async function patch(wire: Wire, exchange: KindExchange): Promise<void> {
  const { info, kind } = exchange
  requireVerb(kind, 'patch')
  const { faults, ...request } = await readPatch(exchange)
  const options = patchOptionsOf(exchange, faults)
  const { object, created } = patchObject(wire.core, kind, {
    namespace: info.namespace,
    name: info.name,
    patch: request,
    options,
  })
  sendObject(wire, exchange, { code: created ? 201 : 200, object })
}

async function remove(wire: Wire, exchange: KindExchange): Promise<void> {
  const { request, info, kind, query } = exchange
  requireVerb(kind, 'delete')
  const options = deleteOptions(query, (await readObject(request)).value)
  const outcome = deleteObject(wire.core, kind, { namespace: info.namespace, name: info.name }, options)
  sendDeleted(wire, exchange, outcome)
}

function sendDeleted(wire: Wire, exchange: KindExchange, { deleted, object }: DeleteOutcome): void {
  const { kind, reply, request } = exchange
  if (!deleted || kind.strategy.returnsDeletedObject === true) {
    sendObject(wire, exchange, { code: 200, object })
    return
  }
  const { name = '', uid = '' } = object.metadata
  const details = { name, ...(kind.group === '' ? {} : { group: kind.group }), kind: kind.plural, uid }
  const { format } = negotiate(request.headers.accept)
  reply.send(200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }, format)
}

async function deleteCollection(wire: Wire, exchange: KindExchange): Promise<void> {
  const { request, info, kind, query, reply } = exchange
  const options = deleteOptions(query, (await readObject(request)).value)
  const { items } = listCollection(wire.core, kind, info.namespace, query)
  const objects = items.map((item) => {
    const { namespace = '', name = '' } = item.metadata
    return inVersion(wire.core, deleteObject(wire.core, kind, { namespace, name }, options).object, kind)
  })
  const { format } = negotiate(request.headers.accept)
  reply.send(
    200,
    listEnvelope(kind, { metadata: { resourceVersion: String(wire.core.store.version) }, items: objects }),
    format,
  )
}

/** The body with the namespace and name of its URL; throws 400 when it names others. */
export function placed(value: unknown, namespace: string, kind: ServedKind, name?: string): unknown {
  if (!isObject(value)) return value
  const metadata = isObject(value.metadata) ? value.metadata : {}
  const own = typeof metadata.namespace === 'string' ? metadata.namespace : ''
  if (kind.namespaced && own !== '' && own !== namespace) {
    throw badRequest(`the namespace of the provided object does not match the namespace sent on the request`)
  }
  if (name !== undefined && !metadata.name) {
    throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`)
  }
  if (name !== undefined && metadata.name !== name) {
    throw badRequest(`the name of the object (${String(metadata.name)}) does not match the name on the URL (${name})`)
  }
  const place = {
    ...(kind.namespaced && namespace !== '' ? { namespace } : {}),
    ...(name === undefined ? {} : { name }),
  }
  const type = {
    apiVersion: value.apiVersion ?? formatApiVersion(kind.group, kind.version),
    kind: value.kind ?? kind.kind,
  }
  return { ...type, ...value, metadata: { ...metadata, ...place } }
}

/** Throws 405 when a kind does not offer a verb. */
function requireVerb(kind: ServedKind, verb: string): void {
  if (!kind.verbs.includes(verb)) throw generic(405)
}

function includeOf({ query }: KindExchange): IncludeObject {
  const text = query.get('includeObject')
  return text === 'None' || text === 'Object' ? text : 'Metadata'
}
