import { charactersOf, lengthOf, slicePoints } from '../evaluate/code-points.ts'
import { Failure } from '../evaluate/failure.ts'
import { type Machine, unexpectedType } from '../evaluate/machine.ts'
import { asNumber } from '../evaluate/operators.ts'
import { ArrayValue, type Lazy, typeOf, type Value } from '../evaluate/value.ts'

/** `target[from:to:step]` of an array or string; absent parts are `null`. */
export function sliceValue(machine: Machine, target: Value, parts: readonly [Value, Value, Value]): Value {
  if (typeof target !== 'string' && !(target instanceof ArrayValue)) {
    throw new Failure(`std.slice accepts a string or an array, but got: ${typeOf(target)}`)
  }
  const length = typeof target === 'string' ? lengthOf(target) : target.items.length
  const step = parts[2] === null ? 1 : asNumber(parts[2])
  const from = bound(parts[0], 0, length)
  const to = bound(parts[1], length, length)
  if (step < 0) throw new Failure(`got [${[from, to, step].join(':')}] but negative steps are not supported`)
  if (step === 0) throw new Failure(`got ${step} but step must be greater than 0`)
  if (typeof target === 'string') {
    if (step === 1) return slicePoints(target, from, Math.max(from, to))
    return every(charactersOf(target), [from, Math.min(to, length), step]).join('')
  }
  machine.spend(Math.max(0, Math.min(to, length) - from))
  return new ArrayValue(every<Lazy>(target.items, [from, Math.min(to, length), step]))
}

function bound(part: Value, byDefault: number, length: number): number {
  if (part === null) return byDefault
  if (typeof part === 'string') throw unexpectedType(0, 'string')
  const number = asNumber(part)
  return number < 0 ? Math.max(0, length + number) : number
}

function every<T>(items: readonly T[], [from, to, step]: readonly [number, number, number]): T[] {
  const picked: T[] = []
  for (let i = from; i < to; i += step) if (i < items.length) picked.push(items[Math.trunc(i)] as T)
  return picked
}
