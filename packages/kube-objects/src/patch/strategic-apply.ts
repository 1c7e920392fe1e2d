import { guardDepth, PatchErrors } from '../errors.ts'
import { canonicalJson, cloneJson, isObject, setKey } from '../json/values.ts'
import type { JsonObject } from '../object.ts'
import type { TypeSchema } from '../schema/type-schema.ts'
import {
  DELETE_LIST,
  type FieldStrategy,
  identityOf,
  orderMerged,
  PATCH,
  positionsOf,
  RETAIN_KEYS,
  SET_ORDER,
  sameKind,
  strategyOf,
  withoutDirectives,
} from './strategic-directives.ts'

/** How {@link mergeStrategic} treats what only makes sense to a server. */
export interface StrategicMergeOptions {
  /** True: directives are carried out. False: two patches become one and keep them. */
  carryOut: boolean
}

/**
 * Applies a strategic merge patch with all its directives; neither argument is changed.
 * Without a schema maps are merged and lists replaced. Throws `PATCH_INVALID`.
 */
export function applyStrategicPatch(
  document: JsonObject,
  patch: JsonObject,
  schema: TypeSchema | undefined,
): JsonObject {
  return mergeStrategic(cloneJson(document), cloneJson(patch), { schema, carryOut: true, depth: 0 })
}

interface MergeContext extends StrategicMergeOptions {
  schema: TypeSchema | undefined
  depth: number
}

/** Merges `patch` into `original`, which it owns and may change. */
export function mergeStrategic(original: JsonObject, patch: JsonObject, context: MergeContext): JsonObject {
  guardDepth(context.depth)
  const directive = patch[PATCH]
  if (directive !== undefined && context.carryOut) return carryOutDirective(directive, patch)
  retainKeys(original, patch, context)
  const ordered = orderedFields(original, patch, context)
  for (const [key, value] of Object.entries(patch)) {
    if (ordered.has(key)) continue
    mergeField(original, { key, value }, context)
  }
  return original
}

function carryOutDirective(directive: unknown, patch: JsonObject): JsonObject {
  if (directive === 'replace') return withoutDirectives(patch) as JsonObject
  if (directive === 'delete') return {}
  throw PatchErrors.INVALID({ reason: `"${String(directive)}" is no value of ${PATCH}; it takes replace or delete` })
}

function retainKeys(original: JsonObject, patch: JsonObject, context: MergeContext): void {
  const keys = patch[RETAIN_KEYS]
  if (keys === undefined) return
  if (!Array.isArray(keys)) throw PatchErrors.INVALID({ reason: `${RETAIN_KEYS} must be a list` })
  if (!context.carryOut) {
    setKey(original, RETAIN_KEYS, keys)
    delete patch[RETAIN_KEYS]
    return
  }
  delete patch[RETAIN_KEYS]
  for (const [key, value] of Object.entries(patch)) {
    if (value !== null && !key.startsWith('$') && !keys.includes(key)) {
      throw PatchErrors.INVALID({ reason: `${RETAIN_KEYS} must list the key "${key}", which the patch sets` })
    }
  }
  for (const key of Object.keys(original)) if (!keys.includes(key)) delete original[key]
}

/** Carries out the ordering directives; answers the keys that are done with. */
function orderedFields(original: JsonObject, patch: JsonObject, context: MergeContext): Set<string> {
  const done = new Set<string>()
  for (const [key, order] of Object.entries(patch)) {
    if (!key.startsWith(SET_ORDER)) continue
    done.add(key)
    const field = key.slice(SET_ORDER.length)
    if (!Array.isArray(order)) throw PatchErrors.INVALID({ reason: `${key} must be a list` })
    if (context.carryOut) {
      deleteFromList(original, patch, field)
      done.add(DELETE_LIST + field)
    } else setKey(original, key, order)
    done.add(field)
    orderField(original, { field, order, patched: patch[field] }, context)
  }
  return done
}

function orderField(
  original: JsonObject,
  change: { field: string; order: unknown[]; patched: unknown },
  context: MergeContext,
): void {
  const { field, order, patched } = change
  const strategy = strategyOf(context.schema, field)
  const existing = original[field]
  if (patched !== undefined && !Array.isArray(patched)) {
    mergeField(original, { key: field, value: patched }, context)
    return
  }
  if (patched === undefined && !Array.isArray(existing)) return
  const key = order.some(isObject) ? strategy.key : undefined
  if (context.carryOut) checkOrder(patched ?? [], order, { field, key })
  const list = Array.isArray(existing) ? existing : undefined
  let merged: unknown[]
  if (list === undefined) merged = context.carryOut ? (withoutDirectives(patched) as unknown[]) : (patched ?? [])
  else if (patched === undefined) merged = list
  else merged = strategy.merge ? mergeList(list, patched, { ...context, strategy }) : (patched as unknown[])
  const server = list && key !== undefined && patched ? serverOrder(list, patched as unknown[], key) : (list ?? [])
  setKey(original, field, orderMerged(merged, { patch: order, server }, key))
}

/**
 * The order that counts as the server's own. Added items take the places that deleted ones leave at the end of the list, as in
 * the reference, which works in place.
 */
function serverOrder(list: unknown[], patch: unknown[], key: string): unknown[] {
  if (patch.some((item) => isObject(item) && item[PATCH] === 'replace')) return list
  const { kept, items } = carryOutItems(list, patch, key)
  const known = positionsOf(kept, key)
  const added = items.filter((item) => !known.has(identityOf(item, key)))
  return [...kept, ...added.slice(0, list.length - kept.length)]
}

