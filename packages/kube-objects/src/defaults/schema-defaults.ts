import { guardDepth } from '../errors.ts'
import { cloneJson, isObject, setKey } from '../json/values.ts'
import type { JsonObject } from '../object.ts'
import type { TypeSchema } from '../schema/type-schema.ts'

/**
 * Fills in the defaults of a schema, as the API server does for custom resources: absent fields get their default, and nulls of
 * fields that are not nullable are dropped first. Returns a new value.
 */
export function applySchemaDefaults(value: unknown, schema: TypeSchema): unknown {
  return withDefaults(cloneJson(value), schema, 0)
}

function withDefaults(value: unknown, schema: TypeSchema, depth: number): unknown {
  guardDepth(depth)
  if (Array.isArray(value)) {
    const { items } = schema
    return items ? value.map((item) => withDefaults(item, items, depth + 1)) : value
  }
  if (!isObject(value)) return value
  fillFields(value, schema.fields ?? {}, depth)
  if (schema.values) fillValues(value, schema, schema.values, depth)
  return value
}

function fillFields(value: JsonObject, fields: Record<string, TypeSchema>, depth: number): void {
  for (const [name, field] of Object.entries(fields)) {
    const given = Object.hasOwn(value, name) ? value[name] : undefined
    if (given === null && !field.nullable) delete value[name]
    if ((given === undefined || (given === null && !field.nullable)) && field.default !== undefined) {
      setKey(value, name, cloneJson(field.default))
    }
    if (Object.hasOwn(value, name)) setKey(value, name, withDefaults(value[name], field, depth + 1))
  }
}

function fillValues(value: JsonObject, schema: TypeSchema, values: TypeSchema, depth: number): void {
  for (const [name, item] of Object.entries(value)) {
    if (schema.fields && Object.hasOwn(schema.fields, name)) continue
    if (item === null && !values.nullable) {
      if (values.default === undefined) delete value[name]
      else setKey(value, name, cloneJson(values.default))
    } else setKey(value, name, withDefaults(item, values, depth + 1))
  }
}
