import { isObject } from '../json/values.ts'
import type { JsonObject } from '../object.ts'

/** Sets fields that are absent. In wire form an empty string is there because somebody set it. */
export function fill(target: JsonObject, defaults: JsonObject): void {
  for (const [key, value] of Object.entries(defaults)) {
    const given = target[key]
    if (given === undefined || given === null) target[key] = value
  }
}

/** The object at a field; undefined when there is none. */
export function objectAt(target: JsonObject | undefined, field: string): JsonObject | undefined {
  const value = target?.[field]
  return isObject(value) ? value : undefined
}

/** The object at a field, made when missing. */
export function ensureObject(target: JsonObject, field: string): JsonObject {
  const existing = objectAt(target, field)
  if (existing) return existing
  const made: JsonObject = {}
  target[field] = made
  return made
}

/** The objects of a list at a field. */
export function objectsAt(target: JsonObject | undefined, field: string): JsonObject[] {
  const value = target?.[field]
  return Array.isArray(value) ? value.filter(isObject) : []
}
