import { charactersOf, lengthOf } from '../evaluate/code-points.ts'
import { Failure } from '../evaluate/failure.ts'
import { type Machine, unexpectedType } from '../evaluate/machine.ts'
import { addValues, equalValues, visibleFields } from '../evaluate/operators.ts'
import { ArrayValue, isFunction, type Lazy, ObjectValue, typeOf, type Value } from '../evaluate/value.ts'
import { toText } from '../manifest/text.ts'
import { array, boolean, func, integer, type Library, lazy, number, strict, text } from './signature.ts'
import { sliceValue } from './slice.ts'

/** The elements of an array or the characters of a string. */
export function sequence(value: Value, otherwise: () => Failure): ArrayValue {
  if (value instanceof ArrayValue) return value
  if (typeof value === 'string') return new ArrayValue(charactersOf(value))
  throw otherwise()
}

/** Arrays. */
export const arrayFunctions: Library = {
  length: strict('x', (_, x: Value) => {
    if (typeof x === 'string') return lengthOf(x)
    if (x instanceof ArrayValue) return x.items.length
    if (x instanceof ObjectValue) return visibleCount(x)
    if (isFunction(x)) return 'template' in x ? required(x.template.fallbacks) : x.required
    throw new Failure(`Unexpected type ${typeOf(x)}`)
  }),
  map: strict('func arr', (machine, callee: Value, arr: Value) => {
    if (!isFunction(callee)) throw new Failure(`std.map first param must be function, got ${typeOf(callee)}`)
    const message = () => new Failure(`std.map second param must be array / string, got ${typeOf(arr)}`)
    const { items } = sequence(arr, message)
    return machine.lazyArray(items.length, (i) => machine.call(callee, [items[i] as Lazy]))
  }),
  mapWithIndex: strict('func arr', (machine, callee: Value, arr: Value) => {
    if (!isFunction(callee)) throw new Failure(`std.mapWithIndex first param must be function, got ${typeOf(callee)}`)
    const message = () => new Failure(`std.mapWithIndex second param must be array, got ${typeOf(arr)}`)
    const { items } = sequence(arr, message)
    return machine.lazyArray(items.length, (i) => machine.call(callee, [i, items[i] as Lazy]))
  }),
  filterMap: strict('filter_func map_func arr', (machine, keep: Value, map: Value, arr: Value) => {
    if (!isFunction(keep)) throw new Failure(`std.filterMap first param must be function, got ${typeOf(keep)}`)
    if (!isFunction(map)) throw new Failure(`std.filterMap second param must be function, got ${typeOf(map)}`)
    if (!(arr instanceof ArrayValue)) throw new Failure(`std.filterMap third param must be array, got ${typeOf(arr)}`)
    const kept = filter(machine, keep, arr)
    return machine.lazyArray(kept.length, (i) => machine.call(map, [kept[i] as Lazy]))
  }),
  filter: strict('func arr', (machine, keep: Value, arr: Value) => {
    return new ArrayValue(filter(machine, keep, array(arr)))
  }),
  flatMap: strict('func arr', flatMap),
  $flatMapArray: strict('func arr', (machine, callee: Value, arr: Value) => flatMap(machine, callee, array(arr))),
  foldl: lazy('func arr init', (machine, [callee = null, arr = null, init = null]) => {
    const fold = func(machine.force(callee))
    const { items } = foldable(machine, arr, 'foldl')
    let value = machine.force(init)
    for (const item of items) value = machine.call(fold, [value, item])
    return value
  }),
  foldr: lazy('func arr init', (machine, [callee = null, arr = null, init = null]) => {
    const fold = func(machine.force(callee))
    const { items } = foldable(machine, arr, 'foldr')
    let value = machine.force(init)
    for (let i = items.length - 1; i >= 0; i--) value = machine.call(fold, [items[i] as Lazy, value])
    return value
  }),
  makeArray: strict('sz func', (machine, size: Value, callee: Value) => {
    const count = integer(size)
    const make = func(callee)
    return machine.lazyArray(Math.max(0, count), (i) => machine.call(make, [i]))
  }),
  range: strict('from to', (machine, from: Value, to: Value) => {
    const first = integer(from)
    const last = integer(to)
    machine.spend(Math.max(0, last - first + 1))
    const items: number[] = []
    for (let i = first; i <= last; i++) items.push(i)
    return new ArrayValue(items)
  }),
  repeat: strict('what count', (machine, what: Value, count: Value) => {
    if (typeof what !== 'string' && !(what instanceof ArrayValue)) {
      throw new Failure('std.repeat first argument must be an array or a string')
    }
    const times = Math.max(0, integer(count))
    if (typeof what === 'string') {
      machine.checkLength(what.length * times)
      return what.repeat(times)
    }
    machine.spend(what.items.length * times)
    const items: Lazy[] = []
    for (let i = 0; i < times; i++) for (const item of what.items) items.push(item)
    return new ArrayValue(items)
  }),
  reverse: strict('arr', (_, arr: Value) => {
    return new ArrayValue([...array(arr).items].reverse())
  }),
  slice: strict('indexable index end step', (machine, target: Value, from: Value, to: Value, step: Value) =>
    sliceValue(machine, target, [from, to, step]),
  ),
  member: strict('arr x', (machine, arr: Value, x: Value) => {
    if (typeof arr === 'string') return text(x) !== '' && arr.includes(text(x))
    if (!(arr instanceof ArrayValue)) throw new Failure('std.member first argument must be an array or a string')
    return positions(machine, arr, x, true).length > 0
  }),
  contains: strict('arr elem', (machine, arr: Value, x: Value) => {
    return positions(machine, array(arr), x, true).length > 0
  }),
  count: lazy('arr x', (machine, [arr = null, x = null]) => positions(machine, array(machine.force(arr)), x).length),
  find: lazy('value arr', (machine, [x = null, arr = null]) => {
    const list = machine.force(arr)
    if (list instanceof ArrayValue) return new ArrayValue(positions(machine, list, x))
    throw new Failure(`find second parameter should be an array, got ${typeOf(list)}`)
  }),
  remove: strict('arr elem', (machine, arr: Value, x: Value) => {
    const list = array(arr)
    const [at] = positions(machine, list, x, true)
    return at === undefined ? list : without(list, at)
  }),
  removeAt: strict('arr at', (_, arr: Value, at: Value) => without(array(arr), number(at))),
  all: strict('arr', (machine, arr: Value) => booleans(machine, arr, 'all').every((item) => item())),
  any: strict('arr', (machine, arr: Value) => booleans(machine, arr, 'any').some((item) => item())),
  flattenArrays: strict('arrs', (machine, arrs: Value) => {
    const message = () => new Failure(`foldl second parameter should be string or array, got ${typeOf(arrs)}`)
    return machine
      .itemsOf(sequence(arrs, message))
      .reduce((all, item) => addValues(machine, all, item), new ArrayValue([]))
  }),
  flattenDeepArray: strict('value', (machine, value: Value) => {
    const items: Value[] = []
    flattenDeep(machine, value, items)
    return new ArrayValue(items)
  }),
}

