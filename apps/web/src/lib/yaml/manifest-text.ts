import { stringify } from 'yaml'

/** Keys that readers look for first, wherever they stand. */
const firstKeys: Readonly<Record<string, number>> = {
  apiVersion: 0,
  kind: 1,
  metadata: 2,
  name: 3,
  namespace: 4,
  spec: 5,
  status: 99,
}

/** Writes an object as YAML in the order people read it; the same order for both sides of a comparison. */
export function manifestText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return stringify(value, {
    lineWidth: 0,
    aliasDuplicateObjects: false,
    sortMapEntries: (a, b) => {
      const left = String(a.key)
      const right = String(b.key)
      return (firstKeys[left] ?? 50) - (firstKeys[right] ?? 50) || (left < right ? -1 : 1)
    },
  })
}

/** Reads a JSON string that the API answers for a state; `undefined` where that side is absent. */
export function parseState(json: string): Record<string, unknown> | undefined {
  if (json === '' || json === 'null') return undefined
  const value: unknown = JSON.parse(json)
  return isRecord(value) ? value : undefined
}

/** The object without `managedFields`, which say nothing to most readers. */
export function withoutManagedFields(object: Record<string, unknown>): Record<string, unknown> {
  if (!isRecord(object.metadata)) return object
  const { managedFields: _, ...metadata } = object.metadata
  return { ...object, metadata }
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
