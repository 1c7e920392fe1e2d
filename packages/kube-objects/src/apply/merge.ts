import { guardDepth } from '../errors.ts'
import { deepEqual, isObject, setKey } from '../json/values.ts'
import type { JsonObject } from '../object.ts'
import type { TypeSchema } from '../schema/type-schema.ts'
import { fieldSchema, formOf, isEmptyValue, itemElement, itemsByElement } from './typed-node.ts'

/** Lays an applied configuration over a live object: its fields win, all others stay. Shares parts with both. */
export function mergeTyped(live: unknown, applied: unknown, schema: TypeSchema | undefined): unknown {
  return merge({ live, applied, schema }, 0)
}

interface Pair {
  live: unknown
  applied: unknown
  schema: TypeSchema | undefined
}

function merge(pair: Pair, depth: number): unknown {
  guardDepth(depth)
  const { live, applied, schema } = pair
  if (applied === undefined) return live
  const form = formOf(schema, applied)
  if (form === 'leaf' || (isEmptyValue(live) && isEmptyValue(applied))) return deepEqual(live, applied) ? live : applied
  if (form === 'map') {
    const map = mergeMaps(isObject(live) ? live : {}, isObject(applied) ? applied : {}, { schema, depth })
    if (isObject(live) && sameEntries(live, map)) return live
    return Object.keys(map).length > 0 ? map : undefined
  }
  const list = mergeLists(Array.isArray(live) ? live : [], Array.isArray(applied) ? applied : [], { schema, depth })
  if (Array.isArray(live) && live.length === list.length && live.every((item, index) => item === list[index]))
    return live
  return list.length > 0 ? list : undefined
}

/** Parts that do not change stay the same object, so that later comparisons are quick. */
function sameEntries(live: JsonObject, merged: JsonObject): boolean {
  const keys = Object.keys(merged)
  return keys.length === Object.keys(live).length && keys.every((key) => live[key] === merged[key])
}

function mergeMaps(
  live: JsonObject,
  applied: JsonObject,
  at: { schema: TypeSchema | undefined; depth: number },
): JsonObject {
  const result: JsonObject = {}
  const add = (name: string) => {
    const value = merge(
      {
        live: Object.hasOwn(live, name) ? live[name] : undefined,
        applied: Object.hasOwn(applied, name) ? applied[name] : undefined,
        schema: fieldSchema(at.schema, name).schema,
      },
      at.depth + 1,
    )
    if (value !== undefined) setKey(result, name, value)
  }
  for (const name of Object.keys(live)) add(name)
  for (const name of Object.keys(applied)) if (!Object.hasOwn(live, name)) add(name)
  return result
}

/** Shared items come in the applied order, the live list's own items keep their places between them. */
function mergeLists(
  live: readonly unknown[],
  applied: readonly unknown[],
  at: { schema: TypeSchema | undefined; depth: number },
): unknown[] {
  const left = itemsByElement(at.schema, live)
  const right = applied.map((item) => ({ element: itemElement(at.schema, item), item }))
  return new ListMerge(left, right, (pair) => merge({ ...pair, schema: at.schema?.items }, at.depth + 1)).run()
}

interface ListItem {
  element: string
  item: unknown
}

class ListMerge {
  readonly #left: readonly ListItem[]
  readonly #right: readonly ListItem[]
  readonly #mergeItem: (pair: { live: unknown; applied: unknown }) => unknown
  readonly #inLive: Map<string, unknown>
  readonly #inApplied: Map<string, unknown>
  readonly #shared: string[]
  readonly #merged = new Set<string>()
  readonly #out: unknown[] = []

  constructor(
    left: readonly ListItem[],
    right: readonly ListItem[],
    mergeItem: (pair: { live: unknown; applied: unknown }) => unknown,
  ) {
    this.#left = left
    this.#right = right
    this.#mergeItem = mergeItem
    this.#inLive = uniqueItems(left)
    this.#inApplied = new Map(right.map(({ element, item }) => [element, item]))
    this.#shared = right.map(({ element }) => element).filter((element) => this.#inLive.has(element))
  }

  run(): unknown[] {
    let next = this.#shared.shift()
    let [l, r] = [0, 0]
    while (l < this.#left.length || r < this.#right.length) {
      const left = this.#left[l]
      const right = this.#right[r]
      if (left && right) {
        if (left.element === right.element) {
          this.#take(right)
          l++
          r++
          next = this.#shared.shift()
          continue
        }
        // A shared item whose turn comes later.
        if (this.#inApplied.has(left.element) && next !== undefined && next !== left.element) {
          l++
          continue
        }
      }
      if (left) {
        if (!this.#inApplied.has(left.element)) {
          this.#push({ live: left.item, applied: undefined })
          l++
          continue
        }
        if (this.#merged.has(left.element)) l++
      }
      if (right) {
        this.#take(right)
        r++
        if (next === right.element) next = this.#shared.shift()
      }
    }
    return this.#out
  }

  #take({ element, item }: ListItem): void {
    this.#merged.add(element)
    this.#push({ live: this.#inLive.get(element), applied: item })
  }

  #push(pair: { live: unknown; applied: unknown }): void {
    const value = this.#mergeItem(pair)
    if (value !== undefined) this.#out.push(value)
  }
}

/** Items by element; the value of an element that occurs more than once is undefined. */
function uniqueItems(items: readonly ListItem[]): Map<string, unknown> {
  const map = new Map<string, unknown>()
  for (const { element, item } of items) map.set(element, map.has(element) ? undefined : item)
  return map
}
