import { type Route, type RouteName, routes } from '@driftless/contract'
import type { Clock } from '@driftless/foundation'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Authorizer } from '../auth/caller.ts'
import { AuthErrors } from '../auth/errors.ts'
import type { Handlers, RequestContext } from '../routes/handler.ts'
import { parsePart } from './errors.ts'
import { filterFields } from './fields.ts'
import { identify, sessionCookie } from './session.ts'
import { sendLogFile, sendStream } from './stream.ts'

/** What serving the table needs. */
export interface RoutesOptions {
  readonly handlers: Handlers
  readonly authenticator: Authenticator
  readonly authorizer: Authorizer
  readonly clock: Clock
  /** Checks every answer against the contract too; for tests. */
  readonly checkAnswers: boolean
  /** Limits of single routes, by name. */
  readonly limits: Partial<Record<RouteName, { max: number; timeWindow: number }>>
}

type AnyHandler = (input: Record<string, unknown>, context: RequestContext) => unknown

/** Serves every route of the contract's table: who calls, validation, the handler, the answer. */
export function registerRoutes(app: FastifyInstance, options: RoutesOptions): void {
  for (const [name, route] of Object.entries<Route>(routes)) {
    const handler = options.handlers[name as RouteName] as AnyHandler
    app.route({
      method: route.method,
      url: route.path,
      exposeHeadRoute: false,
      config: { rateLimit: options.limits[name as RouteName] ?? false },
      handler: (request, reply) => serve(request, reply, { route, handler, options }),
    })
  }
}

interface Serving {
  readonly route: Route
  readonly handler: AnyHandler
  readonly options: RoutesOptions
}

async function serve(request: FastifyRequest, reply: FastifyReply, serving: Serving): Promise<unknown> {
  const { route, handler, options } = serving
  await requireAccess(request, serving)
  const input = {
    params: parsePart('params', route.params, request.params),
    query: parsePart('query', route.query, plainQuery(request.query)),
    body: parsePart('body', route.body, request.body ?? undefined),
  }
  const lifetime = lifetimeOf(request, reply, options.authenticator)
  const context = contextOf(request, reply, { ...serving, signal: lifetime.signal })
  const fields = fieldsOf(plainQuery(request.query))
  try {
    if (route.delivery === 'stream') {
      const messages = handler(input, context) as AsyncIterable<unknown>
      const name = logFileName(input)
      if (name !== undefined) {
        await sendLogFile(reply, { messages, name })
        return reply
      }
      await sendStream(request, reply, {
        messages: shape(messages, route, { fields, ...options }),
        signal: lifetime.signal,
        clock: options.clock,
      })
      return reply
    }
    const answer = await (handler(input, context) as Promise<unknown>)
    if (options.checkAnswers) route.response.parse(answer)
    if (fields === undefined) return reply.send(answer)
    const isList = route === routes.listApplications && !fields.startsWith('-')
    return reply.send(filterFields(answer, isList ? `${fields},metadata` : fields))
  } finally {
    lifetime.release()
  }
}

/** Nothing but public routes is served without a valid session; a route that forgot to say so is not public. */
async function requireAccess(request: FastifyRequest, { route, options }: Serving): Promise<void> {
  if (route.access.kind === 'public') {
    await identify(request, options.authenticator).catch((error: unknown) => {
      // A stale cookie must not keep anybody from logging in again; a write from another site stays refused.
      if (!(error instanceof Error && 'code' in error && error.code === AuthErrors.INVALID_SESSION.code)) throw error
    })
    return
  }
  await identify(request, options.authenticator)
  if (request.caller === undefined) throw AuthErrors.NO_SESSION({})
}

function contextOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { route, options, signal }: Serving & { signal: AbortSignal },
): RequestContext {
  const { caller } = request
  const canOther = (resource: string, action: string, object: string): boolean =>
    caller !== undefined && options.authorizer.allows(caller, { resource, action, object })
  const can = (object: string): boolean =>
    route.access.kind === 'permission' && canOther(route.access.resource, route.access.action, object)
  const secure = request.protocol === 'https'
  return {
    caller,
    requireCaller() {
      if (caller === undefined) throw AuthErrors.NO_SESSION({})
      return caller
    },
    can,
    canOther,
    authorize(object) {
      if (can(object)) return
      const { access } = route
      const asked = access.kind === 'permission' ? `${access.resource}, ${access.action}, ${object}` : object
      throw AuthErrors.PERMISSION_DENIED({ request: `${asked}, sub: ${caller?.username ?? ''}` })
    },
    signal,
    setSessionCookie(token, expiresAt) {
      reply.setCookie(sessionCookie, token, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure,
        ...(expiresAt === undefined ? {} : { expires: expiresAt }),
      })
    },
    clearSessionCookie() {
      reply.clearCookie(sessionCookie, { path: '/', httpOnly: true, sameSite: 'lax', secure })
    },
  }
}

/** How long a request may run: until its client goes away or its session ends. */
function lifetimeOf(request: FastifyRequest, reply: FastifyReply, authenticator: Authenticator) {
  const gone = new AbortController()
  const onClose = (): void => gone.abort()
  reply.raw.once('close', onClose)
  const session = request.caller === undefined ? undefined : authenticator.sessionSignal(request.caller)
  return {
    signal: session === undefined ? gone.signal : AbortSignal.any([gone.signal, session.signal]),
    release() {
      reply.raw.off('close', onClose)
      session?.release()
    },
  }
}

/** The messages of a stream as they are sent: checked, filtered, and those left out that repeat the last one of their object. */
async function* shape(
  messages: AsyncIterable<unknown>,
  route: Route,
  { fields, checkAnswers }: { fields: string | undefined; checkAnswers: boolean },
): AsyncGenerator<unknown> {
  const last = new Map<string, string>()
  for await (const message of messages) {
    if (checkAnswers) route.response.parse(message)
    if (fields === undefined) {
      yield message
      continue
    }
    const filtered = filterFields({ result: message }, fields) as { result?: unknown }
    const key = nameOf(message)
    const text = JSON.stringify(filtered.result ?? {})
    if (last.get(key) === text) continue
    last.set(key, text)
    yield filtered.result ?? {}
  }
}

/** Name of the file when a log is asked for as one; only letters that a header may carry. */
function logFileName({ params, query }: { params: unknown; query: unknown }): string | undefined {
  const asked = { ...(query as object), ...(params as object) } as Record<string, unknown>
  if (asked.download !== true) return undefined
  const parts = [asked.namespace, asked.podName, asked.container]
  const named = parts.every((part) => typeof part === 'string' && /^[a-z0-9.-]+$/.test(part))
  return `${named ? parts.join('-') : 'log'}.log`
}

function nameOf(message: unknown): string {
  const { application } = message as { application?: { metadata?: { namespace?: string; name?: string } } }
  return `${application?.metadata?.namespace ?? ''}/${application?.metadata?.name ?? ''}`
}

function fieldsOf(query: unknown): string | undefined {
  const { fields } = (query ?? {}) as { fields?: unknown }
  const text = Array.isArray(fields) ? fields.join(',') : fields
  return typeof text === 'string' && text !== '' ? text : undefined
}

/** `projects[]=a` means what `projects=a` means. */
function plainQuery(query: unknown): unknown {
  return Object.fromEntries(Object.entries(query as object).map(([key, value]) => [key.replace(/\[\]$/, ''), value]))
}
