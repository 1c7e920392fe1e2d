import { guardDepth } from '../errors.ts'
import { isObject } from '../json/values.ts'
import type { JsonObject } from '../object.ts'

/**
 * A set of field paths, held as a tree as in FieldsV1. Keys of children are path elements in their written form:
 * `f:<field>`, `k:<key fields as JSON>`, `v:<value as JSON>`, `i:<index>`.
 */
export interface FieldSet {
  /** Whether the path that leads here is in the set. */
  member: boolean
  children: Map<string, FieldSet>
}

/** A set without paths. */
export function emptySet(): FieldSet {
  return { member: false, children: new Map() }
}

/** Whether a set has no path. */
export function isEmptySet(set: FieldSet): boolean {
  return !set.member && set.children.size === 0
}

/** The child of a path element, made when missing. */
export function childOf(set: FieldSet, element: string): FieldSet {
  let child = set.children.get(element)
  if (child === undefined) {
    child = emptySet()
    set.children.set(element, child)
  }
  return child
}

/** Paths of either set. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = { member: a.member || b.member, children: new Map(a.children) }
  for (const [element, right] of b.children) {
    const left = a.children.get(element)
    result.children.set(element, left ? union(left, right) : right)
  }
  return result
}

/** Paths of `a` that are not in `b`; paths below those of `b` stay. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = { member: a.member && !b.member, children: new Map() }
  for (const [element, left] of a.children) {
    const right = b.children.get(element)
    const child = right ? difference(left, right) : left
    if (!isEmptySet(child)) result.children.set(element, child)
  }
  return result
}

/** Paths of both sets. */
export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = { member: a.member && b.member, children: new Map() }
  for (const [element, left] of a.children) {
    const right = b.children.get(element)
    if (right === undefined) continue
    const child = intersection(left, right)
    if (!isEmptySet(child)) result.children.set(element, child)
  }
  return result
}

/** Whether both sets hold the same paths. */
export function sameSet(a: FieldSet, b: FieldSet): boolean {
  if (a.member !== b.member || a.children.size !== b.children.size) return false
  for (const [element, left] of a.children) {
    const right = b.children.get(element)
    if (right === undefined || !sameSet(left, right)) return false
  }
  return true
}

/** Without the given paths and everything below them. */
export function withoutSubtrees(set: FieldSet, paths: readonly string[][]): FieldSet {
  let result = set
  for (const path of paths) result = withoutSubtree(result, path)
  return result
}

function withoutSubtree(set: FieldSet, path: readonly string[]): FieldSet {
  const [element, ...rest] = path
  const child = element === undefined ? undefined : set.children.get(element)
  if (element === undefined || child === undefined) return set
  const children = new Map(set.children)
  const left = rest.length === 0 ? emptySet() : withoutSubtree(child, rest)
  if (isEmptySet(left)) children.delete(element)
  else children.set(element, left)
  return { member: set.member, children }
}

/** The set of one path. */
export function setOfPath(path: readonly string[]): FieldSet {
  const root = emptySet()
  let node = root
  for (const element of path) node = childOf(node, element)
  node.member = true
  return root
}

/** Reads FieldsV1; what is malformed counts as absent. */
export function readFieldsV1(fields: unknown): FieldSet {
  const root = emptySet()
  if (isObject(fields)) readInto(root, fields, 0)
  return root
}

function readInto(set: FieldSet, fields: JsonObject, depth: number): void {
  guardDepth(depth)
  for (const [element, value] of Object.entries(fields)) {
    if (element === '.') {
      set.member = true
      continue
    }
    if (!/^[fkvi]:/.test(element) || !isObject(value)) continue
    const child = childOf(set, element)
    readInto(child, value, depth + 1)
    if (child.children.size === 0) child.member = true
  }
}

/** Writes FieldsV1, elements sorted. */
export function writeFieldsV1(set: FieldSet): JsonObject {
  const fields: JsonObject = {}
  if (set.member && set.children.size > 0) fields['.'] = {}
  for (const element of [...set.children.keys()].sort()) {
    const child = set.children.get(element)
    if (child) fields[element] = writeFieldsV1(child)
  }
  return fields
}

/** All paths in the order the API server lists them: those of a level before those below it. */
export function pathsOf(set: FieldSet, prefix: readonly string[] = []): string[][] {
  const elements = [...set.children.keys()].sort()
  const here = elements.filter((element) => set.children.get(element)?.member).map((element) => [...prefix, element])
  const below = elements.flatMap((element) => {
    const child = set.children.get(element)
    return child ? pathsOf(child, [...prefix, element]) : []
  })
  return [...here, ...below]
}

/** A path as the API server prints it: `.spec.ports[port=80,protocol="TCP"].targetPort`. */
export function formatFieldPath(path: readonly string[]): string {
  return path.map(formatElement).join('')
}

function formatElement(element: string): string {
  const text = element.slice(2)
  switch (element[0]) {
    case 'k': {
      const key = parseJson(text)
      const pairs = isObject(key)
        ? Object.entries(key).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        : [text]
      return `[${pairs.join(',')}]`
    }
    case 'v':
      return `[=${text}]`
    case 'i':
      return `[${text}]`
    default:
      return `.${text}`
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
