import type { JsonObject } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import { isMap, isNull, textOf } from '../values/scalar.ts'
import { cloneTree, setOwn, settle } from '../values/tree.ts'

/** One operation of a JSON patch (RFC 6902), as the patch has it. */
export interface JsonOperation {
  readonly op: string
  readonly path: string
  readonly from: string | undefined
  readonly value: unknown
  readonly hasValue: boolean
}

/** How many values the copies of one patch together may add. */
const copyLimit = 100_000

/** Reads operations; undefined when the value is no JSON patch. */
export function readJsonPatch(value: unknown): JsonOperation[] | undefined {
  if (isNull(value)) return []
  if (!Array.isArray(value) || !value.every(isMap)) return undefined
  return value.map((operation) => ({
    op: textOf(operation.op),
    path: textOf(operation.path),
    from: operation.from === undefined ? undefined : textOf(operation.from),
    value: settle(cloneTree(operation.value ?? null), false),
    hasValue: 'value' in operation,
  }))
}

/** Applies operations to an object in place. Throws `KUSTOMIZE_MERGE`. */
export function applyJsonPatch(object: JsonObject, operations: readonly JsonOperation[]): void {
  settle(object, false)
  const budget = { copied: 0 }
  for (const operation of operations) apply(object, operation, budget)
}

function apply(root: JsonObject, operation: JsonOperation, budget: { copied: number }): void {
  const { op, path, value } = operation
  switch (op) {
    case 'add':
      put(root, path, { op, value: cloneTree(value) })
      return
    case 'replace':
      replaceAt(root, path, cloneTree(value))
      return
    case 'remove':
      take(root, path, op)
      return
    case 'move':
      put(root, path, { op, value: take(root, fromOf(operation), op) })
      return
    case 'copy': {
      const from = holderOf(root, fromOf(operation), op)
      const copied = cloneTree(child(from.holder, from.key) ?? null)
      budget.copied += sizeOf(copied)
      if (budget.copied > copyLimit)
        throw KustomizeErrors.TOO_LARGE({ what: 'values copied by a JSON patch', limit: copyLimit })
      put(root, path, { op, value: copied })
      return
    }
    case 'test':
      test(root, operation)
      return
    default:
      throw failure(`Unexpected kind: ${op}`)
  }
}

function failure(reason: string): Error {
  return KustomizeErrors.MERGE({ reason })
}

function missing(op: string, path: string): Error {
  return failure(`${op} operation does not apply: doc is missing path: "${path}": missing value`)
}

function fromOf({ op, from }: JsonOperation): string {
  if (from === undefined) throw failure(`${op} operation needs from`)
  return from
}

/** Segments of a pointer; what stands before the first slash is ignored. */
function splitPointer(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function holderOf(root: JsonObject, path: string, op: string): { holder: JsonObject | unknown[]; key: string } {
  const segments = splitPointer(path)
  const key = segments.pop()
  if (key === undefined) throw missing(op, path)
  let holder: unknown = root
  for (const segment of segments) holder = child(holder, segment)
  if (!Array.isArray(holder) && !isMap(holder)) throw missing(op, path)
  return { holder, key }
}

function child(parent: unknown, segment: string): unknown {
  if (Array.isArray(parent)) {
    const index = indexOf(segment, parent.length)
    return index === undefined ? undefined : parent[index]
  }
  return isMap(parent) && Object.hasOwn(parent, segment) ? parent[segment] : undefined
}

/** Negative indexes count from the end. */
function indexOf(segment: string, length: number): number | undefined {
  if (!/^[-+]?\d+$/.test(segment)) return undefined
  const index = Number(segment) < 0 ? Number(segment) + length : Number(segment)
  return index >= 0 && index < length ? index : undefined
}

function read(root: JsonObject, path: string, op: string): unknown {
  if (path === '') return root
  const { holder, key } = holderOf(root, path, op)
  if (Array.isArray(holder)) {
    const index = indexOf(key, holder.length)
    if (index === undefined) throw missing(op, path)
    return holder[index]
  }
  if (!Object.hasOwn(holder, key)) throw missing(op, path)
  return holder[key]
}

function replaceAt(root: JsonObject, path: string, value: unknown): void {
  const { holder, key } = holderOf(root, path, 'replace')
  if (!Array.isArray(holder)) {
    // A field that is not there yet is added, as the reference does.
    setOwn(holder, key, value)
    return
  }
  const index = indexOf(key, holder.length)
  if (index === undefined) throw missing('replace', path)
  holder[index] = value
}

function put(root: JsonObject, path: string, { op, value }: { op: string; value: unknown }): void {
  const { holder, key } = holderOf(root, path, op)
  if (!Array.isArray(holder)) {
    setOwn(holder, key, value)
    return
  }
  const index = key === '-' ? holder.length : indexOf(key, holder.length + 1)
  if (index === undefined) throw missing(op, path)
  holder.splice(index, 0, value)
}

function take(root: JsonObject, path: string, op: string): unknown {
  const value = read(root, path, op)
  const { holder, key } = holderOf(root, path, op)
  if (Array.isArray(holder)) holder.splice(indexOf(key, holder.length) as number, 1)
  else delete holder[key]
  return value
}

/** A missing value equals null. */
function test(root: JsonObject, { path, value }: JsonOperation): void {
  const { holder, key } = path === '' ? { holder: { '': root }, key: '' } : holderOf(root, path, 'test')
  const found = child(holder, key)
  if (canonical(found ?? null) !== canonical(value ?? null)) throw failure(`testing path ${path} failed: test failed`)
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isMap(value)) return JSON.stringify(value)
  const fields = Object.keys(value).sort()
  return `{${fields.map((field) => `${JSON.stringify(field)}:${canonical(value[field])}`).join(',')}}`
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + sizeOf(item), 1)
  return isMap(value) ? Object.values(value).reduce<number>((sum, item) => sum + sizeOf(item), 1) : 1
}
