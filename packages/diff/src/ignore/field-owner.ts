import { deepEqual, type KubeObject, type ManagedFieldsEntry } from '@driftless/kube-objects'
import { isObject } from '../json-value.ts'

/** One step of a field path: a field, an item known by its keys, an item known by its value, or an index. */
export type FieldStep =
  | { readonly field: string }
  | { readonly keys: Readonly<Record<string, unknown>> }
  | { readonly value: unknown }
  | { readonly index: number }

/** The paths of the leaves that an entry of managedFields owns. */
export function ownedLeaves(entry: ManagedFieldsEntry): FieldStep[][] {
  const leaves: FieldStep[][] = []
  collect(entry.fieldsV1, [], leaves)
  return leaves
}

const depthLimit = 200

function collect(node: unknown, path: readonly FieldStep[], leaves: FieldStep[][]): void {
  if (!isObject(node) || path.length > depthLimit) return
  const names = Object.keys(node).filter((name) => name !== '.')
  if (names.length === 0 && path.length > 0) {
    leaves.push([...path])
    return
  }
  for (const name of names) {
    const step = parseStep(name)
    if (step !== undefined) collect(node[name], [...path, step], leaves)
  }
}

/** Reads one name of a FieldsV1 set: `f:` field, `k:` keys, `v:` value, `i:` index. */
export function parseStep(name: string): FieldStep | undefined {
  const text = name.slice(2)
  switch (name.slice(0, 2)) {
    case 'f:':
      return { field: text }
    case 'i:':
      return /^\d{1,9}$/.test(text) ? { index: Number(text) } : undefined
    case 'k:': {
      const keys = parseJson(text)
      return isObject(keys) ? { keys } : undefined
    }
    case 'v:':
      return { value: parseJson(text) }
    default:
      return undefined
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Turns a field path into a path of names and indexes within one document; undefined when it leads nowhere. */
export function locate(document: unknown, path: readonly FieldStep[]): (string | number)[] | undefined {
  const located: (string | number)[] = []
  let current = document
  for (const step of path) {
    const name = locateStep(current, step)
    if (name === undefined) return undefined
    located.push(name)
    current = (current as Record<string | number, unknown>)[name]
  }
  return located
}

function locateStep(value: unknown, step: FieldStep): string | number | undefined {
  if ('field' in step) return isObject(value) && Object.hasOwn(value, step.field) ? step.field : undefined
  if (!Array.isArray(value)) return undefined
  const index =
    'index' in step
      ? step.index
      : value.findIndex((item) => ('keys' in step ? hasKeys(item, step.keys) : deepEqual(item, step.value)))
  return index >= 0 && index < value.length ? index : undefined
}

function hasKeys(item: unknown, keys: Readonly<Record<string, unknown>>): boolean {
  return isObject(item) && Object.entries(keys).every(([key, value]) => deepEqual(item[key], value))
}

/** The manager that last wrote the field at a path of names and indexes, the nearest owned ancestor counting when no one owns the field itself. */
export function managerAt(object: KubeObject, path: readonly (string | number)[]): string | undefined {
  let best: { depth: number; time: string; manager: string } | undefined
  for (const entry of entriesOf(object)) {
    const depth = ownedDepth(entry.fieldsV1, object, path)
    if (depth === 0 || entry.manager === undefined) continue
    const time = entry.time ?? ''
    if (best === undefined || depth > best.depth || (depth === best.depth && time > best.time))
      best = { depth, time, manager: entry.manager }
  }
  return best?.manager
}

/** True when a manager owns the field at a path, or something below it. */
export function ownsPath(object: KubeObject, path: readonly (string | number)[], manager: string): boolean {
  return entriesOf(object).some(
    (entry) => entry.manager === manager && ownedDepth(entry.fieldsV1, object, path) >= path.length,
  )
}

/** Entries of managedFields that can be read. */
export function entriesOf(object: KubeObject): ManagedFieldsEntry[] {
  const entries: unknown = object.metadata.managedFields
  return Array.isArray(entries) ? entries.filter(isObject) : []
}

/** How many steps of a path an owned set follows; a set that ends before the path does owns all below its end. */
function ownedDepth(set: unknown, object: unknown, path: readonly (string | number)[]): number {
  let node = set
  let value = object
  let depth = 0
  for (const step of path) {
    const next = childSet(node, value, step)
    if (next === undefined) return isObject(node) && Object.keys(node).length === 0 ? path.length : 0
    node = next
    value = isObject(value) || Array.isArray(value) ? (value as Record<string | number, unknown>)[step] : undefined
    depth += 1
  }
  return depth
}

function childSet(node: unknown, value: unknown, step: string | number): unknown {
  if (!isObject(node)) return undefined
  if (typeof step === 'string') return Object.hasOwn(node, `f:${step}`) ? node[`f:${step}`] : undefined
  const item = Array.isArray(value) ? value[step] : undefined
  const name = Object.keys(node).find((candidate) => {
    const parsed = parseStep(candidate)
    if (parsed === undefined || 'field' in parsed) return false
    if ('index' in parsed) return parsed.index === step
    return 'keys' in parsed ? hasKeys(item, parsed.keys) : deepEqual(item, parsed.value)
  })
  return name === undefined ? undefined : node[name]
}
