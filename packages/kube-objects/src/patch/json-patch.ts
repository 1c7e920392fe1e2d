import { PatchErrors } from '../errors.ts'
import { cloneJson, deepEqual, isObject, setKey } from '../json/values.ts'

/** One operation of RFC 6902. */
export interface JsonPatchOperation {
  op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test'
  path: string
  from?: string
  value?: unknown
}

/** How many values all copies of a patch together may add. */
const copyLimit = 100_000

/**
 * Applies a JSON patch (RFC 6902) to a copy of the document.
 * Throws `PATCH_INVALID`, `PATCH_PATH_MISSING`, `PATCH_TEST_FAILED`.
 */
export function applyJsonPatch(document: unknown, patch: readonly JsonPatchOperation[]): unknown {
  if (!Array.isArray(patch)) throw PatchErrors.INVALID({ reason: 'a JSON patch is a list of operations' })
  const root = { value: cloneJson(document), copied: 0 }
  for (const operation of patch) applyOperation(root, operation)
  return root.value
}

interface Root {
  value: unknown
  copied: number
}

function applyOperation(root: Root, operation: JsonPatchOperation): void {
  if (!isObject(operation) || typeof operation.path !== 'string') {
    throw PatchErrors.INVALID({ reason: 'every operation needs an op and a path' })
  }
  switch (operation.op) {
    case 'add':
      put(root, operation, cloneJson(newValue(operation)))
      return
    case 'replace':
      read(root, operation.path, 'replace')
      if (operation.path !== '') take(root, operation.path, 'replace', false)
      put(root, operation, cloneJson(newValue(operation)))
      return
    case 'remove':
      take(root, operation.path, 'remove', true)
      return
    case 'move':
      move(root, operation)
      return
    case 'copy': {
      const value = read(root, fromOf(operation), 'copy')
      root.copied += sizeOf(value)
      if (root.copied > copyLimit)
        throw PatchErrors.INVALID({ reason: `its copies hold more than ${copyLimit} values` })
      put(root, operation, cloneJson(value))
      return
    }
    case 'test': {
      const value = read(root, operation.path, 'test')
      if (!deepEqual(value ?? null, operation.value ?? null)) throw PatchErrors.TEST_FAILED({ path: operation.path })
      return
    }
    default:
      throw PatchErrors.INVALID({ reason: `"${String((operation as { op?: unknown }).op)}" is no operation` })
  }
}

function move(root: Root, operation: JsonPatchOperation): void {
  const from = fromOf(operation)
  if (operation.path.startsWith(`${from}/`)) {
    throw PatchErrors.INVALID({ reason: `"${from}" cannot move into itself` })
  }
  const value = take(root, from, 'move', true)
  put(root, operation, value)
}

function newValue(operation: JsonPatchOperation): unknown {
  if (operation.value === undefined)
    throw PatchErrors.INVALID({ reason: `${operation.op} "${operation.path}" needs a value` })
  return operation.value
}

function fromOf(operation: JsonPatchOperation): string {
  if (typeof operation.from !== 'string')
    throw PatchErrors.INVALID({ reason: `${operation.op} "${operation.path}" needs from` })
  return operation.from
}

function tokensOf(path: string): string[] {
  if (path === '') return []
  if (!path.startsWith('/')) throw PatchErrors.INVALID({ reason: `the path "${path}" must start with /` })
  return path
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function missing(path: string, op: string): Error {
  return PatchErrors.PATH_MISSING({ path, op })
}

function read(root: Root, path: string, op: string): unknown {
  let value = root.value
  for (const token of tokensOf(path)) value = child(value, token, { path, op })
  return value
}

function child(parent: unknown, token: string, at: { path: string; op: string }): unknown {
  if (Array.isArray(parent)) return parent[indexOf(parent, token, at)]
  if (!isObject(parent) || !Object.hasOwn(parent, token)) throw missing(at.path, at.op)
  return parent[token]
}

function indexOf(list: unknown[], token: string, at: { path: string; op: string }): number {
  const index = /^(0|[1-9]\d*)$/.test(token) ? Number(token) : -1
  if (index < 0 || index >= list.length) throw missing(at.path, at.op)
  return index
}

function put(root: Root, operation: JsonPatchOperation, value: unknown): void {
  const { path, op } = operation
  const tokens = tokensOf(path)
  const last = tokens.pop()
  if (last === undefined) {
    root.value = value
    return
  }
  let parent = root.value
  for (const token of tokens) parent = child(parent, token, { path, op })
  if (Array.isArray(parent)) {
    const index = last === '-' || last === String(parent.length) ? parent.length : indexOf(parent, last, { path, op })
    parent.splice(index, 0, value)
  } else if (isObject(parent)) setKey(parent, last, value)
  else throw missing(path, op)
}

function take(root: Root, path: string, op: string, fromObjects: boolean): unknown {
  const tokens = tokensOf(path)
  const last = tokens.pop()
  if (last === undefined) throw PatchErrors.INVALID({ reason: `the whole document cannot be the target of ${op}` })
  let parent = root.value
  for (const token of tokens) parent = child(parent, token, { path, op })
  const value = child(parent, last, { path, op })
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else if (fromObjects && isObject(parent)) delete parent[last]
  return value
}

function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  let size = 1
  for (const item of Object.values(value)) size += sizeOf(item)
  return size
}