function visibleCount(object: ObjectValue): number {
  return visibleFields(object).length
}

function required(fallbacks: readonly unknown[]): number {
  return fallbacks.filter((fallback) => fallback === undefined).length
}

function foldable(machine: Machine, arr: Lazy, name: string): ArrayValue {
  const value = machine.force(arr)
  return sequence(value, () => new Failure(`${name} second parameter should be string or array, got ${typeOf(value)}`))
}

function filter(machine: Machine, keep: Value, arr: ArrayValue): Lazy[] {
  const callee = func(keep)
  return arr.items.filter((item) => boolean(machine.call(callee, [item])))
}

function flatMap(machine: Machine, callee: Value, arr: Value): Value {
  if (!isFunction(callee)) throw unexpectedType(callee, 'function')
  if (typeof arr === 'string') {
    return charactersOf(arr)
      .map((character) => {
        const value = machine.call(callee, [character])
        if (typeof value === 'string') return value
        throw unexpectedType(value, 'string')
      })
      .join('')
  }
  if (!(arr instanceof ArrayValue)) {
    throw new Failure(`std.flatMap second param must be array / string, got ${typeOf(arr)}`)
  }
  const items: Lazy[] = []
  for (const item of arr.items) {
    const part = array(machine.call(callee, [item]))
    machine.spend(part.items.length)
    for (const inner of part.items) items.push(inner)
  }
  return new ArrayValue(items)
}

function positions(machine: Machine, arr: ArrayValue, x: Lazy, onlyFirst = false): number[] {
  const found: number[] = []
  for (let i = 0; i < arr.items.length; i++) {
    if (!equalValues(machine, machine.item(arr, i), machine.force(x))) continue
    found.push(i)
    if (onlyFirst) break
  }
  return found
}

function without(arr: ArrayValue, at: number): ArrayValue {
  return new ArrayValue(arr.items.filter((_, i) => i !== at))
}

function booleans(machine: Machine, arr: Value, name: string): (() => boolean)[] {
  if (!(arr instanceof ArrayValue)) throw new Failure(`${name}() parameter should be an array, got ${typeOf(arr)}`)
  return arr.items.map((_, i) => () => {
    const value = machine.item(arr, i)
    if (typeof value === 'boolean') return value
    throw new Failure(`element "${toText(machine, value)}" of type ${typeOf(value)} is not a boolean`)
  })
}

function flattenDeep(machine: Machine, value: Value, into: Value[]): void {
  if (!(value instanceof ArrayValue)) {
    into.push(value)
    return
  }
  machine.enter()
  for (const item of machine.itemsOf(value)) flattenDeep(machine, item, into)
  machine.leave()
}
