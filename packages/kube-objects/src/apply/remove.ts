import { guardDepth } from '../errors.ts'
import { isObject, setKey } from '../json/values.ts'
import type { JsonObject } from '../object.ts'
import type { TypeSchema } from '../schema/type-schema.ts'
import { emptySet, type FieldSet } from './field-set.ts'
import { fieldSchema, formOf, ItemProblem, isUntyped, itemElement } from './typed-node.ts'

/** The value without the fields of the set; a map or list below the root that loses everything becomes empty. */
export function removeFields(value: unknown, set: FieldSet, schema: TypeSchema | undefined): unknown {
  return remove(value, set, { schema, depth: 0 })
}

function remove(value: unknown, set: FieldSet, at: { schema: TypeSchema | undefined; depth: number }): unknown {
  guardDepth(at.depth)
  const form = formOf(at.schema, value)
  if (form === 'map' && isObject(value)) return removeFromMap(value, set, at)
  if (form === 'list' && Array.isArray(value)) return removeFromList(value, set, at)
  if (Array.isArray(value)) return []
  return isObject(value) ? {} : value
}

function removeFromMap(
  value: JsonObject,
  set: FieldSet,
  at: { schema: TypeSchema | undefined; depth: number },
): JsonObject {
  const result: JsonObject = {}
  for (const [name, item] of Object.entries(value)) {
    const child = set.children.get(`f:${name}`)
    if (child?.member || item === undefined) continue
    const schema = fieldSchema(at.schema, name).schema
    setKey(result, name, child && child.children.size > 0 ? remove(item, child, { schema, depth: at.depth + 1 }) : item)
  }
  return result
}

function removeFromList(
  value: unknown[],
  set: FieldSet,
  at: { schema: TypeSchema | undefined; depth: number },
): unknown[] {
  const result: unknown[] = []
  for (const item of value) {
    const element = elementOrNone(at.schema, item)
    const child = element === undefined ? undefined : set.children.get(element)
    if (child?.member) continue
    const keep = child === undefined || child.children.size === 0
    result.push(keep ? item : remove(item, child, { schema: at.schema?.items, depth: at.depth + 1 }))
  }
  return result
}

function elementOrNone(schema: TypeSchema | undefined, item: unknown): string | undefined {
  try {
    return itemElement(schema, item)
  } catch (problem) {
    if (problem instanceof ItemProblem) return undefined
    throw problem
  }
}

/** Adds the declared fields on the way to every path, so that a field counts when something below it does. */
export function withNamedFields(set: FieldSet, schema: TypeSchema | undefined): FieldSet {
  const result: FieldSet = { member: set.member, children: new Map() }
  for (const [element, child] of set.children) {
    const isField = element.startsWith('f:')
    const field = isField ? fieldSchema(schema, element.slice(2)) : { schema: schema?.items, declared: false }
    const inner = withNamedFields(child, field.schema)
    if (isField && field.declared && child.children.size > 0) inner.member = true
    result.children.set(element, inner)
  }
  return result
}

/**
 * Paths below what has become atomic count as the whole: schemas change, managers of older objects do not.
 */
export function reconcileWithSchema(set: FieldSet, schema: TypeSchema | undefined): FieldSet {
  if (schema === undefined || isUntyped(schema) || set.children.size === 0) return set
  if (formOf(schema, schema.type === 'array' ? [] : {}) === 'leaf')
    return { member: true, children: emptySet().children }
  const children = new Map<string, FieldSet>()
  for (const [element, child] of set.children) {
    const below = element.startsWith('f:') ? fieldSchema(schema, element.slice(2)).schema : schema.items
    children.set(element, reconcileWithSchema(child, below))
  }
  return { member: set.member, children }
}
