import { deepEqual, type KubeObject } from '@driftless/kube-objects'
import type { FieldProblem } from '../status/field-problem.ts'
import { isObject } from '../validation/decode.ts'
import { hasFormat } from './format.ts'
import { listProblems } from './list-validation.ts'
import { propertySchema, type RawSchema, subschema } from './raw-schema.ts'

/** Problems of an object against its CRD schema, in the API server's words. `metadata` is checked elsewhere. */
export function schemaProblems(object: KubeObject, schema: RawSchema): FieldProblem[] {
  const { metadata: _, apiVersion: __, kind: ___, ...rest } = object
  const content = { ...rest, apiVersion: object.apiVersion, kind: object.kind, metadata: {} }
  return [...valueProblems(content, schema, ''), ...listProblems(rest, schema, '')]
}

function valueProblems(value: unknown, schema: RawSchema, path: string): FieldProblem[] {
  return [
    ...typeProblems(value, schema, path),
    ...combinationProblems(value, schema, path),
    ...(typeof value === 'string' ? stringProblems(value, schema, path) : []),
    ...(typeof value === 'number' ? numberProblems(value, schema, path) : []),
    ...(Array.isArray(value) ? arrayProblems(value, schema, path) : []),
    ...enumProblems(value, schema, path),
    ...(isObject(value) ? objectProblems(value, schema, path) : []),
  ]
}

function typeProblems(value: unknown, schema: RawSchema, path: string): FieldProblem[] {
  const allowed =
    schema['x-kubernetes-int-or-string'] === true
      ? ['integer', 'string']
      : typeof schema.type === 'string'
        ? [schema.type]
        : []
  if (allowed.length === 0 || (value === null && schema.nullable === true)) return []
  const found = typeName(value)
  if (allowed.includes(found) || (found === 'integer' && allowed.includes('number'))) return []
  return [typeProblem(path, allowed.join(','), found)]
}

function typeProblem(path: string, wanted: string, found: string): FieldProblem {
  return {
    field: path,
    type: 'FieldValueTypeInvalid',
    value: found,
    detail: `${path} in body must be of type ${wanted}: ${JSON.stringify(found)}`,
  }
}

function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value
}

function combinationProblems(value: unknown, schema: RawSchema, path: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  const quoted = JSON.stringify(path)
  const passing = (branches: readonly RawSchema[]) =>
    branches.filter((branch) => valueProblems(value, branch, path).length === 0)
  const anyOf = branchesOf(schema, 'anyOf')
  if (anyOf.length > 0 && passing(anyOf).length === 0) {
    problems.push(
      ...closest(value, anyOf, path),
      invalid(path, '', `${quoted} must validate at least one schema (anyOf)`),
    )
  }
  const oneOf = branchesOf(schema, 'oneOf')
  const matched = passing(oneOf).length
  if (oneOf.length > 0 && matched !== 1) {
    const found = matched === 0 ? 'Found none valid' : `Found ${matched} valid alternatives`
    if (matched === 0) problems.push(...closest(value, oneOf, path))
    problems.push(invalid(path, '', `${quoted} must validate one and only one schema (oneOf). ${found}`))
  }
  const allOf = branchesOf(schema, 'allOf')
  const kept = passing(allOf).length
  problems.push(...allOf.flatMap((branch) => valueProblems(value, branch, path)))
  if (kept < allOf.length) {
    problems.push(
      invalid(path, '', `${quoted} must validate all the schemas (allOf)${kept === 0 ? '. None validated' : ''}`),
    )
  }
  const not = subschema(schema, 'not')
  if (not !== undefined && valueProblems(value, not, path).length === 0) {
    problems.push(invalid(path, '', `${quoted} must not validate the schema (not)`))
  }
  return problems
}

/** The problems of the branch that came nearest, which explain the failure best. */
function closest(value: unknown, branches: readonly RawSchema[], path: string): FieldProblem[] {
  const all = branches.map((branch) => valueProblems(value, branch, path))
  return all.reduce((best, found) => (found.length < best.length ? found : best), all[0] ?? [])
}

function branchesOf(schema: RawSchema, keyword: string): RawSchema[] {
  const branches = schema[keyword]
  return Array.isArray(branches) ? branches.filter(isObject) : []
}

