import { ApiError } from '@driftless/contract'

/** A refusal as the console shows it: the server's reason, and the fields it named. */
export interface Refusal {
  readonly message: string
  readonly fields: Readonly<Record<string, string>>
  readonly line: number | undefined
}

/** True when the session is over. */
export function isUnauthenticated(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}

/** True when asking again may help: the network or the server failed, not the request. */
export function isTransient(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status >= 500 || error.status === 429
}

/** Reads what the server said; a failed connection gets `offline` as its message. */
export function readRefusal(error: unknown, offline: string): Refusal {
  if (!(error instanceof ApiError)) {
    return {
      message: error instanceof TypeError ? offline : String(error instanceof Error ? error.message : error),
      fields: {},
      line: undefined,
    }
  }
  const details = error.body?.details
  const fields = Object.fromEntries((details?.fields ?? []).map((field) => [field.path, field.message]))
  return { message: error.message, fields, line: details?.line }
}
