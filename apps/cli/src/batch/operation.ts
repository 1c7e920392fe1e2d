import { DriftlessError } from '@driftless/foundation'
import type { Fields } from './fields.ts'

/** What an operation may touch besides its request. */
export interface BatchScope {
  /** Absolute path that the request's paths start from. */
  readonly directory: string
}

/** Answers one request with JSON-like data; throws what went wrong. */
export type Operation = (fields: Fields, scope: BatchScope) => unknown

/** Operations of one engine by their names. */
export type Operations = Readonly<Record<string, Operation>>

/** What stands for an operation, or a part of one, whose engine is not there. */
export function unsupported(what: string): DriftlessError {
  return new DriftlessError({ code: 'UNSUPPORTED', status: 501, message: `${what} is not supported` })
}
