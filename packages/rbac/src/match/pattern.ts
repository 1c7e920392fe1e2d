import { createGlob, messageOf } from '@driftless/foundation'
import { RE2JS } from 're2js'
import type { MatchMode } from '../policy/compose.ts'
import { matchesWildcard, type Wildcard, wildcardOfGlob, wildcardOfRegex } from './wildcard.ts'

/** What a set of patterns can be indexed by. */
export type Shape =
  | { readonly kind: 'exact' | 'prefix' | 'suffix'; readonly text: string }
  | { readonly kind: 'any' }
  /** Every text that matches begins with `prefix`. */
  | { readonly kind: 'general'; readonly prefix: string }

/** One pattern of a policy line. */
export interface Pattern {
  readonly text: string
  readonly shape: Shape
  /** Why it cannot be read: such a glob matches nothing, such a regular expression refuses whatever reaches it. */
  readonly invalid: string | undefined
  matches(text: string): boolean
  /** Whether every text that begins like this matches; false when that is not certain. */
  coversAllAfter(prefix: string): boolean
}

/** Reads a pattern. Nothing is thrown: a pattern that cannot be read says so. */
export function createPattern(text: string, mode: MatchMode): Pattern {
  const wildcard = mode === 'glob' ? wildcardOfGlob(text) : wildcardOfRegex(text)
  if (wildcard === undefined) return mode === 'glob' ? generalGlob(text) : generalRegex(text)
  if (mode === 'glob') return build(text, { wildcard, test: (given) => matchesWildcard(wildcard, given) })
  // A dot does not match a line break, so texts with one are left to the real engine.
  const real = lazily(() => RE2JS.compile(text))
  const test = (given: string) =>
    given.includes('\n') ? real().matcher(given).find() : matchesWildcard(wildcard, given)
  return build(text, { wildcard, test })
}

interface Parts {
  readonly wildcard: Wildcard
  readonly test: (text: string) => boolean
}

function build(text: string, { wildcard, test }: Parts): Pattern {
  const shape = shapeOf(wildcard)
  const isOpen = wildcard.length > 1 && wildcard.at(-1) === ''
  return {
    text,
    shape,
    invalid: undefined,
    matches: test,
    coversAllAfter: (prefix) => isOpen && test(prefix),
  }
}

function shapeOf(wildcard: Wildcard): Shape {
  const [first = '', last = ''] = wildcard
  if (wildcard.length === 1) return { kind: 'exact', text: first }
  if (wildcard.length > 2) return { kind: 'general', prefix: first }
  if (first === '' && last === '') return { kind: 'any' }
  if (last === '') return { kind: 'prefix', text: first }
  return first === '' ? { kind: 'suffix', text: last } : { kind: 'general', prefix: first }
}

function generalGlob(text: string): Pattern {
  try {
    const matches = createGlob(text)
    const shape: Shape = { kind: 'general', prefix: /^[^*?[\]{}\\]*/.exec(text)?.[0] ?? '' }
    // The last star of a valid pattern stands outside of [] and {}.
    const isOpen = /(^|[^\\])\*$/.test(text)
    return {
      text,
      shape,
      invalid: undefined,
      matches,
      coversAllAfter: (prefix) => isOpen && matches(prefix),
    }
  } catch (error) {
    return invalidPattern(text, messageOf(error))
  }
}

function generalRegex(text: string): Pattern {
  try {
    const compiled = RE2JS.compile(text)
    return {
      text,
      shape: { kind: 'general', prefix: '' },
      invalid: undefined,
      matches: (given) => compiled.matcher(given).find(),
      coversAllAfter: () => false,
    }
  } catch (error) {
    return invalidPattern(text, messageOf(error))
  }
}

function invalidPattern(text: string, invalid: string): Pattern {
  const never = () => false
  return {
    text,
    shape: { kind: 'general', prefix: '' },
    invalid,
    matches: never,
    coversAllAfter: never,
  }
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
