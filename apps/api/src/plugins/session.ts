import '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Caller } from '../auth/caller.ts'
import { AuthErrors } from '../auth/errors.ts'

/** Name of the session cookie. */
export const sessionCookie = 'argocd.token'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes the request; set for valid sessions only. */
    caller: Caller | undefined
  }
}

/** Finds out who calls, from the bearer token or the cookie. Throws when a token was given that is not valid. */
export async function identify(request: FastifyRequest, authenticator: Authenticator): Promise<void> {
  const bearer = bearerOf(request.headers.authorization)
  const cookie = request.cookies[sessionCookie]
  const token = bearer ?? cookie
  if (token === undefined || token === '') return
  if (bearer === undefined && request.method !== 'GET' && request.method !== 'HEAD') refuseCrossSite(request)
  request.caller = await authenticator.authenticate(token)
}

/** Prepares requests for `identify`. */
export function registerSession(app: FastifyInstance): void {
  app.decorateRequest('caller', undefined)
}

function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1]
}

/** A browser sends cookies along from any site: a write must come from a page of ours. */
function refuseCrossSite(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return
  const { origin } = request.headers
  if (site !== undefined || (origin !== undefined && hostOf(origin) !== request.headers.host)) {
    throw AuthErrors.CROSS_SITE({ origin: origin ?? 'another site' })
  }
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host
  } catch {
    return undefined
  }
}
