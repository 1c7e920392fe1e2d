import { KustomizeErrors } from '../errors.ts'
import { isMap, isNull, textOf } from '../values/scalar.ts'
import { nodeKind } from '../values/tree.ts'
import { isItemSegment, splitItemSegment } from './field-path.ts'

/** What lies at a path; undefined when something on the way is absent. Throws `KUSTOMIZE_REPLACEMENT` for the wrong kind of node. */
export function lookupPath(root: unknown, path: readonly string[]): unknown {
  let value = root
  for (const segment of path.map((part) => part.trim()).filter((part) => part !== '')) {
    if (value === undefined) return undefined
    value = step(value, segment)
  }
  return value
}

function step(value: unknown, segment: string): unknown {
  if (/^[-+]?\d+$/.test(segment)) {
    if (Number(segment) < 0) throw KustomizeErrors.REPLACEMENT({ reason: `array index ${segment} cannot be negative` })
    return itemsOf(value)[Number(segment)]
  }
  if (segment === '-') return itemsOf(value).at(-1)
  if (segment === '*') throw KustomizeErrors.REPLACEMENT({ reason: 'wildcard is not supported in PathGetter' })
  if (isItemSegment(segment)) return findItem(itemsOf(value), segment)
  if (isNull(value)) return undefined
  if (!isMap(value)) throw wrongKind('MappingNode', value)
  return Object.hasOwn(value, segment) ? value[segment] : undefined
}

function itemsOf(value: unknown): readonly unknown[] {
  if (isNull(value)) return []
  if (!Array.isArray(value)) throw wrongKind('SequenceNode', value)
  return value
}

function findItem(items: readonly unknown[], segment: string): unknown {
  const parts = splitItemSegment(segment)
  if (parts === undefined) {
    throw KustomizeErrors.REPLACEMENT({
      reason: 'list path element must contain fieldName=fieldValue for element to match',
    })
  }
  const { field, value } = parts
  if (field === '') return items.find((item) => textOf(item) === value)
  return items.find((item) => isMap(item) && Object.hasOwn(item, field) && textOf(item[field]) === value)
}

function wrongKind(wanted: string, value: unknown): Error {
  return KustomizeErrors.REPLACEMENT({ reason: `wrong node kind: expected ${wanted} but got ${nodeKind(value)}` })
}
