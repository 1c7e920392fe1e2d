import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Clock, DriftlessError } from '@driftless/foundation'
import { coreOf } from '../api/create-kube-api.ts'
import type { KubeApi } from '../api/kube-api.ts'
import { badRequest, generic, KubeStatusError, unclassified } from '../status/kube-status.ts'
import { serveDocument } from './documents.ts'
import type { PodLogSource } from './pod-log-source.ts'
import { Reply } from './reply.ts'
import { parseRequestPath } from './request-info.ts'
import { serveResource, type Wire } from './resource.ts'
import { WatchHub } from './watch-hub.ts'

/** What a listener serves and for whom. */
export interface KubeListenerOptions {
  /** Made by `createKubeApi`. */
  api: KubeApi
  logs?: PodLogSource
  /** Answered at `/version`. */
  version: { major: string; minor: string; gitVersion: string }
  /** The user behind an Authorization header; undefined answers 401. */
  authenticate: (authorization: string | undefined) => { user: string } | undefined
  clock: Clock
}

/** Makes the request listener of a `node:http` or `node:https` server. */
export function createKubeListener(
  options: KubeListenerOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const core = coreOf(options.api)
  const { logs, clock, authenticate } = options
  const wire: Wire = { core, hub: new WatchHub(core), logs, clock, authenticate }
  return (request, response) => {
    const reply = new Reply(response)
    serve(options, wire, { request, reply }).catch((error: unknown) => sendError(reply, error))
  }
}

async function serve(
  options: KubeListenerOptions,
  wire: Wire,
  { request, reply }: { request: IncomingMessage; reply: Reply },
): Promise<void> {
  const url = URL.parse(request.url ?? '/', 'http://localhost')
  if (url === null) throw generic(404)
  if (isHealthPath(url.pathname)) return reply.sendText(200, 'ok', 'text/plain; charset=utf-8')
  const user = options.authenticate(request.headers.authorization)
  if (user === undefined) throw generic(401)
  reply.pretty = url.searchParams.has('pretty') && url.searchParams.get('pretty') !== 'false'
  if (serveDocument({ core: wire.core, version: options.version }, { request, path: url.pathname, reply })) return
  const info = parseRequestPath(url.pathname)
  if (info === undefined) return reply.sendText(404, '404 page not found\n', 'text/plain; charset=utf-8')
  await serveResource(wire, { request, reply, info, query: url.searchParams, user: user.user })
}

function isHealthPath(path: string): boolean {
  return /^\/(?:healthz|livez|readyz)(?:\/|$)/.test(path)
}

function sendError(reply: Reply, error: unknown): void {
  const { response } = reply
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { status } = error instanceof KubeStatusError ? error : internal(error)
  if (status.code === 413 || status.code === 401) response.setHeader('connection', 'close')
  reply.send(status.code, status)
}

function internal(error: unknown): KubeStatusError {
  if (error instanceof DriftlessError && error.status < 500) return badRequest(error.message)
  return unclassified(`Internal error occurred: ${error instanceof Error ? error.message : String(error)}`)
}
