import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createOpenApiDocument } from '@driftless/contract'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Authorizer } from './auth/caller.ts'
import { notFoundBody, registerErrors } from './plugins/errors.ts'
import { registerRoutes } from './plugins/routes.ts'
import { registerSession } from './plugins/session.ts'
import { createHandlers, type RouteDependencies } from './routes/table.ts'

/** What the server is built from. */
export interface AppOptions {
  readonly routes: RouteDependencies
  readonly authorizer: Authorizer
  readonly logger: FastifyBaseLogger
  readonly trustProxy?: boolean
  /** Checks answers against the contract; for tests. */
  readonly checkAnswers?: boolean
  /** Logins of one address a minute; 60 when absent. */
  readonly loginsPerMinute?: number
  /** Serves what no route does: the pages of the console. */
  readonly console?: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

const bodyLimit = 8 << 20
const apiPaths = /^\/(api|auth|healthz|terminal|kube|extensions|metrics|swagger)(\/|\.|\?|$)/

/** Builds the HTTP server: the routes of the contract's table, health, OpenAPI, and the console behind them. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustProxy ?? false,
    genReqId: () => randomUUID(),
    bodyLimit,
    // Parameters are URLs of repositories and clusters.
    routerOptions: { maxParamLength: 4096 },
  })
  readJsonOnly(app)
  registerErrors(app)
  registerSession(app)
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: false,
    xFrameOptions: { action: 'sameorigin' },
    strictTransportSecurity: false,
  })
  await app.register(compress, { threshold: 1024, encodings: ['gzip', 'deflate'] })
  await app.register(rateLimit, { global: false })
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (!reply.hasHeader('content-security-policy'))
      reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'self'")
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  registerHealth(app, options.routes)
  const openApi = createOpenApiDocument(options.routes.installation.version)
  app.get('/api/openapi.json', async () => openApi)
  registerRoutes(app, {
    handlers: createHandlers(options.routes),
    authenticator: options.routes.authenticator,
    authorizer: options.authorizer,
    clock: options.routes.clock,
    checkAnswers: options.checkAnswers ?? false,
    limits: { login: { max: options.loginsPerMinute ?? 60, timeWindow: 60_000 } },
  })
  app.setNotFoundHandler(async (request, reply) => {
    const { console: page } = options
    if (page === undefined || apiPaths.test(request.url)) return reply.code(404).send(notFoundBody(request.url))
    reply.hijack()
    await page(request.raw, reply.raw)
  })
  return app
}

/** Bodies are JSON: what a form of another site can send is not (spec: rbac-auth §4). An empty body is no body. */
function readJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else parse(request, body as string, done)
  })
}

function registerHealth(app: FastifyInstance, { database }: RouteDependencies): void {
  app.get('/healthz', async (_request, reply) => {
    await database.prisma.$queryRaw`SELECT 1`
    return reply.type('text/plain').send('ok')
  })
}
