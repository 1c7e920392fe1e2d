import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type OutputOf, type Route, type RouteName, type Routes, routes } from '@driftless/contract'
import type { ApplicationRow, Change } from '@driftless/model'
import { createEvents, createLargeTree, createLogLine, createManaged, createPlan, createTree } from './resources.ts'
import {
  ago,
  createApplication,
  createClusters,
  createManyRows,
  createRepositories,
  createRows,
  fullSha,
} from './scenario.ts'
import { searchRows } from './search.ts'

/** What a handler is given. */
interface Call {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: Record<string, unknown>
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

type Handlers = { [N in RouteName]?: (call: Call) => OutputOf<Routes[N]> | Promise<OutputOf<Routes[N]>> | undefined }

/** How much there is to see; the hand-made scenario when nothing is said. */
export interface FakeSize {
  readonly applications?: number
  readonly objects?: number
}

class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** State of a running fake: rows change, and watchers learn of it. */
function createState(size: FakeSize) {
  const rows = size.applications === undefined ? createRows() : createManyRows(size.applications)
  const repositories = createRepositories()
  const watchers = new Set<ServerResponse>()
  let version = 100
  const announce = (kind: Change['kind'], name: string) => {
    version += 1
    const message = {
      result: { event: 'change', change: { version, type: 'MODIFIED', kind, namespace: 'argocd', name } },
    }
    for (const watcher of watchers) watcher.write(`${JSON.stringify(message)}\n`)
  }
  const rowOf = (name: string | undefined): ApplicationRow => {
    const row = rows.find((each) => each.name === name)
    if (row === undefined) throw new Refused(403, 'permission denied')
    return row
  }
  const change = (name: string, changes: Partial<ApplicationRow>) => {
    Object.assign(rowOf(name), changes)
    announce('Application', name)
    announce('ResourceTree', name)
  }
  return { rows, repositories, watchers, announce, rowOf, change, version: () => version }
}

const loggedIn = (request: IncomingMessage) => request.headers.cookie?.includes('argocd.token=') ?? false

/** Starts a sync that goes through its phases by itself. */
function runSync(state: ReturnType<typeof createState>, name: string, kind: 'sync' | 'rollback'): void {
  state.change(name, {
    operationPhase: 'Running',
    operationKind: kind,
    operationStartedAt: ago(0),
    operationFinishedAt: undefined,
  })
  setTimeout(() => state.change(name, { sync: kind === 'sync' ? 'Synced' : 'OutOfSync', health: 'Progressing' }), 1500)
  setTimeout(
    () =>
      state.change(name, {
        operationPhase: 'Succeeded',
        operationFinishedAt: ago(0),
        health: 'Healthy',
        healthSince: ago(0),
      }),
    3500,
  )
}

function createHandlers(state: ReturnType<typeof createState>, size: FakeSize): Handlers {
  const { rowOf } = state
  return {
    login: ({ body, response }) => {
      if (body.username !== 'admin' || body.password !== 'driftless')
        throw new Refused(401, 'Invalid username or password')
      response.setHeader('set-cookie', 'argocd.token=fake; Path=/; HttpOnly; SameSite=Lax')
      return { token: 'fake' }
    },
    logout: ({ response }) => {
      response.setHeader('set-cookie', 'argocd.token=; Path=/; Max-Age=0')
      return {}
    },
    getUserInfo: ({ request }) =>
      loggedIn(request) ? { loggedIn: true, username: 'admin', iss: 'argocd' } : { loggedIn: false },
    changePassword: ({ body }) => {
      if (body.currentPassword !== 'driftless') throw new Refused(400, 'current password does not match')
      return {}
    },
    getSettings: () => ({ controllerNamespace: 'argocd', syncWithReplaceAllowed: false }),
    getVersion: () => ({ Version: 'v0.1.0', Platform: 'linux/amd64', HelmVersion: 'v3', KustomizeVersion: 'v5' }),
    searchApplications: ({ query }) => searchRows(state.rows, query, state.version()),
    getApplication: async ({ params, query }) => {
      const row = rowOf(params.name)
      if (query.get('refresh') !== null) await new Promise((resolve) => setTimeout(resolve, 500))
      return createApplication(row)
    },
    createApplication: ({ body }) => {
      const application = body as unknown as ReturnType<typeof createApplication>
      if (state.rows.some((row) => row.name === application.metadata.name))
        throw new Refused(400, 'existing application spec is different, use upsert flag to force update')
      const template = state.rows[0]
      if (template !== undefined)
        state.rows.push({
          ...template,
          name: application.metadata.name,
          uid: `uid-${application.metadata.name}`,
          health: 'Missing',
        })
      state.announce('Application', application.metadata.name)
      return application
    },
    updateApplication: ({ body }) => body as unknown as ReturnType<typeof createApplication>,
    updateApplicationSpec: ({ params }) => createApplication(rowOf(params.name)).spec,
    deleteApplication: ({ params }) => {
      state.rows.splice(state.rows.indexOf(rowOf(params.name)), 1)
      state.announce('Application', params.name ?? '')
      return {}
    },
    syncApplication: ({ params }) => {
      runSync(state, params.name ?? '', 'sync')
      return createApplication(rowOf(params.name))
    },
    rollbackApplication: ({ params }) => {
      runSync(state, params.name ?? '', 'rollback')
      return createApplication(rowOf(params.name))
    },
    terminateOperation: ({ params }) => {
      state.change(params.name ?? '', {
        operationPhase: 'Failed',
        operationFinishedAt: ago(0),
        operationMessage: 'Operation terminated',
      })
      return {}
    },
    planApplication: ({ params, body }) => {
      if (body.revision === 'nope')
        throw new Refused(
          400,
          "unable to resolve 'nope' to a commit: no such branch or tag in https://git.example.com/shop/deploy.git",
        )
      return createPlan(rowOf(params.name), {
        prune: body.prune === true,
        revision: typeof body.revision === 'string' ? body.revision : undefined,
      })
    },
    listOperations: () => ({
      items: [
        {
          id: 'op-5',
          kind: 'sync',
          phase: 'Failed',
          message: 'wave 0 is not healthy: Deployment checkout-api',
          startedAt: ago(480),
          finishedAt: ago(360),
          initiatedBy: { automated: true },
          dryRun: false,
          retryCount: 3,
          syncResult: { revision: fullSha('b71e0aa') },
        },
        {
          id: 'op-4',
          kind: 'sync',
          phase: 'Succeeded',
          startedAt: ago(3 * 3600 + 38),
          finishedAt: ago(3 * 3600),
          initiatedBy: { automated: true },
          dryRun: false,
          retryCount: 0,
          deploymentId: 2,
          syncResult: { revision: fullSha('9f3c2a1') },
        },
        {
          id: 'op-3',
          kind: 'rollback',
          phase: 'Succeeded',
          startedAt: ago(2 * 86_400 + 61),
          finishedAt: ago(2 * 86_400),
          initiatedBy: { username: 'admin' },
          dryRun: false,
          retryCount: 0,
          deploymentId: 1,
          syncResult: { revision: fullSha('58e0d77') },
        },
        {
          id: 'op-2',
          kind: 'sync',
          phase: 'Error',
          message: 'manifest generation failed: values.prod.yaml: no such file',
          startedAt: ago(5 * 86_400),
          finishedAt: ago(5 * 86_400 - 2),
          initiatedBy: { username: 'release-bot' },
          dryRun: false,
          retryCount: 0,
          syncResult: { revision: fullSha('0f77c1e') },
        },
      ],
    }),
    getRevisionMetadata: ({ params }) => {
      const row = state.rows.find((each) => each.revision === params.revision)
      return {
        author: 'Checkout Team <team@example.com>',
        date: ago(540),
        message: row?.commitMessage ?? `checkout: release ${params.revision?.slice(0, 4)}`,
        tags: [],
      }
    },
    getResourceTree: ({ params }) =>
      size.objects === undefined ? createTree(rowOf(params.name)) : createLargeTree(rowOf(params.name), size.objects),
    getManagedResources: ({ params }) => ({ items: createManaged(rowOf(params.name)) }),
    getResource: ({ query }) => ({
      manifest: JSON.stringify({
        apiVersion: 'v1',
        kind: query.get('kind'),
        metadata: { name: query.get('resourceName'), namespace: query.get('namespace') },
        spec: { containers: [{ name: 'api' }, { name: 'proxy' }] },
        status: {
          containerStatuses: [
            {
              name: 'api',
              restartCount: 7,
              state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 2m40s' } },
            },
            { name: 'proxy', ready: true, restartCount: 0, state: { running: {} } },
          ],
        },
      }),
    }),
    deleteResource: () => ({}),
    listEvents: ({ query }) => createEvents(query.get('resourceName') ?? 'app'),
    listRepositories: () => ({ items: state.repositories }),
    validateRepository: ({ params }) => {
      if (params.repo?.includes('private'))
        throw new Refused(400, 'authentication required: the server answered 403 "token lacks scope read_repository"')
      return {}
    },
    createRepository: ({ body }) => {
      const repository = {
        repo: String(body.repo),
        type: 'git' as const,
        connectionState: { status: 'Successful' as const, message: '', attemptedAt: ago(0) },
      }
      state.repositories.push(repository)
      return repository
    },
    deleteRepository: ({ params }) => {
      state.repositories.splice(
        state.repositories.findIndex((each) => each.repo === params.repo),
        1,
      )
      return {}
    },
    listReferences: () => ({ branches: ['main', 'release-4', 'one-demo'], tags: ['v1.0', 'v2.0'] }),
    discoverApplications: () => ({
      items: [
        { path: 'shop/orders', type: 'Kustomize' },
        { path: 'shop/order-router', type: 'Helm' },
        { path: 'shop/storefront', type: 'Directory' },
      ],
    }),
    getAppDetails: ({ body }) => {
      const path = String((body.source as { path?: string }).path)
      if (path.endsWith('orders'))
        return { type: 'Kustomize', kustomize: { images: ['registry.example.com/shop/orders:3.1.0'] } }
      if (path.endsWith('router'))
        return {
          type: 'Helm',
          helm: {
            valueFiles: ['values.yaml', 'values-prod.yaml'],
            values: 'image:\n  tag: v1.0\nreplicas: 2\n',
            parameters: [
              { name: 'image.tag', value: 'v1.0' },
              { name: 'replicas', value: '2' },
            ],
          },
        }
      if (path.endsWith('storefront')) return { type: 'Directory', directory: {} }
      throw new Refused(400, `app path does not exist: ${path}`)
    },
    listClusters: () => ({ items: createClusters() }),
    listProjects: () => ({
      items: ['default', 'shop', 'platform', 'finance', 'risk'].map((name) => ({ metadata: { name }, spec: {} })),
    }),
  }
}

/** Answers the console like the API does, from memory; for looking at pages and for browser tests. */
export function createFakeApi(size: FakeSize = {}) {
  const state = createState(size)
  const handlers = createHandlers(state, size)
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://fake.invalid')
    const found = findRoute(request.method ?? 'GET', url.pathname)
    try {
      if (found === undefined) throw new Refused(404, `no route ${url.pathname}`)
      if (routes[found.name].access.kind !== 'public' && !loggedIn(request))
        throw new Refused(401, 'no session information')
      if (found.name === 'watchChanges') return watch(state, response)
      if (found.name === 'getLogs') return follow(response)
      const handler = handlers[found.name] as ((call: Call) => unknown) | undefined
      if (handler === undefined) throw new Refused(501, `${found.name} is not part of this scenario`)
      const answer = await handler({
        params: found.params,
        query: url.searchParams,
        body: await readBody(request),
        request,
        response,
      })
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answer))
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      response.statusCode = error instanceof Refused ? error.status : 500
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ error: message, message, code: 2 }))
    }
  }
  return { handle, state, server: () => createServer((request, response) => void handle(request, response)) }
}

function watch(state: ReturnType<typeof createState>, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-cache, no-transform' })
  response.write(`${JSON.stringify({ result: { event: 'hello', version: state.version() } })}\n`)
  state.watchers.add(response)
  response.on('close', () => state.watchers.delete(response))
}

function follow(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-cache, no-transform' })
  let index = 0
  const write = () => {
    response.write(`${JSON.stringify({ result: createLogLine(index) })}\n`)
    index += 1
  }
  while (index < 40) write()
  const timer = setInterval(write, 700)
  response.on('close', () => clearInterval(timer))
}

function findRoute(method: string, path: string): { name: RouteName; params: Record<string, string> } | undefined {
  const parts = path.split('/')
  for (const [name, definition] of Object.entries<Route>(routes)) {
    if (definition.method !== method) continue
    const pattern = definition.path.split('/')
    if (pattern.length !== parts.length) continue
    const params: Record<string, string> = {}
    const matches = pattern.every((part, index) => {
      if (!part.startsWith(':')) return part === parts[index]
      params[part.slice(1)] = decodeURIComponent(parts[index] ?? '')
      return true
    })
    if (matches) return { name: name as RouteName, params }
  }
  return undefined
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}
