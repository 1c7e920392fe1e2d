import type { JsonObject } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import { copyQuoted, isQuoted, unmarkQuoted } from './quoted.ts'
import { isMap, isNull, isScalar, OddScalar, resolvePlain, tagOf, textOf } from './scalar.ts'

/** Deepest nesting of an object that is taken. */
export const maxDepth = 200

/** A deep copy that keeps odd scalars and the quoting of fields. */
export function cloneTree<T>(value: T): T {
  return clone(value, 0) as T
}

function clone(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof OddScalar) return value
  if (depth > maxDepth) throw KustomizeErrors.TOO_DEEP({ limit: maxDepth })
  if (Array.isArray(value)) return value.map((item) => clone(item, depth + 1))
  const copy: JsonObject = {}
  for (const key in value) setOwn(copy, key, clone((value as JsonObject)[key], depth + 1))
  copyQuoted(value, copy)
  return copy
}

/** Sets a field whatever its name. */
export function setOwn(holder: JsonObject, field: string, value: unknown): void {
  if (field !== '__proto__') holder[field] = value
  else Object.defineProperty(holder, field, { value, writable: true, enumerable: true, configurable: true })
}

/** Own field of a mapping; undefined for everything else. */
export function fieldOf(value: unknown, field: string): unknown {
  return isMap(value) && Object.hasOwn(value, field) ? value[field] : undefined
}

/** Removes a field. */
export function clearField(holder: JsonObject, field: string): void {
  if (!Object.hasOwn(holder, field)) return
  delete holder[field]
  unmarkQuoted(holder, field)
}

/** Sets a field; a scalar takes over the quotes of the one it replaces, which makes it a string. */
export function setField(holder: JsonObject, field: string, value: unknown): void {
  const becomesText = isScalar(value) && typeof value !== 'string' && isQuoted(holder, field) && isScalar(holder[field])
  setOwn(holder, field, becomesText ? textOf(value) : value)
}

/** Sets a field to a text without a type: unless quoted, it is read like a plain scalar. */
export function setText(holder: JsonObject, field: string, text: string): void {
  setOwn(holder, field, isQuoted(holder, field) ? text : resolvePlain(text))
}

/** True for what counts as nothing: absent, null, an empty mapping or list. */
export function isEmpty(value: unknown): boolean {
  if (isNull(value)) return true
  if (Array.isArray(value)) return value.length === 0
  return isMap(value) && Object.keys(value).length === 0
}

/** Kind of a value, as messages name it. */
export function nodeKind(value: unknown): 'MappingNode' | 'SequenceNode' | 'ScalarNode' {
  return Array.isArray(value) ? 'SequenceNode' : isMap(value) ? 'MappingNode' : 'ScalarNode'
}

/** Texts of a mapping's values, as labels and annotations are read. */
export function textMap(value: unknown): Record<string, string> {
  const texts: Record<string, string> = {}
  if (isMap(value)) for (const key of Object.keys(value)) setOwn(texts, key, textOf(value[key]))
  return texts
}

/** Replaces odd scalars by their values, in place; big integers stay big when `exact`, else become the nearest number. */
export function settle(value: unknown, exact: boolean): unknown {
  return settleAt(value, exact, 0)
}

function settleAt(value: unknown, exact: boolean, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof OddScalar) return settleScalar(value, exact)
  if (depth > maxDepth) throw KustomizeErrors.TOO_DEEP({ limit: maxDepth })
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item = value[index]
      if (typeof item === 'object' && item !== null) value[index] = settleAt(item, exact, depth + 1)
    }
    return value
  }
  for (const key in value) {
    const item = (value as JsonObject)[key]
    if (typeof item === 'object' && item !== null) setOwn(value as JsonObject, key, settleAt(item, exact, depth + 1))
  }
  return value
}

function settleScalar({ value, text }: OddScalar, exact: boolean): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw KustomizeErrors.NOT_JSON({ text })
  return typeof value === 'bigint' && !exact ? Number(value) : value
}

/** True when a tree holds an integer that a JavaScript number cannot hold. */
export function holdsBig(value: unknown): boolean {
  if (value instanceof OddScalar) return typeof value.value === 'bigint'
  if (Array.isArray(value)) return value.some(holdsBig)
  return isMap(value) && Object.values(value).some(holdsBig)
}

/** True for a string, or a scalar without a type of its own. */
export function isText(value: unknown): value is string {
  return tagOf(value) === 'str'
}

/** Fails for a new key that reads as a number or a word such as `true`: the reference writes it unquoted and then fails. */
export function guardKey(key: string): void {
  if (typeof resolvePlain(key) !== 'string') throw KustomizeErrors.KEY({ key })
}
