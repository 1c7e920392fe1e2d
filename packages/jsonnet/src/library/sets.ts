import { Failure } from '../evaluate/failure.ts'
import type { Machine } from '../evaluate/machine.ts'
import { compareValues, equalValues } from '../evaluate/operators.ts'
import { ArrayValue, typeOf, type Value } from '../evaluate/value.ts'
import { sequence } from './arrays.ts'
import { array, func, type Library, strict } from './signature.ts'

interface Keyed {
  readonly value: Value
  readonly key: Value
}

/** Sorting, and sets as sorted arrays without duplicates. */
export const setFunctions: Library = {
  sort: strict('arr keyF?', (machine, arr: Value, keyF?: Value) => {
    return listOf(sorted(machine, withKeys(machine, array(arr), keyF)))
  }),
  uniq: strict('arr keyF?', (machine, arr: Value, keyF?: Value) => {
    const message = () => new Failure(`foldl second parameter should be string or array, got ${typeOf(arr)}`)
    return listOf(unique(machine, withKeys(machine, sequence(arr, message), keyF)))
  }),
  set: strict('arr keyF?', (machine, arr: Value, keyF?: Value) => {
    return listOf(unique(machine, sorted(machine, withKeys(machine, array(arr), keyF))))
  }),
  setMember: strict('x arr keyF?', (machine, x: Value, arr: Value, keyF?: Value) => {
    const [wanted] = withKeys(machine, new ArrayValue([x]), keyF) as [Keyed]
    const items = withKeys(machine, arr, keyF)
    let low = 0
    let high = items.length
    while (low < high) {
      const middle = (low + high) >> 1
      const order = -compareValues(machine, wanted.key, (items[middle] as Keyed).key)
      if (order === 0) return true
      if (order < 0) low = middle + 1
      else high = middle
    }
    return false
  }),
  setUnion: strict('a b keyF?', (machine, a: Value, b: Value, keyF?: Value) => {
    return merge(machine, [a, b, keyF], { left: true, both: true, right: true })
  }),
  setInter: strict('a b keyF?', (machine, a: Value, b: Value, keyF?: Value) => {
    return merge(machine, [a, b, keyF], { left: false, both: true, right: false })
  }),
  setDiff: strict('a b keyF?', (machine, a: Value, b: Value, keyF?: Value) => {
    return merge(machine, [a, b, keyF], { left: true, both: false, right: false })
  }),
}

function withKeys(machine: Machine, arr: Value, keyF: Value | undefined): Keyed[] {
  const list = sequence(arr, () => new Failure(`Unexpected type ${typeOf(arr)}`))
  const values = machine.itemsOf(list)
  machine.spend(values.length)
  if (keyF === undefined) return values.map((value) => ({ value, key: value }))
  const callee = func(keyF)
  return values.map((value) => ({ value, key: machine.call(callee, [value]) }))
}

function sorted(machine: Machine, items: Keyed[]): Keyed[] {
  return [...items].sort((a, b) => compareValues(machine, a.key, b.key))
}

function unique(machine: Machine, items: readonly Keyed[]): Keyed[] {
  return items.filter((item, i) => i === 0 || !equalValues(machine, item.key, (items[i - 1] as Keyed).key))
}

function listOf(items: readonly Keyed[]): ArrayValue {
  return new ArrayValue(items.map((item) => item.value))
}

/** Walks two sets in step and keeps what is in the left, in both, or in the right. */
function merge(
  machine: Machine,
  [a, b, keyF]: [Value, Value, Value | undefined],
  keep: { left: boolean; both: boolean; right: boolean },
): ArrayValue {
  const left = withKeys(machine, a, keyF)
  const right = withKeys(machine, b, keyF)
  const result: Value[] = []
  let i = 0
  let j = 0
  while (i < left.length && j < right.length) {
    const order = compareValues(machine, (left[i] as Keyed).key, (right[j] as Keyed).key)
    const item = order > 0 ? right[j] : left[i]
    const wanted = order === 0 ? keep.both : order < 0 ? keep.left : keep.right
    if (wanted) result.push((item as Keyed).value)
    if (order <= 0) i += 1
    if (order >= 0) j += 1
  }
  if (keep.left) for (const item of left.slice(i)) result.push(item.value)
  if (keep.right) for (const item of right.slice(j)) result.push(item.value)
  return new ArrayValue(result)
}
