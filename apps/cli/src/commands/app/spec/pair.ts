import { CliErrors } from '../../../errors.ts'

/** A name with a text. */
export interface Pair {
  readonly name: string
  readonly value: string
}

/** Reads `name=value`; the value may hold further `=`. Throws `CLI_FATAL`. */
export function splitPair(text: string): { name: string; value: string } {
  const equals = text.indexOf('=')
  if (equals <= 0) throw CliErrors.FATAL({ message: `expected NAME=VALUE, got ${JSON.stringify(text)}` })
  return { name: text.slice(0, equals), value: text.slice(equals + 1) }
}

/** Reads several pairs. */
export function splitPairs(texts: readonly string[]): { name: string; value: string }[] {
  return texts.map(splitPair)
}

/** Reads several pairs as a table; the last of a name wins. */
export function textMapOf(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(splitPairs(texts).map(({ name, value }) => [name, value]))
}