function stringProblems(value: string, schema: RawSchema, path: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  const length = [...value].length
  if (typeof schema.maxLength === 'number' && length > schema.maxLength) {
    problems.push({
      field: path,
      type: 'FieldValueTooLong',
      detail: `may not be more than ${schema.maxLength} ${schema.maxLength === 1 ? 'byte' : 'bytes'}`,
    })
  }
  if (typeof schema.minLength === 'number' && length < schema.minLength) {
    problems.push(invalid(path, value, `${path} in body should be at least ${schema.minLength} chars long`))
  }
  if (typeof schema.pattern === 'string' && !matches(schema.pattern, value)) {
    problems.push(invalid(path, value, `${path} in body should match '${schema.pattern}'`))
  }
  if (typeof schema.format === 'string' && !hasFormat(value, schema.format)) {
    const detail = `${path} in body must be of type ${schema.format}: ${JSON.stringify(value)}`
    problems.push({ field: path, type: 'FieldValueTypeInvalid', value, detail })
  }
  return problems
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value)
  } catch {
    // Definitions with patterns that do not compile are refused, so this one is Go syntax that has no counterpart here.
    return true
  }
}

function numberProblems(value: number, schema: RawSchema, path: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  const { minimum, maximum, multipleOf } = schema
  const aboveOnly = schema.exclusiveMinimum === true
  const belowOnly = schema.exclusiveMaximum === true
  const say = (text: string) => problems.push(invalid(path, value, `${path} in body should be ${text}`))
  if (typeof maximum === 'number' && (belowOnly ? value >= maximum : value > maximum)) {
    say(`less than ${belowOnly ? '' : 'or equal to '}${maximum}`)
  }
  if (typeof minimum === 'number' && (aboveOnly ? value <= minimum : value < minimum)) {
    say(`greater than ${aboveOnly ? '' : 'or equal to '}${minimum}`)
  }
  if (typeof multipleOf === 'number' && !Number.isInteger(value / multipleOf)) say(`a multiple of ${multipleOf}`)
  return problems
}

function arrayProblems(value: readonly unknown[], schema: RawSchema, path: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  const items = subschema(schema, 'items')
  if (items !== undefined)
    problems.push(...value.flatMap((item, index) => valueProblems(item, items, `${path}[${index}]`)))
  if (typeof schema.minItems === 'number' && value.length < schema.minItems) {
    problems.push(invalid(path, value.length, `${path} in body should have at least ${schema.minItems} items`))
  }
  if (typeof schema.maxItems === 'number' && value.length > schema.maxItems) {
    problems.push({
      field: path,
      type: 'FieldValueTooMany',
      value: value.length,
      detail: atMost(schema.maxItems),
    })
  }
  if (
    schema.uniqueItems === true &&
    value.some((item, index) => value.slice(0, index).some((other) => deepEqual(item, other)))
  ) {
    problems.push(invalid(path, '', `${path} in body shouldn't contain duplicates`))
  }
  return problems
}

function enumProblems(value: unknown, schema: RawSchema, path: string): FieldProblem[] {
  const allowed: unknown = schema.enum
  if (!Array.isArray(allowed) || allowed.some((option) => deepEqual(option, value))) return []
  const shown = allowed
    .map((option) => JSON.stringify(typeof option === 'string' ? option : JSON.stringify(option)))
    .join(', ')
  return [{ field: path, type: 'FieldValueNotSupported', value, detail: `supported values: ${shown}` }]
}

function objectProblems(value: Record<string, unknown>, schema: RawSchema, path: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  const fields = Object.keys(value)
  const extra = schema.additionalProperties
  if (typeof schema.minProperties === 'number' && fields.length < schema.minProperties) {
    problems.push(
      invalid(path, fields.length, `${path} in body should have at least ${schema.minProperties} properties`),
    )
  }
  if (typeof schema.maxProperties === 'number' && fields.length > schema.maxProperties) {
    problems.push({
      field: path,
      type: 'FieldValueTooMany',
      value: fields.length,
      detail: atMost(schema.maxProperties),
    })
  }
  for (const field of fields) {
    const child = propertySchema(schema, field) ?? (isObject(extra) ? extra : undefined)
    if (child !== undefined) problems.push(...valueProblems(value[field], child, join(path, field)))
  }
  const required: unknown[] = Array.isArray(schema.required) ? schema.required : []
  for (const field of required) {
    if (typeof field !== 'string' || Object.hasOwn(value, field)) continue
    problems.push({ field: join(path, field), type: 'FieldValueRequired', detail: '' })
  }
  return problems
}

/** A field's path under its parent's. */
function join(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`
}

function invalid(field: string, value: unknown, detail: string): FieldProblem {
  return { field, type: 'FieldValueInvalid', value, detail }
}

function atMost(limit: number): string {
  return `must have at most ${limit} ${limit === 1 ? 'item' : 'items'}`
}
