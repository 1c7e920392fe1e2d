import { messageOf } from '@driftless/foundation'
import { CliErrors } from '../errors.ts'
import { ServerErrors } from './errors.ts'

/** A `fetch` that adds headers and says why a server cannot be reached. */
export function createFetch(url: string, headers: readonly string[]): typeof fetch {
  const more = headers.map(readHeader)
  return async (input, init) => {
    const all = new Headers(init?.headers)
    for (const [name, value] of more) all.set(name, value)
    try {
      return await fetch(input, { ...init, headers: all })
    } catch (cause) {
      if (init?.signal?.aborted === true) throw cause
      throw ServerErrors.UNREACHABLE({ url, reason: networkReason(cause) }, { cause })
    }
  }
}

/** `fetch` hides what happened one level down. */
export function networkReason(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined
  if (cause instanceof AggregateError && cause.message === '') return messageOf(cause.errors[0])
  return messageOf(cause ?? thrown)
}

function readHeader(text: string): readonly [string, string] {
  const match = /^([\w-]+):\s*(.*)$/.exec(text)
  if (match === null) throw CliErrors.FLAG_INVALID({ flag: '--header', value: text, reason: 'write "Name: value"' })
  return [match[1] ?? '', match[2] ?? '']
}
