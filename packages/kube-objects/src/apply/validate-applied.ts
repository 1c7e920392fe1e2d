import { ApplyErrors, guardDepth } from '../errors.ts'
import { isObject } from '../json/values.ts'
import type { KubeObject } from '../object.ts'
import { parseApiVersion } from '../object.ts'
import type { TypeSchema } from '../schema/type-schema.ts'
import { formatFieldPath } from './field-set.ts'
import { fieldSchema, ItemProblem, isMapSchema, isUntyped, itemElement } from './typed-node.ts'

/**
 * Refuses a configuration that the type cannot hold: unknown fields, wrong types, list items without their keys or twice.
 * Throws `APPLY_INVALID` with the API server's message.
 */
export function validateApplied(applied: KubeObject, schema: TypeSchema | undefined): void {
  if (applied.metadata?.managedFields !== undefined && applied.metadata.managedFields !== null) {
    throw ApplyErrors.INVALID({ reason: 'metadata.managedFields must be nil' })
  }
  const problems: string[] = []
  check(applied, { schema, path: [], problems })
  if (problems.length === 0) return
  const { group, version } = parseApiVersion(applied.apiVersion)
  const name = `${applied.metadata?.namespace ?? ''}/${applied.metadata?.name ?? ''}`
  const kind = `${group}/${version}, Kind=${applied.kind}`
  const reasons =
    problems.length === 1 ? problems[0] : `errors:\n${problems.map((problem) => `  ${problem}`).join('\n')}`
  throw ApplyErrors.INVALID({ reason: `failed to create typed patch object (${name}; ${kind}): ${reasons}` })
}

interface Place {
  schema: TypeSchema | undefined
  path: string[]
  problems: string[]
}

function check(value: unknown, place: Place): void {
  const { schema, path } = place
  guardDepth(path.length)
  if (schema === undefined || value === null || value === undefined || isUntyped(schema)) return
  if (isMapSchema(schema)) checkMap(value, schema, place)
  else if (schema.type === 'array') checkList(value, schema, place)
  else checkScalar(value, schema, place)
}

function checkMap(value: unknown, schema: TypeSchema, place: Place): void {
  if (!isObject(value)) {
    report(place, `expected map, got ${printed(value)}`)
    return
  }
  for (const [name, item] of Object.entries(value)) {
    const field = fieldSchema(schema, name)
    const path = [...place.path, `f:${name}`]
    const open = schema.preserveUnknown === true || schema.fields === undefined
    if (field.schema !== undefined) check(item, { ...place, schema: field.schema, path })
    else if (!open) report({ ...place, path }, 'field not declared in schema')
  }
}

function checkList(value: unknown, schema: TypeSchema, place: Place): void {
  if (!Array.isArray(value)) {
    report(place, `expected list, got ${printed(value)}`)
    return
  }
  const seen = new Set<string>()
  value.forEach((item, index) => {
    let element = `i:${index}`
    if (schema.list === 'map' || schema.list === 'set') {
      try {
        element = itemElement(schema, item)
      } catch (problem) {
        if (!(problem instanceof ItemProblem)) throw problem
        report(place, `element ${index}: ${problem.message}`)
        return
      }
      if (seen.has(element)) report(place, `duplicate entries for key ${formatFieldPath([element])}`)
      seen.add(element)
    }
    check(item, { ...place, schema: schema.items, path: [...place.path, element] })
  })
}

function checkScalar(value: unknown, schema: TypeSchema, place: Place): void {
  // Quantities and int-or-string take both forms.
  if (schema.format === 'quantity' || schema.intOrString) {
    if (typeof value === 'object') report(place, `expected scalar, got ${printed(value)}`)
    return
  }
  if (schema.type === 'string' && typeof value !== 'string') report(place, `expected string, got ${printed(value)}`)
  if (schema.type === 'boolean' && typeof value !== 'boolean') report(place, `expected boolean, got ${printed(value)}`)
  if ((schema.type === 'integer' || schema.type === 'number') && typeof value !== 'number') {
    report(place, `expected numeric (int or float), got ${printed(value)}`)
  }
}

function report(place: Place, reason: string): void {
  place.problems.push(place.path.length === 0 ? reason : `${formatFieldPath(place.path)}: ${reason}`)
}

function printed(value: unknown): string {
  return `&value.valueUnstructured{Value:${JSON.stringify(value)}}`
}
