import type { JsonObject } from '@driftless/kube-objects'
import type { FieldSlot } from '../config/field-spec.ts'
import { KustomizeErrors } from '../errors.ts'
import { createPattern } from '../selectors/pattern.ts'
import { emptyNull, isMap, isNull, isScalar, resolvePlain, textOf } from '../values/scalar.ts'
import { fieldOf, nodeKind, setOwn } from '../values/tree.ts'
import { isIndexSegment, isItemSegment, splitItemSegment } from './field-path.ts'

/** What is made where a path ends in nothing. */
export type Creation = 'scalar' | 'map' | 'list' | undefined

/** Every place that a path means: `*` are all items, `[field=regex]` those that match, a number one of them. */
export function matchPath(root: JsonObject, path: readonly string[], create: Creation): FieldSlot[] {
  return match({ holder: { root }, key: 'root', value: root }, path, create)
}

function match(slot: FieldSlot, path: readonly string[], create: Creation): FieldSlot[] {
  const [segment, ...rest] = path
  if (segment === undefined) return [slot]
  if (isIndexSegment(segment)) return matchIndex(slot, { segment, rest, create })
  if (isItemSegment(segment)) return matchItems(slot, { segment, rest, create })
  if (segment === '*') return itemsOf(slot.value).flatMap((item) => match(item, rest, create))
  return matchField(slot, { segment, rest, create })
}

interface Step {
  readonly segment: string
  readonly rest: readonly string[]
  readonly create: Creation
}

function matchField(slot: FieldSlot, { segment, rest, create }: Step): FieldSlot[] {
  const holder = slot.value
  if (isNull(holder)) return []
  if (!isMap(holder)) throw wrongKind('MappingNode', holder)
  if (!Object.hasOwn(holder, segment)) {
    if (create === undefined) return []
    setOwn(holder, segment, makeNode(rest[0], create))
  }
  const value = holder[segment]
  if (isScalar(value) && !isNull(value) && rest.length > 0) throw wrongKind('MappingNode', value)
  return match({ holder, key: segment, value }, rest, create)
}

function matchIndex(slot: FieldSlot, { segment, rest, create }: Step): FieldSlot[] {
  const index = Number(segment)
  const items = itemsOf(slot.value)
  if (items.length === index && create !== undefined && Array.isArray(slot.value)) {
    slot.value.push(makeNode(rest[0], create))
    items.push({ holder: slot.value, key: index, value: slot.value[index] })
  }
  const item = items[index]
  if (item === undefined) {
    throw KustomizeErrors.REPLACEMENT({ reason: `index ${index} specified but only ${items.length} elements found` })
  }
  return match(item, rest, create)
}

function matchItems(slot: FieldSlot, step: Step): FieldSlot[] {
  const parts = splitItemSegment(step.segment)
  if (parts === undefined) {
    throw KustomizeErrors.REPLACEMENT({
      reason: 'list path element must contain fieldName=fieldValue for element to match',
    })
  }
  const { field, value } = parts
  const matches = createPattern(value)
  const search = () =>
    itemsOf(slot.value).flatMap((item) => {
      if (field === '') return matches(textOf(item.value)) ? [item] : []
      const own = fieldOf(item.value, field)
      return own !== undefined && matches(textOf(own)) ? match(item, step.rest, step.create) : []
    })
  const found = search()
  if (found.length > 0 || step.create === undefined || !Array.isArray(slot.value)) return found
  slot.value.push(field === '' ? resolvePlain(value) : { [field]: resolvePlain(value) })
  return search()
}

function itemsOf(value: unknown): FieldSlot[] {
  if (isNull(value)) return []
  if (!Array.isArray(value)) throw wrongKind('SequenceNode', value)
  return value.map((item, key) => ({ holder: value, key, value: item }))
}

function makeNode(next: string | undefined, create: Creation): unknown {
  if (next === undefined) return create === 'map' ? {} : create === 'list' ? [] : emptyNull
  return isItemSegment(next) || isIndexSegment(next) ? [] : {}
}

function wrongKind(wanted: string, value: unknown): Error {
  return KustomizeErrors.REPLACEMENT({ reason: `wrong node kind: expected ${wanted} but got ${nodeKind(value)}` })
}
