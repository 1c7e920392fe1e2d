import type { Route, RouteName, Routes } from '@driftless/contract'
import type { z } from 'zod'
import type { Caller } from '../auth/caller.ts'

type Output<R, K extends string> = R extends { readonly [P in K]: infer S extends z.ZodType }
  ? { [P in K]: z.output<S> }
  : unknown

/** The validated parts of a request. */
export type HandlerInput<R> = Output<R, 'params'> & Output<R, 'query'> & Output<R, 'body'>

/** What a handler may use of the request besides its validated parts. */
export interface RequestContext {
  /** Throws `AUTH_NO_SESSION` when nobody is logged in. */
  requireCaller(): Caller
  /** Who is logged in; undefined on public routes for a caller without a valid session. */
  readonly caller: Caller | undefined
  /** Whether the caller may do what the route's access names to `object`. */
  can(object: string): boolean
  /** As `can`, for another resource or action than the route's. */
  canOther(resource: string, action: string, object: string): boolean
  /** Throws `AUTH_PERMISSION_DENIED` unless the caller `can`. */
  authorize(object: string): void
  /** Aborts when the client goes away or the session ends. */
  readonly signal: AbortSignal
  setSessionCookie(token: string, expiresAt: Date | undefined): void
  clearSessionCookie(): void
}

type OutputOf<R extends Route> = z.output<R['response']>

/** What serves a route: an answer, or the messages of a stream. */
export type Handler<R extends Route> = R extends { readonly delivery: 'stream' }
  ? (input: HandlerInput<R>, context: RequestContext) => AsyncIterable<OutputOf<R>>
  : (input: HandlerInput<R>, context: RequestContext) => Promise<OutputOf<R>>

/** A handler for every route of the contract's table; a route without one does not compile. */
export type Handlers = { readonly [N in RouteName]: Handler<Routes[N]> }

/** The handlers of some routes. */
export type HandlersOf<N extends RouteName> = Pick<Handlers, N>
