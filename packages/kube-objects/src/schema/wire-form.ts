import { guardDepth, QuantityErrors } from '../errors.ts'
import { isObject, setKey } from '../json/values.ts'
import type { JsonObject } from '../object.ts'
import { canonicalQuantity, resourceQuantity } from '../quantity.ts'
import type { TypeSchema } from './type-schema.ts'

/**
 * A value of a built-in type as the API server writes it after reading it: unknown fields are gone, zero values are left out
 * or filled in as the type says, nulls in maps become zero values, quantities and times are canonical.
 */
export function toWireForm(value: unknown, schema: TypeSchema): unknown {
  return encode(value, schema, 0)
}

/** What the API server writes for an object of the type that holds nothing. */
export function zeroForm(schema: TypeSchema): unknown {
  return zeroOf(schema, 0)
}

function encode(value: unknown, schema: TypeSchema, depth: number): unknown {
  guardDepth(depth)
  if (schema.fields) return isObject(value) ? encodeStruct(value, schema.fields, depth) : value
  if (schema.values && isObject(value)) {
    const result: JsonObject = {}
    const resources = schema.values.format === 'quantity'
    for (const [key, item] of Object.entries(value)) {
      setKey(
        result,
        key,
        resources && item !== null ? quantity(item, resourceQuantity) : encodeItem(item, schema.values, depth + 1),
      )
    }
    return result
  }
  if (schema.items && Array.isArray(value)) {
    const { items } = schema
    return value.map((item) => encodeItem(item, items, depth + 1))
  }
  if (schema.format === 'quantity') return quantity(value, canonicalQuantity)
  if (schema.format === 'date-time' && typeof value === 'string') return time(value)
  return value
}

function encodeItem(item: unknown, schema: TypeSchema, depth: number): unknown {
  return item === null || item === undefined ? zeroOf(schema, depth) : encode(item, schema, depth)
}

function encodeStruct(value: JsonObject, fields: Record<string, TypeSchema>, depth: number): JsonObject {
  const result: JsonObject = {}
  for (const name in fields) {
    const field = fields[name] as TypeSchema
    const given = Object.hasOwn(value, name) ? value[name] : undefined
    const always = field.presence?.always === true
    if (given === undefined || given === null) {
      if (always) result[name] = zeroField(field, depth + 1)
      continue
    }
    const encoded = encode(given, field, depth + 1)
    if (always || field.presence?.pointer || !isZero(encoded)) result[name] = encoded
  }
  return result
}

function isZero(value: unknown): boolean {
  if (value === '' || value === 0 || value === false || value === null) return true
  if (Array.isArray(value)) return value.length === 0
  return isObject(value) && Object.keys(value).length === 0
}

function zeroField(field: TypeSchema, depth: number): unknown {
  return field.presence?.pointer ? null : zeroOf(field, depth)
}

function zeroOf(schema: TypeSchema, depth: number): unknown {
  guardDepth(depth)
  if (schema.fields) return encodeStruct({}, schema.fields, depth)
  if (schema.intOrString) return 0
  if (schema.format === 'quantity') return '0'
  if (schema.format === 'date-time' || schema.format === 'byte') return null
  switch (schema.type) {
    case 'string':
      return ''
    case 'integer':
    case 'number':
      return 0
    case 'boolean':
      return false
    default:
      return null
  }
}

function quantity(value: unknown, print: (text: string | number) => string): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value
  try {
    return print(value)
  } catch (error) {
    // A wrong quantity is for validation to refuse.
    if (error instanceof Error && 'code' in error && error.code === QuantityErrors.INVALID.code) return value
    throw error
  }
}

/** Times are kept to the second, in UTC; those with a fraction of six digits are of the finer kind. */
function time(value: string): string {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) || /\.\d{6}Z$/.test(value)) return value
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(instant) ? value : `${new Date(instant).toISOString().slice(0, 19)}Z`
}
