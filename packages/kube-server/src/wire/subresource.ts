import type { KubeObject } from '@driftless/kube-objects'
import { cloneJson } from '@driftless/kube-objects'
import { unregistered } from '../api/admission.ts'
import { deleteObject } from '../api/delete.ts'
import { patchObject } from '../api/patch.ts'
import { scaleOf, scalePaths, withScale } from '../api/scale.ts'
import { checkPreconditions, namespaceFinalizers, replaceObject, storeUpdate } from '../api/update.ts'
import { badRequest, conflict, generic, KubeStatusError, undecodable } from '../status/kube-status.ts'
import { isObject } from '../validation/decode.ts'
import { readObject } from './body.ts'
import { negotiate } from './media-type.ts'
import { servePodLog } from './pod-log.ts'
import { deleteOptions } from './query.ts'
import type { KindExchange, Wire } from './resource.ts'
import { existing, placed, sendObject } from './verbs.ts'
import { patchOptionsOf, readPatch, writeOptionsOf } from './write-request.ts'

/** Answers a request about a subresource; throws 404 where the kind has none of the name. */
export async function serveSubresource(wire: Wire, exchange: KindExchange): Promise<void> {
  const { subresources, strategy } = exchange.kind
  switch (exchange.info.subresource) {
    case 'status':
      if (subresources.status === true) return serveStatus(wire, exchange)
      break
    case 'scale':
      if (subresources.scale !== undefined) return serveScale(wire, exchange)
      break
    case 'log':
      if (subresources.log === true && wire.logs !== undefined) return serveLog(wire, exchange)
      break
    case 'eviction':
      if (subresources.eviction === true) return serveEviction(wire, exchange)
      break
    case 'binding':
      if (subresources.binding === true) return serveBinding(wire, exchange)
      break
    case 'finalize':
      if (subresources.finalize === true) return serveFinalize(wire, exchange)
      break
    case 'token':
      if (subresources.token === true && strategy.issueToken !== undefined) return serveToken(wire, exchange)
      break
  }
  throw generic(404)
}

async function serveStatus(wire: Wire, exchange: KindExchange): Promise<void> {
  const { request, info, kind } = exchange
  if (request.method === 'GET') return sendObject(wire, exchange, { code: 200, object: existing(wire, exchange) })
  if (request.method === 'PUT') {
    const options = writeOptionsOf(exchange, 'UpdateOptions')
    const { value, faults } = await readObject(request)
    const body = placed(value, info.namespace, kind, info.name)
    const { object } = replaceObject(wire.core, kind, body, { ...options, bodyFaults: faults, subresource: 'status' })
    return sendObject(wire, exchange, { code: 200, object })
  }
  if (request.method !== 'PATCH') throw generic(405)
  return sendObject(wire, exchange, { code: 200, object: await patchSubresource(wire, exchange) })
}

async function patchSubresource(wire: Wire, exchange: KindExchange): Promise<KubeObject> {
  const { info, kind } = exchange
  const { faults, ...patch } = await readPatch(exchange)
  const options = { ...patchOptionsOf(exchange, faults), subresource: info.subresource }
  return patchObject(wire.core, kind, { namespace: info.namespace, name: info.name, patch, options }).object
}

async function serveScale(wire: Wire, exchange: KindExchange): Promise<void> {
  const { request, info, kind, reply } = exchange
  const previous = existing(wire, exchange)
  const paths = scalePaths(kind, info.name)
  const { format } = negotiate(request.headers.accept)
  if (request.method === 'GET') return reply.send(200, scaleOf(previous, paths), format)
  if (request.method === 'PATCH') return reply.send(200, scaleOf(await patchSubresource(wire, exchange), paths), format)
  if (request.method !== 'PUT') throw generic(405)
  const options = writeOptionsOf(exchange, 'UpdateOptions')
  const scale = asObject((await readObject(request)).value, 'Scale')
  const next = withScale(previous, scale, paths)
  checkPreconditions({ ...kind, strategy: { ...kind.strategy, requiresVersion: false } }, next, previous)
  const stored = storeUpdate(wire.core, { kind, previous, next, options: { ...options, subresource: 'scale' } })
  reply.send(200, scaleOf(stored, paths), format)
}

