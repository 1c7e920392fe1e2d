import { canonicalJson } from '@driftless/kube-objects'
import type { FieldProblem } from '../status/field-problem.ts'
import { isObject } from '../validation/decode.ts'
import { propertySchema, type RawSchema, subschema } from './raw-schema.ts'

/** Duplicates in lists that the schema calls sets or maps. */
export function listProblems(value: unknown, schema: RawSchema, path: string): FieldProblem[] {
  if (Array.isArray(value)) {
    const items = subschema(schema, 'items')
    const inner =
      items === undefined ? [] : value.flatMap((item, index) => listProblems(item, items, `${path}[${index}]`))
    return [...duplicates(value, schema, path), ...inner]
  }
  if (!isObject(value)) return []
  const extra = schema.additionalProperties
  return Object.entries(value).flatMap(([field, child]) => {
    const childSchema = propertySchema(schema, field) ?? (isObject(extra) ? extra : undefined)
    return childSchema === undefined ? [] : listProblems(child, childSchema, path === '' ? field : `${path}.${field}`)
  })
}

function duplicates(value: readonly unknown[], schema: RawSchema, path: string): FieldProblem[] {
  const type = schema['x-kubernetes-list-type']
  if (type !== 'set' && type !== 'map') return []
  const seen = new Set<string>()
  const problems: FieldProblem[] = []
  for (const [index, item] of value.entries()) {
    const key = type === 'map' ? keyOf(item, schema) : item
    const text = canonicalJson(key)
    if (seen.has(text))
      problems.push({ field: `${path}[${index}]`, type: 'FieldValueDuplicate', value: key, detail: '' })
    seen.add(text)
  }
  return problems
}

function keyOf(item: unknown, schema: RawSchema): unknown {
  const keys: unknown[] = Array.isArray(schema['x-kubernetes-list-map-keys'])
    ? schema['x-kubernetes-list-map-keys']
    : []
  if (!isObject(item)) return item
  const names = keys.filter((key) => typeof key === 'string').filter((key) => Object.hasOwn(item, key))
  return Object.fromEntries(names.map((key) => [key, item[key]]))
}