/** The patch's items must appear in the order list, in the same order. */
function checkOrder(
  items: readonly unknown[],
  order: readonly unknown[],
  at: { field: string; key: string | undefined },
): void {
  const positions = positionsOf(order, at.key)
  let last = -1
  for (const item of items) {
    if (isObject(item) && item[PATCH] !== undefined) continue
    const position = positions.get(identityOf(item, at.key))
    if (position === undefined || position < last) {
      throw PatchErrors.INVALID({ reason: `the order in the list "${at.field}" does not match its ${SET_ORDER} list` })
    }
    last = position
  }
}

function deleteFromList(original: JsonObject, patch: JsonObject, field: string): void {
  const unwanted = patch[DELETE_LIST + field]
  if (unwanted === undefined) return
  if (!Array.isArray(unwanted)) throw PatchErrors.INVALID({ reason: `${DELETE_LIST}${field} must be a list` })
  const list = original[field]
  if (!Array.isArray(list)) return
  const gone = new Set(unwanted.map(canonicalJson))
  setKey(
    original,
    field,
    list.filter((item) => !gone.has(canonicalJson(item))),
  )
}

function mergeField(original: JsonObject, change: { key: string; value: unknown }, context: MergeContext): void {
  const { key, value } = change
  if (key.startsWith(DELETE_LIST)) {
    if (context.carryOut) deleteFromList(original, { [key]: value }, key.slice(DELETE_LIST.length))
    else setKey(original, key, value)
    return
  }
  if (value === null) {
    if (context.carryOut) delete original[key]
    else setKey(original, key, null)
    return
  }
  if (!Object.hasOwn(original, key) || !sameKind(original[key], value)) {
    setKey(original, key, context.carryOut ? withoutDirectives(value) : value)
    return
  }
  const strategy = strategyOf(context.schema, key)
  setKey(original, key, mergeValue(original[key], value, { ...context, strategy }))
}

function mergeValue(existing: unknown, value: unknown, context: MergeContext & { strategy: FieldStrategy }): unknown {
  const { strategy } = context
  if (isObject(existing) && isObject(value)) {
    if (strategy.replace) return value
    return mergeStrategic(existing, value, {
      schema: strategy.schema,
      carryOut: context.carryOut,
      depth: context.depth + 1,
    })
  }
  if (Array.isArray(existing) && Array.isArray(value)) {
    return strategy.merge ? mergeOrderedList(existing, value, context) : value
  }
  return value
}

function mergeOrderedList(
  existing: unknown[],
  patch: unknown[],
  context: MergeContext & { strategy: FieldStrategy },
): unknown[] {
  if (existing.length === 0 && patch.length === 0) return existing
  const key = [...existing, ...patch].some(isObject) ? context.strategy.key : undefined
  const merged = mergeList(existing, patch, context)
  const plain = context.carryOut ? patch.filter((item) => !(isObject(item) && item[PATCH] !== undefined)) : patch
  return orderMerged(merged, { patch: plain, server: existing }, key)
}

/** Merges lists by the merge key, or as sets when they hold scalars; the order is settled elsewhere. */
function mergeList(
  existing: unknown[],
  patch: unknown[],
  context: MergeContext & { strategy: FieldStrategy },
): unknown[] {
  if (![...existing, ...patch].some(isObject)) return distinct([...existing, ...patch])
  const { key, schema } = context.strategy
  if (key === undefined)
    throw PatchErrors.INVALID({ reason: 'a list of objects cannot be merged, its type has no merge key' })
  const { kept, items } = context.carryOut ? carryOutItems(existing, patch, key) : { kept: [...existing], items: patch }
  const positions = positionsOf(kept, key)
  const result = [...kept]
  for (const item of items) {
    const identity = identityOf(item, key)
    const at = positions.get(identity)
    const target = at === undefined ? undefined : result[at]
    if (at !== undefined && isObject(target) && isObject(item)) {
      result[at] = mergeStrategic({ ...target }, item, { schema, carryOut: context.carryOut, depth: context.depth + 1 })
    } else {
      positions.set(identity, result.length)
      result.push(context.carryOut ? withoutDirectives(item) : item)
    }
  }
  return result
}

/** Carries out `$patch` of list items: delete removes the matching item, replace drops all existing ones. */
function carryOutItems(existing: unknown[], patch: unknown[], key: string): { kept: unknown[]; items: unknown[] } {
  const items: unknown[] = []
  const gone = new Set<string>()
  let replace = false
  for (const item of patch) {
    const directive = isObject(item) ? item[PATCH] : undefined
    if (directive === undefined) items.push(item)
    else if (directive === 'delete') gone.add(identityOf(item, key))
    else if (directive === 'replace') replace = true
    else throw PatchErrors.INVALID({ reason: `"${String(directive)}" is no value of ${PATCH} in a list` })
  }
  if (replace) return { kept: [], items }
  const kept = existing.filter(
    (item) => !(isObject(item) && item[key] !== undefined && gone.has(identityOf(item, key))),
  )
  return { kept, items }
}

function distinct(list: unknown[]): unknown[] {
  const seen = new Set<string>()
  return list.filter((item) => {
    const identity = canonicalJson(item)
    if (seen.has(identity)) return false
    seen.add(identity)
    return true
  })
}
