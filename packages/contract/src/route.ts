import type { z } from 'zod'

/** Who may call a route at all; what a caller may do to the object touched is decided on the server, per object. */
export type Access =
  /** Nobody needs to be logged in. */
  | { readonly kind: 'public' }
  /** Any logged-in caller. */
  | { readonly kind: 'session' }
  /** A logged-in caller whose policy allows `action` on the `resource` touched (spec: rbac-auth §2). */
  | { readonly kind: 'permission'; readonly resource: string; readonly action: string }

/** How the answer travels. */
export type Delivery =
  /** One JSON document. */
  | 'json'
  /** `{"result":…}` lines, or server-sent events for clients that accept them (spec: api §2). */
  | 'stream'

/** One line of the routes table. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with `:name` parameters; parameter values are URL-encoded. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly access: Access
  readonly delivery?: Delivery
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** The answer, or one message of a stream. */
  readonly response: z.ZodType
}

/** Declares a route and keeps its exact types. */
export function route<const R extends Route>(definition: R): R {
  return definition
}

export const publicAccess: Access = { kind: 'public' }
export const sessionAccess: Access = { kind: 'session' }

/** Access for callers whose policy allows `action` on the `resource` touched. */
export function permission(resource: string, action: string): Access {
  return { kind: 'permission', resource, action }
}
