import { canonicalJson, isObject } from '../json/values.ts'
import type { JsonObject } from '../object.ts'
import type { TypeSchema } from '../schema/type-schema.ts'

/** How a value takes part in merging: a leaf is one field, the others are made of fields of their own. */
export type NodeForm = 'leaf' | 'map' | 'list'

/** The form of a value: what the schema says, or for untyped values what the value is. */
export function formOf(schema: TypeSchema | undefined, value: unknown): NodeForm {
  if (schema === undefined || isUntyped(schema)) return isObject(value) && schema?.map !== 'atomic' ? 'map' : 'leaf'
  if (isMapSchema(schema)) return schema.map === 'atomic' ? 'leaf' : 'map'
  if (schema.type === 'array') return schema.list === 'set' || schema.list === 'map' ? 'list' : 'leaf'
  return 'leaf'
}

/** Whether any JSON value may stand here. */
export function isUntyped(schema: TypeSchema): boolean {
  if (schema.fields || schema.values || schema.items || schema.intOrString) return false
  return schema.type === undefined ? true : schema.type === 'object' && schema.preserveUnknown === true
}

/** Whether values of the schema are maps. */
export function isMapSchema(schema: TypeSchema): boolean {
  return schema.type === 'object' || schema.fields !== undefined || schema.values !== undefined
}

/** Schema of a field of a map, and whether the field is one the type declares. */
export function fieldSchema(
  schema: TypeSchema | undefined,
  field: string,
): { schema: TypeSchema | undefined; declared: boolean } {
  const fields = schema?.fields
  if (fields && Object.hasOwn(fields, field)) return { schema: fields[field], declared: true }
  return { schema: schema?.values, declared: false }
}

/** Why a list item has no path element. */
export class ItemProblem extends Error {}

/** The path element of an item of a set or a list map. Throws {@link ItemProblem}. */
export function itemElement(schema: TypeSchema | undefined, item: unknown): string {
  if (schema?.list !== 'map') {
    if (isObject(item) || Array.isArray(item)) throw new ItemProblem('an item of a set must be a scalar')
    return `v:${canonicalJson(item ?? null)}`
  }
  if (!isObject(item)) throw new ItemProblem('associative list with keys may not have non-map elements')
  const key: JsonObject = {}
  for (const name of [...(schema.keys ?? [])].sort()) {
    const value = item[name] ?? schema.items?.fields?.[name]?.default
    if (value === undefined) {
      throw new ItemProblem(
        `associative list with keys has an element that omits key field ${JSON.stringify(name)} (and doesn't have default value)`,
      )
    }
    key[name] = value
  }
  return `k:${canonicalJson(key)}`
}

/** Elements and items of a list; items whose key is broken are left out, as live objects may hold them. */
export function itemsByElement(
  schema: TypeSchema | undefined,
  list: readonly unknown[],
): { element: string; item: unknown }[] {
  const result: { element: string; item: unknown }[] = []
  for (const item of list) {
    try {
      result.push({ element: itemElement(schema, item), item })
    } catch (problem) {
      if (!(problem instanceof ItemProblem)) throw problem
    }
  }
  return result
}

/** Whether a value is null, an empty map or an empty list. */
export function isEmptyValue(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (Array.isArray(value)) return value.length === 0
  if (typeof value !== 'object') return false
  for (const key in value) if (Object.hasOwn(value, key)) return false
  return true
}
