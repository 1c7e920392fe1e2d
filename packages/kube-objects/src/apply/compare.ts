import { guardDepth } from '../errors.ts'
import { deepEqual, isObject } from '../json/values.ts'
import type { JsonObject } from '../object.ts'
import type { TypeSchema } from '../schema/type-schema.ts'
import { childOf, emptySet, type FieldSet } from './field-set.ts'
import { fieldSchema, formOf, isEmptyValue, itemsByElement } from './typed-node.ts'

/** How two objects differ, as sets of paths. */
export interface Comparison {
  added: FieldSet
  modified: FieldSet
  removed: FieldSet
}

/** Compares two objects field by field. */
export function compareTyped(before: unknown, after: unknown, schema: TypeSchema | undefined): Comparison {
  const walk = new CompareWalk()
  walk.compare([], { before, after, schema })
  return walk.result
}

interface Pair {
  before: unknown
  after: unknown
  schema: TypeSchema | undefined
}

class CompareWalk {
  readonly result: Comparison = { added: emptySet(), modified: emptySet(), removed: emptySet() }

  compare(path: string[], pair: Pair): void {
    guardDepth(path.length)
    const { before, after } = pair
    if (before === undefined && after === undefined) return
    if (before !== undefined && before === after) return
    if (this.#children(path, pair)) {
      if (before === undefined) mark(this.result.added, path)
      else if (after === undefined) mark(this.result.removed, path)
    } else this.#leaf(path, before, after)
  }

  /** Compares what the values are made of; false when they count as one field. */
  #children(path: string[], pair: Pair): boolean {
    const { before, after, schema } = pair
    const form = after === undefined ? formOf(schema, before) : formOf(schema, after)
    // What changed its form (untyped values only) is one field.
    if (
      before !== undefined &&
      after !== undefined &&
      before !== null &&
      after !== null &&
      form !== formOf(schema, before)
    ) {
      return false
    }
    if (form === 'leaf' || (isEmptyValue(before) && isEmptyValue(after))) return false
    if (form === 'map') this.#map(path, mapOf(before), mapOf(after), schema)
    else this.#list(path, listOf(before), listOf(after), schema)
    return true
  }

  #leaf(path: string[], before: unknown, after: unknown): void {
    if (before === undefined) mark(this.result.added, path)
    else if (after === undefined) mark(this.result.removed, path)
    else if (!deepEqual(before, after)) mark(this.result.modified, path)
  }

  #map(path: string[], before: JsonObject, after: JsonObject, schema: TypeSchema | undefined): void {
    for (const name of Object.keys(before)) {
      const right = Object.hasOwn(after, name) ? after[name] : undefined
      this.compare([...path, `f:${name}`], {
        before: before[name],
        after: right,
        schema: fieldSchema(schema, name).schema,
      })
    }
    for (const name of Object.keys(after)) {
      if (Object.hasOwn(before, name)) continue
      this.compare([...path, `f:${name}`], {
        before: undefined,
        after: after[name],
        schema: fieldSchema(schema, name).schema,
      })
    }
  }

  #list(path: string[], before: readonly unknown[], after: readonly unknown[], schema: TypeSchema | undefined): void {
    const left = grouped(schema, before)
    const right = grouped(schema, after)
    for (const element of new Set([...left.keys(), ...right.keys()])) {
      const [old = [], now = []] = [left.get(element), right.get(element)]
      const itemPath = [...path, element]
      if (old.length > 1 || now.length > 1) {
        if (old.length === 0) mark(this.result.added, itemPath)
        else if (now.length === 0) mark(this.result.removed, itemPath)
        else if (!deepEqual(old, now)) mark(this.result.modified, itemPath)
      } else this.compare(itemPath, { before: old[0], after: now[0], schema: schema?.items })
    }
  }
}

function grouped(schema: TypeSchema | undefined, list: readonly unknown[]): Map<string, unknown[]> {
  const groups = new Map<string, unknown[]>()
  for (const { element, item } of itemsByElement(schema, list)) {
    const group = groups.get(element)
    if (group) group.push(item)
    else groups.set(element, [item])
  }
  return groups
}

function mapOf(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function mark(set: FieldSet, path: readonly string[]): void {
  let node = set
  for (const element of path) node = childOf(node, element)
  node.member = true
}
