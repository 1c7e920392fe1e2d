import type { IncomingMessage } from 'node:http'
import type { Clock } from '@driftless/foundation'
import type { ApiCore } from '../api/core.ts'
import type { ServedKind } from '../api/served-kind.ts'
import { generic } from '../status/kube-status.ts'
import { readObject } from './body.ts'
import type { PodLogSource } from './pod-log-source.ts'
import type { Reply } from './reply.ts'
import type { RequestInfo } from './request-info.ts'
import { answerReview } from './reviews.ts'
import { serveSubresource } from './subresource.ts'
import { serveCollection, serveItem } from './verbs.ts'
import type { WatchHub } from './watch-hub.ts'

/** What the wire works with. */
export interface Wire {
  core: ApiCore
  hub: WatchHub
  logs: PodLogSource | undefined
  clock: Clock
  authenticate: (authorization: string | undefined) => { user: string } | undefined
}

/** One request on its way. */
export interface Exchange {
  request: IncomingMessage
  reply: Reply
  info: RequestInfo
  query: URLSearchParams
  user: string
}

/** A request whose kind is known. */
export interface KindExchange extends Exchange {
  kind: ServedKind
}

/** Answers a request about a resource. */
export async function serveResource(wire: Wire, exchange: Exchange): Promise<void> {
  const { request, info, reply } = exchange
  if (request.method === 'POST' && info.name === '') {
    const review = isReview(info)
      ? answerReview(info, (await readObject(request)).value, { user: exchange.user, authenticate: wire.authenticate })
      : undefined
    if (review !== undefined) return reply.send(201, review)
  }
  const kind = wire.core.registry.at(info.group, info.version, info.plural)
  if (kind === undefined) return unknownResource(wire, exchange)
  if (kind.deprecation !== undefined) reply.warn(kind.deprecation)
  const known = { ...exchange, kind }
  if (info.namespace !== '' && !kind.namespaced) throw generic(404)
  if (info.namespace === '' && kind.namespaced && info.name !== '') throw generic(404)
  if (info.subresource !== '') return serveSubresource(wire, known)
  return info.name === '' ? serveCollection(wire, known) : serveItem(wire, known)
}

function isReview({ group, plural }: RequestInfo): boolean {
  return (group === 'authorization.k8s.io' || group === 'authentication.k8s.io') && plural.endsWith('reviews')
}

/** Built-in groups know their paths, so that an unknown one is a Status; others have nobody to answer. */
function unknownResource(wire: Wire, { info, reply }: Exchange): void {
  if (wire.core.registry.hasGroupVersion(info.group, info.version)) throw generic(404)
  reply.sendText(404, '404 page not found\n', 'text/plain; charset=utf-8')
}
