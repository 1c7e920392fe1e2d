import type { JsonObject } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import type { Resource } from '../resources/resource.ts'
import { formatId, isSelected, type ResourceId } from '../resources/resource-id.ts'
import { isMap, isNull } from '../values/scalar.ts'
import { setOwn } from '../values/tree.ts'

/** Where a transformer writes: a `/` path in objects of a kind. Lists on the way are entered item by item. */
export interface FieldSpec {
  readonly path: string
  readonly group?: string
  readonly version?: string
  readonly kind?: string
  /** Create the field, and what leads to it, when absent. */
  readonly create?: boolean
}

/** What lies at the end of a path: the value, and the mapping or list that holds it. */
export interface FieldSlot {
  readonly holder: JsonObject | unknown[]
  readonly key: string | number
  readonly value: unknown
}

/** How fields are visited. */
export interface FieldVisit {
  /** What is created when the spec says so; nothing ever is when absent. */
  readonly create?: 'scalar' | 'map'
  readonly visit: (slot: FieldSlot) => void
}

/** True when a field spec is for objects of this kind. */
export function appliesTo(spec: FieldSpec, id: ResourceId): boolean {
  return isSelected(id, spec)
}

/** Splits a path at `/`; `\/` is a slash inside a name, a leading `/` means nothing. */
export function splitPath(path: string, delimiter = '/'): string[] {
  if (!path.includes('\\') && !path.startsWith(delimiter)) return path.split(delimiter)
  const parts = path.split(delimiter)
  if (parts.length > 1 && parts[0] === '') parts.shift()
  const joined: string[] = []
  for (const part of parts) {
    const before = joined[joined.length - 1]
    if (before?.endsWith('\\') === true) joined[joined.length - 1] = `${before.slice(0, -1)}${delimiter}${part}`
    else joined.push(part)
  }
  return joined
}

const splitPaths = new Map<string, readonly string[]>()

function segmentsOf(path: string): readonly string[] {
  const known = splitPaths.get(path)
  if (known !== undefined) return known
  const segments = splitPath(path)
  // The paths of the built-in configuration are few; those of users must not pile up.
  if (splitPaths.size < 2000) splitPaths.set(path, segments)
  return segments
}

/** Visits every field that a spec means in an object of its kind. Throws `KUSTOMIZE_FIELD` when the path leads through a scalar. */
export function visitField(resource: Resource, spec: FieldSpec, how: FieldVisit): void {
  if (resource.object === undefined || !appliesTo(spec, resource.id)) return
  const walk: Walk = {
    segments: segmentsOf(spec.path),
    create: spec.create === true ? how.create : undefined,
    visit: how.visit,
    fail: (reason) => KustomizeErrors.FIELD({ path: spec.path, id: formatId(resource.id), reason }),
  }
  descend(walk, 0, { holder: { root: resource.object }, key: 'root', value: resource.object })
}

interface Walk {
  readonly segments: readonly string[]
  readonly create: 'scalar' | 'map' | undefined
  readonly visit: (slot: FieldSlot) => void
  readonly fail: (reason: string) => Error
}

function descend(walk: Walk, depth: number, slot: FieldSlot): void {
  const { value } = slot
  if (depth === walk.segments.length) {
    walk.visit(slot)
    return
  }
  if (isNull(value)) return
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      descend(walk, depth, { holder: value, key: index, value: value[index] })
    return
  }
  if (!isMap(value)) throw walk.fail('expected sequence or mapping node')
  enterField(walk, depth, value)
}

function enterField(walk: Walk, depth: number, holder: JsonObject): void {
  const segment = walk.segments[depth] as string
  const isList = segment.endsWith('[]')
  const name = isList ? segment.slice(0, -2) : segment
  if (name === '') throw walk.fail('cannot set or create an empty field name')
  const creates = walk.create !== undefined && !isList
  let value = Object.hasOwn(holder, name) ? holder[name] : undefined
  if (value === undefined) {
    if (!creates) return
    value = depth === walk.segments.length - 1 && walk.create === 'scalar' ? '' : {}
    setOwn(holder, name, value)
  } else if (isNull(value) && (creates || isList)) {
    value = isList ? [] : depth === walk.segments.length - 1 && walk.create === 'scalar' ? '' : {}
    setOwn(holder, name, value)
  }
  descend(walk, depth + 1, { holder, key: name, value })
}

/** Writes into a slot. */
export function fillSlot({ holder, key }: FieldSlot, value: unknown): void {
  if (Array.isArray(holder)) holder[key as number] = value
  else setOwn(holder, key as string, value)
}
