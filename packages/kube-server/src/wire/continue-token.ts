import { badRequest } from '../status/kube-status.ts'
import { isObject } from '../validation/decode.ts'

/** Where a list goes on. */
export interface ContinueToken {
  /** Version the list shows; -1 for "whatever is current". */
  version: number
  /** Last key that was sent. */
  after: string
}

/** Writes a token that clients pass back unread. */
export function writeContinue({ version, after }: ContinueToken): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: version, start: after })).toString('base64url')
}

/** Reads a token; throws 400 on anything {@link writeContinue} did not write. */
export function readContinue(text: string): ContinueToken {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (isObject(value) && typeof value.rv === 'number' && typeof value.start === 'string')
      return { version: value.rv, after: value.start }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw badRequest('continue key is not valid: the token was not made by this server')
}
