import { isObject } from '../json-value.ts'

/** The steps of an RFC 6901 pointer; undefined when it is none. */
export function parsePointer(pointer: string): string[] | undefined {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) return undefined
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Removes what a path leads to from a document that may be changed; what is not there needs no removal. */
export function removeAt(document: unknown, path: readonly (string | number)[]): void {
  const last = path.at(-1)
  if (last === undefined) return
  let current = document
  for (const step of path.slice(0, -1)) current = childOf(current, step)
  if (Array.isArray(current)) {
    const index = indexOf(current, last)
    if (index !== undefined) current.splice(index, 1)
  } else if (isObject(current) && typeof last === 'string' && Object.hasOwn(current, last)) {
    delete current[last]
  }
}

function childOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) {
    const index = indexOf(value, step)
    return index === undefined ? undefined : value[index]
  }
  if (isObject(value) && typeof step === 'string' && Object.hasOwn(value, step)) return value[step]
  return undefined
}

function indexOf(list: readonly unknown[], step: string | number): number | undefined {
  const index = typeof step === 'number' ? step : /^(0|[1-9]\d{0,8})$/.test(step) ? Number(step) : -1
  return index >= 0 && index < list.length ? index : undefined
}
