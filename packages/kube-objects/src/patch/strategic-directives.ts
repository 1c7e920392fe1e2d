import { PatchErrors } from '../errors.ts'
import { canonicalJson, isObject, setKey } from '../json/values.ts'
import type { JsonObject } from '../object.ts'
import type { TypeSchema } from '../schema/type-schema.ts'

/** The directives of strategic merge patches. */
export const PATCH = '$patch'
export const RETAIN_KEYS = '$retainKeys'
export const SET_ORDER = '$setElementOrder/'
export const DELETE_LIST = '$deleteFromPrimitiveList/'

/** How a field takes part in a strategic merge. */
export interface FieldStrategy {
  schema: TypeSchema | undefined
  /** Lists: items are merged. */
  merge: boolean
  /** Maps: the whole value is replaced. */
  replace: boolean
  retainKeys: boolean
  /** Merge key of lists of maps; undefined for lists of scalars. */
  key: string | undefined
}

const nothing: FieldStrategy = { schema: undefined, merge: false, replace: false, retainKeys: false, key: undefined }

/** The strategy of a field of an object with this schema. */
export function strategyOf(schema: TypeSchema | undefined, field: string): FieldStrategy {
  const fields = schema?.fields
  const node = fields && Object.hasOwn(fields, field) ? fields[field] : schema?.values
  if (node === undefined) return nothing
  const words = node.patchStrategy?.split(',') ?? []
  return {
    schema: node.items ?? node,
    merge: words.includes('merge'),
    replace: words.includes('replace'),
    retainKeys: words.includes('retainKeys'),
    key: node.patchKey,
  }
}

/** What makes a list item itself: the value of its merge key, or the scalar. */
export function identityOf(item: unknown, key: string | undefined): string {
  if (key === undefined) return canonicalJson(item)
  if (!isObject(item)) throw PatchErrors.INVALID({ reason: `an item of a list merged by "${key}" is no object` })
  const value = item[key]
  if (value === undefined)
    throw PatchErrors.INVALID({ reason: `an item does not contain the declared merge key "${key}"` })
  return canonicalJson(value)
}

/** Position of the first item with this identity, by identity. */
export function positionsOf(list: readonly unknown[], key: string | undefined): Map<string, number> {
  const positions = new Map<string, number>()
  list.forEach((item, index) => {
    const identity =
      key !== undefined && !(isObject(item) && item[key] !== undefined) ? undefined : identityOf(item, key)
    if (identity !== undefined && !positions.has(identity)) positions.set(identity, index)
  })
  return positions
}

/** Items sorted by their place in `order`; unknown ones first. */
export function sortByOrder(items: readonly unknown[], order: readonly unknown[], key: string | undefined): unknown[] {
  const positions = positionsOf(order, key)
  return items
    .map((item) => ({ item, at: positions.get(identityOf(item, key)) ?? -1 }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

/**
 * The order of a merged list: items the patch names in the patch's order, the server's other items between them where
 * the server's own order says so.
 */
export function orderMerged(
  merged: readonly unknown[],
  lists: { patch: readonly unknown[]; server: readonly unknown[] },
  key: string | undefined,
): unknown[] {
  const named = positionsOf(lists.patch, key)
  const isNamed = (item: unknown) => named.has(identityOf(item, key))
  const patchItems = sortByOrder(merged.filter(isNamed), lists.patch, key)
  const serverItems = sortByOrder(
    merged.filter((item) => !isNamed(item)),
    lists.server,
    key,
  )
  const positions = positionsOf(lists.server, key)
  const placeOf = (item: unknown) => positions.get(identityOf(item, key)) ?? -1
  const result: unknown[] = []
  let [left, right] = [0, 0]
  while (left < serverItems.length && right < patchItems.length) {
    const [server, patch] = [placeOf(serverItems[left]), placeOf(patchItems[right])]
    result.push(server >= 0 && patch >= 0 && server < patch ? serverItems[left++] : patchItems[right++])
  }
  return result.concat(serverItems.slice(left), patchItems.slice(right))
}

/** Whether two JSON values are of the same kind for a merge. */
export function sameKind(a: unknown, b: unknown): boolean {
  if (a === null || b === null) return a === b
  return Array.isArray(a) === Array.isArray(b) && typeof a === typeof b
}

/** A value of a patch as it enters an object that had nothing there: without directives, and without fields set to null. */
export function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.filter((item) => !(isObject(item) && (item[PATCH] === 'delete' || item[PATCH] === 'replace')))
    return kept.map(withoutDirectives)
  }
  if (!isObject(value)) return value
  const result: JsonObject = {}
  for (const [key, item] of Object.entries(value)) {
    const directive = key === PATCH || key === RETAIN_KEYS || key.startsWith(SET_ORDER) || key.startsWith(DELETE_LIST)
    if (!directive && item !== null) setKey(result, key, withoutDirectives(item))
  }
  return result
}
