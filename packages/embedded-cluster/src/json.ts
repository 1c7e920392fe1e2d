import type { JsonObject } from '@driftless/kube-objects'

/** The value as an object; anything else reads as an empty one. */
export function record(value: unknown): JsonObject {
  return isRecord(value) ? value : {}
}

/** True for a JSON object (not null, not a list). */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value as a list of objects; anything else reads as an empty one. */
export function records(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.map(record) : []
}

/** The value as a list; anything else reads as an empty one. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** The value as a text; anything else reads as the empty one. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The value as a number, or the fallback. */
export function number(value: unknown, fallback = 0): number {
  return typeof value === 'number' ? value : fallback
}

/** The value as a map of texts. */
export function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(record(value)).map(([key, item]) => [key, text(item)]))
}

/** True for what a typed server takes as not given: absent, or null where the type always writes the field. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null
}
