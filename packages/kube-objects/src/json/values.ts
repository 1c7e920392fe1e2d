import { guardDepth, ObjectErrors } from '../errors.ts'
import type { JsonObject } from '../object.ts'

/** Whether a value is a JSON object (no array, no null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Sets an own property whatever its name, `__proto__` included. */
export function setKey(target: JsonObject, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
  else target[key] = value
}

/** Whether two JSON values are the same; order of keys does not matter, a field set to undefined counts as absent. */
export function deepEqual(a: unknown, b: unknown): boolean {
  return equal(a, b, 0)
}

/** A deep copy of a JSON value. Throws `OBJECT_TOO_DEEP`. */
export function cloneJson<T>(value: T): T {
  return clone(value, 0) as T
}

/** JSON with sorted keys, for hashing and comparing. Throws `OBJECT_TOO_DEEP`, `OBJECT_NOT_JSON`. */
export function canonicalJson(value: unknown): string {
  return canonical(value, 0)
}

function equal(a: unknown, b: unknown, depth: number): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  guardDepth(depth)
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (!equal(a[i], b[i], depth + 1)) return false
    return true
  }
  if (Array.isArray(b)) return false
  return equalObjects(a as JsonObject, b as JsonObject, depth)
}

function equalObjects(a: JsonObject, b: JsonObject, depth: number): boolean {
  let keys = 0
  for (const key in a) {
    const left = a[key]
    if (left === undefined) continue
    keys++
    if (!Object.hasOwn(b, key) || !equal(left, b[key], depth + 1)) return false
  }
  for (const key in b) if (b[key] !== undefined) keys--
  return keys === 0
}

function clone(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  guardDepth(depth)
  if (Array.isArray(value)) {
    const copy = new Array<unknown>(value.length)
    for (let i = 0; i < value.length; i++) copy[i] = clone(value[i], depth + 1)
    return copy
  }
  const copy: JsonObject = {}
  for (const key in value) {
    const item = (value as JsonObject)[key]
    if (key === '__proto__') setKey(copy, key, clone(item, depth + 1))
    else copy[key] = typeof item === 'object' && item !== null ? clone(item, depth + 1) : item
  }
  return copy
}

function canonical(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
      return Number.isFinite(value) ? String(value === 0 ? 0 : value) : 'null'
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      guardDepth(depth)
      return Array.isArray(value) ? canonicalArray(value, depth) : canonicalObject(value as JsonObject, depth)
    default:
      throw ObjectErrors.NOT_JSON({ type: typeof value })
  }
}

function canonicalArray(value: unknown[], depth: number): string {
  let text = '['
  for (let i = 0; i < value.length; i++) {
    const item = value[i]
    text += (i === 0 ? '' : ',') + (item === undefined ? 'null' : canonical(item, depth + 1))
  }
  return `${text}]`
}

function canonicalObject(value: JsonObject, depth: number): string {
  let text = '{'
  for (const key of Object.keys(value).sort()) {
    const item = value[key]
    if (item === undefined) continue
    text += `${(text.length === 1 ? '' : ',') + JSON.stringify(key)}:${canonical(item, depth + 1)}`
  }
  return `${text}}`
}
