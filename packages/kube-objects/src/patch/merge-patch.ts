import { guardDepth } from '../errors.ts'
import { cloneJson, deepEqual, isObject, setKey } from '../json/values.ts'
import type { JsonObject } from '../object.ts'

/** Applies a JSON merge patch (RFC 7386); neither argument is changed. */
export function applyMergePatch(document: unknown, patch: unknown): unknown {
  return merge(document, patch, 0)
}

function merge(document: unknown, patch: unknown, depth: number): unknown {
  guardDepth(depth)
  if (!isObject(patch)) return cloneJson(patch)
  const result = isObject(document) ? { ...document } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) continue
    if (value === null) delete result[key]
    else setKey(result, key, merge(Object.hasOwn(result, key) ? result[key] : undefined, value, depth + 1))
  }
  return result
}

/** The smallest merge patch that turns `before` into `after`. */
export function createMergePatch(before: unknown, after: unknown): unknown {
  return isObject(before) && isObject(after) ? difference(before, after, 0) : cloneJson(after)
}

function difference(before: JsonObject, after: JsonObject, depth: number): JsonObject {
  guardDepth(depth)
  const patch: JsonObject = {}
  for (const [key, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, key) ? before[key] : undefined
    if (isObject(old) && isObject(value)) {
      const inner = difference(old, value, depth + 1)
      if (Object.keys(inner).length > 0) setKey(patch, key, inner)
    } else if (!deepEqual(old, value)) setKey(patch, key, cloneJson(value))
  }
  for (const key of Object.keys(before)) if (before[key] != null && !Object.hasOwn(after, key)) setKey(patch, key, null)
  return patch
}

/**
 * The merge patch `kubectl apply` sends for kinds without strategic merge: what differs between `current` and `modified`,
 * and the removal of what `original` (the last applied configuration) had and `modified` has not.
 */
export function createThreeWayMergePatch(original: JsonObject, modified: JsonObject, current: JsonObject): JsonObject {
  const changes = keepNulls(difference(current, modified, 0), false)
  const deletions = keepNulls(difference(original, modified, 0), true)
  return overlay(deletions, changes)
}

/** The deletions of a patch, or everything but its deletions. */
function keepNulls(patch: JsonObject, nulls: boolean): JsonObject {
  const kept: JsonObject = {}
  for (const [key, value] of Object.entries(patch)) {
    if (isObject(value)) {
      const inner = keepNulls(value, nulls)
      if (Object.keys(inner).length > 0 || (!nulls && Object.keys(value).length === 0)) setKey(kept, key, inner)
    } else if ((value === null) === nulls) setKey(kept, key, value)
  }
  return kept
}

function overlay(below: JsonObject, above: JsonObject): JsonObject {
  const result = { ...below }
  for (const [key, value] of Object.entries(above)) {
    const under = result[key]
    setKey(result, key, isObject(under) && isObject(value) ? overlay(under, value) : value)
  }
  return result
}
