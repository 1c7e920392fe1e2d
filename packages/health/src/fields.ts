import type { JsonObject } from '@driftless/kube-objects'

/** Reads the value at a path of field names; undefined when any step is not an object. Never follows prototypes. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let current = value
  for (const field of path) {
    if (!isObject(current) || !Object.hasOwn(current, field)) return undefined
    current = current[field]
  }
  return current
}

/** The list at a path, empty when there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path)
  return Array.isArray(found) ? found : []
}

/** The text at a path, `''` when there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = valueAt(value, ...path)
  return typeof found === 'string' ? found : ''
}

/** The number at a path (0 when there is none); a text of digits counts, as some controllers write one. */
export function numberAt(value: unknown, ...path: readonly string[]): number {
  const found = valueAt(value, ...path)
  if (typeof found === 'number') return found
  return typeof found === 'string' && /^-?\d+$/.test(found) ? Number(found) : 0
}

/** True for a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
