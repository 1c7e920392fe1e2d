import { canonicalQuantity, type JsonObject, type TypeSchema } from '@driftless/kube-objects'
import { isObject, setField } from '../json-value.ts'

/** A built-in object as the server's own types would write it: quantities canonical, zero values and unknown fields dropped. */
export function canonicalObject<T extends JsonObject>(object: T, schema: TypeSchema): T {
  return canonicalStruct(object, schema) as T
}

/** A value as its type would write it. */
export function canonicalValue(value: unknown, schema: TypeSchema | undefined): unknown {
  if (schema === undefined || value === null) return value
  if (schema.format === 'quantity') return quantity(value)
  if (Array.isArray(value)) {
    const { items } = schema
    if (items === undefined) return value
    const kept = [...(schema.keys ?? []), ...(schema.patchKey === undefined ? [] : [schema.patchKey])]
    return value.map((item) => withKeys(canonicalValue(item, items), item, kept))
  }
  if (!isObject(value)) return value
  if (schema.fields !== undefined) return canonicalStruct(value, schema)
  return schema.values === undefined ? value : canonicalMap(value, schema.values)
}

function canonicalStruct(object: JsonObject, schema: TypeSchema): JsonObject {
  const fields = schema.fields ?? {}
  const result: JsonObject = {}
  for (const key of Object.keys(object)) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (field === undefined) {
      if (schema.preserveUnknown === true) setField(result, key, object[key])
      continue
    }
    const value = canonicalValue(object[key], field)
    if (!isDropped(value, field)) setField(result, key, value)
  }
  return result
}

/** What an item is merged by stays, whatever its value. */
function withKeys(result: unknown, item: unknown, keys: readonly string[]): unknown {
  if (!isObject(result) || !isObject(item)) return result
  for (const key of keys) if (Object.hasOwn(item, key) && !Object.hasOwn(result, key)) setField(result, key, item[key])
  return result
}

function canonicalMap(object: JsonObject, values: TypeSchema): JsonObject {
  const result: JsonObject = {}
  for (const key of Object.keys(object)) {
    const value = canonicalValue(object[key], values)
    setField(result, key, value === null && values.type === 'string' ? '' : value)
  }
  return result
}

/** Values that the server leaves out when it writes a field: it cannot tell them from absence. */
function isDropped(value: unknown, schema: TypeSchema): boolean {
  if (value === null || value === undefined) return true
  if (Array.isArray(value)) return value.length === 0
  if (isObject(value))
    return schema.fields === undefined && schema.preserveUnknown !== true && Object.keys(value).length === 0
  if (schema.presence?.pointer === true || schema.presence?.always === true) return false
  return value === '' || value === 0 || value === false
}

function quantity(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value
  try {
    return canonicalQuantity(value)
  } catch {
    return value
  }
}
