import { guardDepth } from '../errors.ts'
import { isObject, setKey } from '../json/values.ts'
import type { JsonObject } from '../object.ts'
import type { TypeSchema } from './type-schema.ts'

/** The value without the fields its schema does not know, as the API server prunes custom resources. */
export function pruneUnknown(value: unknown, schema: TypeSchema): unknown {
  return prune(value, schema, 0)
}

function prune(value: unknown, schema: TypeSchema, depth: number): unknown {
  guardDepth(depth)
  if (Array.isArray(value)) {
    const { items } = schema
    return items ? value.map((item) => prune(item, items, depth + 1)) : value
  }
  if (!isObject(value)) return value
  if (!schema.fields && !schema.values && schema.type !== 'object') return value
  const result: JsonObject = {}
  for (const [name, item] of Object.entries(value)) {
    const declared = schema.fields && Object.hasOwn(schema.fields, name) ? schema.fields[name] : schema.values
    if (declared) setKey(result, name, prune(item, declared, depth + 1))
    else if (schema.preserveUnknown) setKey(result, name, item)
  }
  return result
}
