import type { FieldProblem } from '../status/field-problem.ts'
import { isObject } from '../validation/decode.ts'
import { preservesUnknown, type RawSchema, subschema } from './raw-schema.ts'

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string']

/** Problems of a schema that the server could not prune, default and merge by. */
export function structuralProblems(schema: RawSchema, path: string): FieldProblem[] {
  if (schema.type !== 'object') {
    return schema.type === undefined
      ? [required(`${path}.type`, 'must not be empty at the root')]
      : [{ field: `${path}.type`, type: 'FieldValueInvalid', value: schema.type, detail: 'must be object at the root' }]
  }
  return nodeProblems(schema, path, 'object')
}

function nodeProblems(schema: RawSchema, path: string, holder: string): FieldProblem[] {
  return [
    ...typeProblems(schema, path, holder),
    ...patternProblems(schema, path),
    ...listTypeProblems(schema, path),
    ...childProblems(schema, path),
  ]
}

function typeProblems(schema: RawSchema, path: string, holder: string): FieldProblem[] {
  const { type } = schema
  if (type === undefined || type === '') {
    if (schema['x-kubernetes-int-or-string'] === true || preservesUnknown(schema)) return []
    return [
      required(
        `${path}.type`,
        `must not be empty for specified ${holder === 'items' ? 'array items' : 'object fields'}`,
      ),
    ]
  }
  if (typeof type === 'string' && types.includes(type)) return []
  const shown = types.map((name) => JSON.stringify(name)).join(', ')
  return [{ field: `${path}.type`, type: 'FieldValueNotSupported', value: type, detail: `supported values: ${shown}` }]
}

function patternProblems(schema: RawSchema, path: string): FieldProblem[] {
  if (typeof schema.pattern !== 'string') return []
  const unbalanced = /(?<!\\)[([](?![\s\S]*[)\]])/.test(schema.pattern)
  if (!unbalanced) return []
  return [
    {
      field: `${path}.pattern`,
      type: 'FieldValueInvalid',
      value: schema.pattern,
      detail: 'must be a valid regular expression',
    },
  ]
}

function listTypeProblems(schema: RawSchema, path: string): FieldProblem[] {
  const listType = schema['x-kubernetes-list-type']
  const keys = schema['x-kubernetes-list-map-keys']
  if (listType === 'map' && (!Array.isArray(keys) || keys.length === 0)) {
    return [required(`${path}.x-kubernetes-list-map-keys`, 'must not be empty if x-kubernetes-list-type is map')]
  }
  if (listType === undefined || ['atomic', 'set', 'map'].includes(String(listType))) return []
  return [
    {
      field: `${path}.x-kubernetes-list-type`,
      type: 'FieldValueNotSupported',
      value: listType,
      detail: 'supported values: "atomic", "map", "set"',
    },
  ]
}

function childProblems(schema: RawSchema, path: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  for (const [field, child] of Object.entries(subschema(schema, 'properties') ?? {})) {
    if (isObject(child)) problems.push(...nodeProblems(child, `${path}.properties[${field}]`, 'fields'))
  }
  const items = subschema(schema, 'items')
  if (schema.type === 'array' && items === undefined) problems.push(required(`${path}.items`, 'must be specified'))
  if (items !== undefined) problems.push(...nodeProblems(items, `${path}.items`, 'items'))
  const extra = subschema(schema, 'additionalProperties')
  if (extra !== undefined) problems.push(...nodeProblems(extra, `${path}.additionalProperties`, 'fields'))
  if (extra !== undefined && subschema(schema, 'properties') !== undefined) {
    problems.push({
      field: `${path}.additionalProperties`,
      type: 'FieldValueForbidden',
      detail: 'additionalProperties and properties are mutual exclusive',
    })
  }
  return problems
}

function required(field: string, detail: string): FieldProblem {
  return { field, type: 'FieldValueRequired', detail }
}
