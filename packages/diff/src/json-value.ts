import type { JsonObject } from '@driftless/kube-objects'

/** True for a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An own field of a value; undefined when there is none. */
export function fieldOf(value: unknown, field: string): unknown {
  return isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined
}

/** The object at a path of fields; undefined when any step is not an object. */
export function objectAt(value: unknown, ...path: readonly string[]): JsonObject | undefined {
  let current = value
  for (const field of path) current = fieldOf(current, field)
  return isObject(current) ? current : undefined
}

/** Sets a field as an own property whatever its name. */
export function setField(object: JsonObject, field: string, value: unknown): void {
  if (field === '__proto__')
    Object.defineProperty(object, field, { value, writable: true, enumerable: true, configurable: true })
  else object[field] = value
}