async function serveLog(wire: Wire, exchange: KindExchange): Promise<void> {
  if (exchange.request.method !== 'GET') throw generic(405)
  const pod = existing(wire, exchange)
  if (wire.logs === undefined) throw generic(404)
  await servePodLog(wire.logs, pod, exchange.query, exchange.reply)
}

async function serveEviction(wire: Wire, exchange: KindExchange): Promise<void> {
  const { request, info, kind, query, reply } = exchange
  if (request.method !== 'POST') throw generic(405)
  const eviction = asObject((await readObject(request)).value, 'Eviction')
  if (eviction.metadata.name !== undefined && eviction.metadata.name !== info.name) {
    throw badRequest('name in URL does not match name in Eviction object')
  }
  deleteObject(
    wire.core,
    kind,
    { namespace: info.namespace, name: info.name },
    deleteOptions(query, eviction.deleteOptions),
  )
  reply.send(201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 })
}

async function serveBinding(wire: Wire, exchange: KindExchange): Promise<void> {
  const { request, kind, info, reply } = exchange
  if (request.method !== 'POST') throw generic(405)
  const options = writeOptionsOf(exchange, 'CreateOptions')
  const { target } = asObject((await readObject(request)).value, 'Binding')
  const node = isObject(target) ? target.name : undefined
  if (typeof node !== 'string' || node === '') throw badRequest('target.name is required')
  const previous = existing(wire, exchange)
  const spec = isObject(previous.spec) ? previous.spec : {}
  if (spec.nodeName !== undefined && spec.nodeName !== '') {
    throw conflict(
      { group: '', plural: 'pods/binding' },
      info.name,
      `pod ${info.name} is already assigned to node ${JSON.stringify(spec.nodeName)}`,
    )
  }
  const next = { ...cloneJson(previous), spec: { ...spec, nodeName: node } }
  storeUpdate(wire.core, { kind, previous, next, options: { ...options, subresource: 'binding' } })
  reply.send(201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 })
}

async function serveFinalize(wire: Wire, exchange: KindExchange): Promise<void> {
  const { request, kind } = exchange
  if (request.method !== 'PUT') throw generic(405)
  const options = writeOptionsOf(exchange, 'UpdateOptions')
  const body = asObject((await readObject(request)).value, kind.kind)
  const previous = existing(wire, exchange)
  checkPreconditions(kind, body, previous)
  const next = {
    ...cloneJson(previous),
    spec: { ...(isObject(previous.spec) ? previous.spec : {}), finalizers: namespaceFinalizers(body) },
  }
  const object = storeUpdate(wire.core, { kind, previous, next, options: { ...options, subresource: 'finalize' } })
  return sendObject(wire, exchange, { code: 200, object })
}

async function serveToken(wire: Wire, exchange: KindExchange): Promise<void> {
  const { request, kind, reply } = exchange
  if (request.method !== 'POST') throw generic(405)
  const body = asObject((await readObject(request)).value, 'TokenRequest')
  const answer = kind.strategy.issueToken?.(body, existing(wire, exchange), wire.core.context)
  if (answer === undefined) throw new KubeStatusError({ code: 500, message: 'no token was issued' })
  reply.send(201, answer)
}

function asObject(value: unknown, kind: string): KubeObject {
  if (!isObject(value)) throw badRequest(`the body of a ${kind} must be an object`)
  const metadata = isObject(value.metadata) ? value.metadata : {}
  const object = { ...value, apiVersion: String(value.apiVersion ?? ''), kind: String(value.kind ?? kind), metadata }
  if (object.kind !== kind) throw undecodable(object, kind, unregistered(object))
  return object
}
