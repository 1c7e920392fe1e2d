import { splitPath } from '../config/field-spec.ts'

/**
 * Splits a `.` path: `\.` is a dot inside a name, `[a.b]` a name with dots, `[name=a.b]` one selecting segment.
 */
export function splitBracketPath(path: string): string[] {
  const parts = splitPath(path, '.')
  const result: string[] = []
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] as string
    if (!part.startsWith('[') || part.endsWith(']')) {
      result.push(part)
      continue
    }
    const bracketed = [part]
    while (at < parts.length - 1) {
      at++
      bracketed.push(parts[at] as string)
      if (parts[at]?.endsWith(']') === true) break
    }
    const joined = bracketed.join('.')
    result.push(joined.includes('=') ? joined : joined.replace(/^[[\]]+|[[\]]+$/g, ''))
  }
  return result
}

/** True for `[field=value]`. */
export function isItemSegment(segment: string): boolean {
  return segment.startsWith('[') && segment.endsWith(']')
}

/** True for a number of an item. */
export function isIndexSegment(segment: string): boolean {
  return /^\+?\d+$/.test(segment)
}

/** Field and value of `[field=value]`; undefined without `=`. */
export function splitItemSegment(segment: string): { field: string; value: string } | undefined {
  const inner = segment.slice(1, -1)
  const equals = inner.indexOf('=')
  return equals < 0 ? undefined : { field: inner.slice(0, equals), value: inner.slice(equals + 1) }
}
