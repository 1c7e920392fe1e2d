import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { ApiCore } from '../api/core.ts'
import { aggregatedDiscovery, discoveryDocument } from '../discovery/discovery.ts'
import { openApiV2 } from '../openapi/v2.ts'
import { groupVersionPaths, openApiV3 } from '../openapi/v3.ts'
import { generic } from '../status/kube-status.ts'
import { parseAccept } from './media-type.ts'
import type { Reply } from './reply.ts'

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'

interface Served {
  core: ApiCore
  version: { major: string; minor: string; gitVersion: string }
}

interface DocumentRequest {
  request: IncomingMessage
  path: string
  reply: Reply
}

/** Answers version, discovery and OpenAPI paths; false when the path is none of them. */
export function serveDocument(served: Served, asked: DocumentRequest): boolean {
  const { core, version } = served
  const path = asked.path.replace(/(?<=.)\/$/, '')
  if (path === '/version')
    return send(asked, JSON.stringify({ ...version, gitTreeState: 'clean', platform: 'linux/amd64' }))
  if (path === '/' || path === '') return send(asked, JSON.stringify({ paths: rootPaths(core) }))
  if (path === '/api' || path === '/apis') return serveRoot(core, asked, path)
  if (path === '/openapi/v2') return serveOpenApiV2(core, asked)
  if (path === '/openapi/v3') return serveOpenApiIndex(core, asked)
  if (path.startsWith('/openapi/v3/')) return serveOpenApiV3(core, asked, path.slice('/openapi/v3/'.length))
  const document = cached(core, `discovery ${path}`, () => discoveryDocument(core.registry.all(), path, ''))
  return document !== undefined && send(asked, document.text)
}

function rootPaths(core: ApiCore): string[] {
  const groups = core.registry
    .all()
    .map((kind) => (kind.group === '' ? '/api/v1' : `/apis/${kind.group}/${kind.version}`))
  return [
    ...new Set(['/api', '/apis', ...groups, '/healthz', '/livez', '/openapi/v2', '/openapi/v3', '/readyz', '/version']),
  ].sort()
}

function serveRoot(core: ApiCore, asked: DocumentRequest, path: '/api' | '/apis'): boolean {
  for (const { type, parameters } of parseAccept(asked.request.headers.accept)) {
    const wanted = parameters.as === 'APIGroupDiscoveryList' && parameters.g === 'apidiscovery.k8s.io'
    if (wanted && parameters.v === 'v2') {
      const root = path === '/api' ? 'api' : 'apis'
      const document = cached(core, `aggregated ${root}`, () => aggregatedDiscovery(core.registry.all(), root))
      return send(asked, document?.text ?? '', { type: aggregated, etag: document?.hash })
    }
    if (parameters.as === undefined && (type === 'application/json' || type.endsWith('/*'))) break
  }
  const host = asked.request.headers.host ?? ''
  return send(asked, JSON.stringify(discoveryDocument(core.registry.all(), path, host)))
}

function serveOpenApiV2(core: ApiCore, asked: DocumentRequest): boolean {
  const types = parseAccept(asked.request.headers.accept)
  if (!types.some(({ type }) => type === 'application/json' || type.endsWith('/*'))) {
    throw generic(406, 'only the following media types are accepted: application/json')
  }
  const document = cached(core, 'openapi v2', () => openApiV2(core.registry.all()))
  return send(asked, document?.text ?? '', { etag: document?.hash })
}

function serveOpenApiIndex(core: ApiCore, asked: DocumentRequest): boolean {
  const paths = groupVersionPaths(core.registry.all()).map((path) => {
    const hash = cached(core, `openapi v3 ${path}`, () => openApiV3(core.registry.all(), path))?.hash
    return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` }] as const
  })
  return send(asked, JSON.stringify({ paths: Object.fromEntries(paths) }))
}

function serveOpenApiV3(core: ApiCore, asked: DocumentRequest, path: string): boolean {
  const document = cached(core, `openapi v3 ${path}`, () => openApiV3(core.registry.all(), path))
  return document !== undefined && send(asked, document.text, { etag: document.hash })
}

function send(
  asked: DocumentRequest,
  text: string,
  options: { type?: string; etag?: string | undefined } = {},
): boolean {
  const { request, reply } = asked
  if (request.method !== 'GET' && request.method !== 'HEAD') throw generic(405)
  if (options.etag !== undefined) {
    reply.response.setHeader('etag', `"${options.etag}"`)
    reply.response.setHeader('vary', 'Accept')
    if (request.headers['if-none-match']?.includes(options.etag) === true) {
      reply.response.writeHead(304).end()
      return true
    }
  }
  reply.sendText(200, text, options.type ?? 'application/json')
  return true
}

interface CachedDocument {
  text: string
  hash: string
}

const caches = new WeakMap<ApiCore, { revision: number; documents: Map<string, CachedDocument> }>()

/** Documents are made once for each state of the served kinds. */
function cached(core: ApiCore, id: string, make: () => object | undefined): CachedDocument | undefined {
  const { revision } = core.registry
  let cache = caches.get(core)
  if (cache?.revision !== revision) {
    cache = { revision, documents: new Map() }
    caches.set(core, cache)
  }
  const known = cache.documents.get(id)
  if (known !== undefined) return known
  const value = make()
  // Paths that lead nowhere are the client's choice and must not fill the cache.
  if (value === undefined) return undefined
  const text = JSON.stringify(value)
  const document = { text, hash: createHash('sha256').update(text).digest('hex').toUpperCase() }
  cache.documents.set(id, document)
  return document
}
