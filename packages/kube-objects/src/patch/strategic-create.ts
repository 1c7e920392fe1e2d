import { guardDepth, PatchErrors } from '../errors.ts'
import { canonicalJson, cloneJson, deepEqual, isObject, setKey } from '../json/values.ts'
import type { JsonObject } from '../object.ts'
import type { TypeSchema } from '../schema/type-schema.ts'
import { mergeStrategic } from './strategic-apply.ts'
import {
  DELETE_LIST,
  type FieldStrategy,
  identityOf,
  PATCH,
  positionsOf,
  RETAIN_KEYS,
  SET_ORDER,
  sameKind,
  sortByOrder,
  strategyOf,
} from './strategic-directives.ts'

/** The strategic merge patch that turns `before` into `after`. Throws `PATCH_INVALID` for list items without merge key. */
export function createStrategicPatch(
  before: JsonObject,
  after: JsonObject,
  schema: TypeSchema | undefined,
): JsonObject {
  return cloneJson(differenceOf(before, after, { schema, deletions: true, changes: true, retainKeys: false, depth: 0 }))
}

/**
 * The strategic merge patch `kubectl apply` sends: what differs between `current` and `modified`, and the removal of what
 * `original` (the last applied configuration) had and `modified` has not.
 */
export function createThreeWayStrategicPatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  schema: TypeSchema | undefined,
): JsonObject {
  const options = { schema, retainKeys: false, depth: 0 }
  const changes = differenceOf(current, modified, { ...options, deletions: false, changes: true })
  const deletions = differenceOf(original, modified, { ...options, deletions: true, changes: false })
  return mergeStrategic(cloneJson(deletions), cloneJson(changes), { schema, carryOut: false, depth: 0 })
}

interface DifferenceContext {
  schema: TypeSchema | undefined
  /** Says what is gone. */
  deletions: boolean
  /** Says what is new or different. */
  changes: boolean
  retainKeys: boolean
  depth: number
}

function differenceOf(before: JsonObject, after: JsonObject, context: DifferenceContext): JsonObject {
  guardDepth(context.depth)
  const patch: JsonObject = {}
  for (const [key, value] of Object.entries(after)) {
    if (value === undefined) continue
    const old = Object.hasOwn(before, key) ? before[key] : undefined
    if (old === undefined || !sameKind(old, value)) {
      if (context.changes) setKey(patch, key, value)
      continue
    }
    const strategy = strategyOf(context.schema, key)
    if (isObject(old) && isObject(value)) diffMap(patch, { key, old, value }, { ...context, strategy })
    else if (Array.isArray(old) && Array.isArray(value) && strategy.merge) {
      diffList(patch, { key, old, value }, { ...context, strategy })
    } else if (context.changes && !deepEqual(old, value)) setKey(patch, key, value)
  }
  if (context.deletions) {
    for (const key of Object.keys(before)) {
      if (before[key] !== undefined && (!Object.hasOwn(after, key) || after[key] === undefined))
        setKey(patch, key, null)
    }
  }
  if (context.retainKeys) addRetainKeys(patch, before, after)
  return patch
}

function addRetainKeys(patch: JsonObject, before: JsonObject, after: JsonObject): void {
  const keys = Object.keys(after).filter((key) => after[key] != null)
  const extra = Object.keys(before).some((key) => before[key] != null && !Object.hasOwn(after, key))
  if (keys.length > 0 && (Object.keys(patch).length > 0 || extra)) patch[RETAIN_KEYS] = keys.sort()
}

type InField = DifferenceContext & { strategy: FieldStrategy }

function diffMap(
  patch: JsonObject,
  field: { key: string; old: JsonObject; value: JsonObject },
  context: InField,
): void {
  const { strategy } = context
  if (strategy.replace) {
    if (context.changes && !deepEqual(field.old, field.value)) setKey(patch, field.key, field.value)
    return
  }
  const inner = differenceOf(field.old, field.value, {
    ...context,
    schema: strategy.schema,
    retainKeys: strategy.retainKeys,
    depth: context.depth + 1,
  })
  if (Object.keys(inner).length > 0) setKey(patch, field.key, inner)
}

function diffList(patch: JsonObject, field: { key: string; old: unknown[]; value: unknown[] }, context: InField): void {
  const { key, old, value } = field
  if (old.length === 0) {
    if (value.length > 0 && context.changes) setKey(patch, key, value)
    return
  }
  if ([...old, ...value].some(isObject)) diffListOfMaps(patch, field, context)
  else diffListOfScalars(patch, field, context)
}

function diffListOfScalars(
  patch: JsonObject,
  field: { key: string; old: unknown[]; value: unknown[] },
  context: InField,
): void {
  const { key, old, value } = field
  const had = new Set(old.map(canonicalJson))
  const has = new Set(value.map(canonicalJson))
  const added = context.changes ? value.filter((item) => !had.has(canonicalJson(item))) : []
  const gone = context.deletions ? old.filter((item) => !has.has(canonicalJson(item))) : []
  if (added.length > 0) setKey(patch, key, added)
  if (gone.length > 0) patch[DELETE_LIST + key] = gone.sort(byText)
  if (value.length > 0 && (gone.length > 0 || (context.changes && !deepEqual(old, value))))
    patch[SET_ORDER + key] = value
}

function diffListOfMaps(
  patch: JsonObject,
  field: { key: string; old: unknown[]; value: unknown[] },
  context: InField,
): void {
  const { key, old, value } = field
  const mergeKey = context.strategy.key
  if (mergeKey === undefined) throw PatchErrors.INVALID({ reason: `the list "${key}" has no merge key` })
  const changed = changedItems(old, value, { ...context, mergeKey })
  const gone = context.deletions ? goneItems(old, value, mergeKey) : []
  const items = [...sortByOrder(changed, value, mergeKey), ...gone]
  if (items.length > 0) setKey(patch, key, items)
  const reordered = context.changes && !sameOrder(old, value, mergeKey)
  if (value.length > 0 && (items.length > 0 || reordered)) {
    patch[SET_ORDER + key] = value.map((item) => ({ [mergeKey]: (item as JsonObject)[mergeKey] }))
  }
}

function changedItems(old: unknown[], value: unknown[], context: InField & { mergeKey: string }): unknown[] {
  const { mergeKey, strategy } = context
  const positions = positionsOf(old, mergeKey)
  const changed: unknown[] = []
  for (const item of value) {
    const at = positions.get(identityOf(item, mergeKey))
    const before = at === undefined ? undefined : old[at]
    if (!isObject(before) || !isObject(item)) {
      if (context.changes) changed.push(item)
      continue
    }
    const inner = differenceOf(before, item, {
      ...context,
      schema: strategy.schema,
      retainKeys: strategy.retainKeys,
      depth: context.depth + 1,
    })
    if (Object.keys(inner).length > 0) changed.push({ ...inner, [mergeKey]: item[mergeKey] })
  }
  return changed
}

function goneItems(old: unknown[], value: unknown[], mergeKey: string): JsonObject[] {
  const positions = positionsOf(value, mergeKey)
  return old
    .filter((item) => !positions.has(identityOf(item, mergeKey)))
    .map((item) => ({ [PATCH]: 'delete', [mergeKey]: (item as JsonObject)[mergeKey] }))
    .sort((a, b) => byText(a[mergeKey], b[mergeKey]))
}

/** Whether the lists hold the same items in the same order. */
function sameOrder(old: unknown[], value: unknown[], mergeKey: string): boolean {
  const identities = (list: unknown[]) => list.map((item) => identityOf(item, mergeKey))
  return deepEqual(identities(old), identities(value))
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [String(a), String(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
