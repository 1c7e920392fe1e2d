import { guardDepth } from '../errors.ts'
import { isObject } from '../json/values.ts'
import type { TypeSchema } from '../schema/type-schema.ts'
import { childOf, emptySet, type FieldSet } from './field-set.ts'
import { fieldSchema, formOf, itemsByElement } from './typed-node.ts'

/** The paths a manager owns when it applies `value`. */
export function fieldSetOf(value: unknown, schema: TypeSchema | undefined): FieldSet {
  const root = emptySet()
  collect(root, value, { schema, depth: 0 })
  return root
}

function collect(set: FieldSet, value: unknown, at: { schema: TypeSchema | undefined; depth: number }): void {
  guardDepth(at.depth)
  const form = formOf(at.schema, value)
  if (form === 'leaf') {
    set.member = true
    return
  }
  if (form === 'map' && isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      if (item === undefined) continue
      const field = fieldSchema(at.schema, name)
      const child = childOf(set, `f:${name}`)
      collect(child, item, { schema: field.schema, depth: at.depth + 1 })
      // Entries of maps are members themselves; declared fields only when nothing below them is.
      if (!field.declared || item === null || (isObject(item) && Object.keys(item).length === 0)) child.member = true
      if (!child.member && child.children.size === 0) set.children.delete(`f:${name}`)
    }
  }
  if (form === 'list' && Array.isArray(value)) {
    for (const { element, item } of itemsByElement(at.schema, value)) {
      const child = childOf(set, element)
      collect(child, item, { schema: at.schema?.items, depth: at.depth + 1 })
      child.member = true
    }
  }
}
