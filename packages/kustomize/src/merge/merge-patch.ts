import type { JsonObject } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import type { MergeNode, MergeSchema } from '../schema/merge-schema.ts'
import { isQuoted, markQuoted } from '../values/quoted.ts'
import { isMap, isNull, isScalar, textOf } from '../values/scalar.ts'
import { clearField, fieldOf, maxDepth, nodeKind, setField } from '../values/tree.ts'
import { takeDirective } from './directive.ts'
import { mergeKeyedList, mergeSet } from './merge-list.ts'

/** How a patch is merged. */
export interface MergeOptions {
  readonly schema: MergeSchema
  /** Whether new list items come before or after those that are there. */
  readonly newItems: 'first' | 'last'
}

/** One place of both trees; the walk changes the target in place and uses up the patch. */
export interface MergePlace {
  readonly target: unknown
  readonly patch: unknown
  readonly node: MergeNode | undefined
  readonly depth: number
}

/** Merges a strategic-merge patch into an object and answers the result; undefined when it deletes it. Both are used up. */
export function mergePatch(target: JsonObject, patch: JsonObject, options: MergeOptions): JsonObject | undefined {
  return mergeAt({ target, patch, node: undefined, depth: 0 }, options) as JsonObject | undefined
}

/** Merges one place. */
export function mergeAt(place: MergePlace, options: MergeOptions): unknown {
  const { target, patch } = place
  if (place.depth > maxDepth) throw KustomizeErrors.TOO_DEEP({ limit: maxDepth })
  const node = place.node ?? schemaOf(target, options.schema) ?? schemaOf(patch, options.schema)
  const at = node === place.node ? place : { ...place, node }
  const leader = isNull(target) ? patch : target
  if (isNull(leader)) return mergeMaps(at, options)
  if (!isNull(patch) && nodeKind(patch) !== nodeKind(leader)) {
    throw KustomizeErrors.MERGE({ reason: `wrong node kind: expected ${nodeKind(leader)} but got ${nodeKind(patch)}` })
  }
  if (isScalar(leader)) return patch === undefined ? target : patch
  if (!Array.isArray(leader)) return mergeMaps(at, options)
  return node?.keys === undefined ? (patch === undefined ? target : patch) : mergeLists(at, options)
}

function schemaOf(value: unknown, schema: MergeSchema): MergeNode | undefined {
  if (!isMap(value)) return undefined
  const kind = textOf(fieldOf(value, 'kind'))
  const apiVersion = textOf(fieldOf(value, 'apiVersion'))
  return kind === '' || apiVersion === '' ? undefined : schema.ofKind(apiVersion, kind)
}

function mergeMaps(place: MergePlace, options: MergeOptions): unknown {
  const result = chooseMap(place)
  if (!isMap(result)) return result
  const sources = isMap(place.patch) ? [result, place.patch] : [result]
  const names = new Set(sources.flatMap((source) => Object.keys(source)))
  for (const name of names) {
    const patch = fieldOf(place.patch, name)
    const target = fieldOf(result, name)
    if (patch === undefined && isScalar(target) && !isNull(target)) continue
    const node = options.schema.field(place.node, name)
    const value = mergeAt({ target, patch, node, depth: place.depth + 1 }, options)
    writeField(result, name, { value, kept: isKeptNull(target, patch, value), from: place.patch })
  }
  return result
}

/** An explicit `null` that no patch touches stays; a key without a value goes. */
function isKeptNull(target: unknown, patch: unknown, value: unknown): boolean {
  return patch === undefined && isNull(value) && value !== undefined && textOf(target) !== ''
}

function writeField(
  holder: JsonObject,
  name: string,
  { value, kept, from }: { value: unknown; kept: boolean; from: unknown },
): void {
  if (isNull(value) && !kept) {
    clearField(holder, name)
    return
  }
  const isNew = !Object.hasOwn(holder, name)
  setField(holder, name, value)
  if (isNew && isMap(from) && isQuoted(from, name)) markQuoted(holder, name)
}

/** The mapping that the walk goes on in: the target's, the patch's, or nothing. */
function chooseMap({ target, patch }: MergePlace): unknown {
  if (isNull(target)) {
    if (isMap(patch) && takeDirective(patch) === 'delete') return undefined
    if (patch === undefined && target !== undefined && textOf(target) !== '') return target
    return patch
  }
  if (patch !== undefined && isNull(patch)) return undefined
  const directive = isMap(patch) ? takeDirective(patch) : 'merge'
  return directive === 'delete' ? undefined : directive === 'replace' ? patch : target
}

function mergeLists(place: MergePlace, options: MergeOptions): unknown {
  const { target, patch, node } = place
  const keys = node?.keys ?? []
  const list = chooseList(target, patch)
  if (!Array.isArray(list)) return list
  // The list that is walked on stands in for the target.
  const sources = { target: list, patch: Array.isArray(patch) ? patch : undefined }
  return keys.length > 0 ? mergeKeyedList(sources, { ...place, keys }, options) : mergeSet(sources, options)
}

function chooseList(target: unknown, patch: unknown): unknown {
  if (isNull(target)) return patch
  if (patch !== undefined && isNull(patch)) return undefined
  const directive = Array.isArray(patch) ? takeDirective(patch) : 'merge'
  return directive === 'delete' ? undefined : directive === 'replace' ? patch : target
}

/** True for nothing at all, as items of merged lists are judged. */
export function isNothing(value: unknown): boolean {
  return isNull(value) || (isMap(value) && Object.keys(value).length === 0)
}

/** Text of an item's field by which lists are matched; empty for absent and empty ones. */
export function keyText(item: unknown, key: string): string {
  const value = fieldOf(item, key)
  return isNull(value) ? '' : textOf(value)
}
