import { printBrief } from '../manifest/number.ts'
import { toText } from '../manifest/text.ts'
import type { BinaryOperator } from '../syntax/ast.ts'
import { compareTexts } from './code-points.ts'
import { Failure } from './failure.ts'
import { type Machine, unexpectedType } from './machine.ts'
import { fieldVisibility, inherit } from './object-fields.ts'
import { ArrayValue, isFunction, ObjectValue, typeOf, type Value } from './value.ts'

/** A number that is finite; anything else is an overflow. */
export function finite(value: number): number {
  if (Number.isFinite(value)) return value
  throw new Failure(Number.isNaN(value) ? 'Not a number' : 'Overflow')
}

export function asNumber(value: Value): number {
  if (typeof value === 'number') return value
  throw unexpectedType(value, 'number')
}

export function asBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value
  throw unexpectedType(value, 'boolean')
}

/** `left + right`. */
export function addValues(machine: Machine, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return finite(left + right)
  if (typeof left === 'string' || typeof right === 'string') {
    const a = typeof left === 'string' ? left : toText(machine, left)
    const b = typeof right === 'string' ? right : toText(machine, right)
    machine.checkLength(a.length + b.length)
    return a + b
  }
  if (typeof left === 'number') throw unexpectedType(right, 'number')
  if (left instanceof ArrayValue) {
    if (!(right instanceof ArrayValue)) throw unexpectedType(right, 'array')
    if (right.items.length === 0) return left
    if (left.items.length === 0) return right
    machine.spend(left.items.length + right.items.length)
    return new ArrayValue(left.items.concat(right.items))
  }
  if (left instanceof ObjectValue) {
    if (!(right instanceof ObjectValue)) throw unexpectedType(right, 'object')
    return inherit(left, right)
  }
  throw new Failure(`Unexpected type ${typeOf(left)}`)
}

const safe = Number.MAX_SAFE_INTEGER

function asBits(value: Value): bigint {
  const number = asNumber(value)
  if (number < -safe || number > safe) {
    throw new Failure(`Bitwise operator argument ${printBrief(number)} outside of range [${-safe}, ${safe}]`)
  }
  return BigInt(Math.trunc(number))
}

function shift(left: Value, right: Value, toLeft: boolean): number {
  const bits = asBits(left)
  const by = asBits(right)
  if (by < 0n) throw new Failure('Shift by negative exponent.')
  const count = by % 64n
  if (!toLeft) return Number(bits >> count)
  return Number(BigInt.asIntN(64, bits << count))
}

type Operation = (machine: Machine, left: Value, right: Value) => Value

/** The strict binary operators but `%` and `in`, which belong to the library. */
export const operations: Readonly<Partial<Record<BinaryOperator, Operation>>> = {
  '+': addValues,
  '-': (_, left, right) => finite(asNumber(left) - asNumber(right)),
  '*': (_, left, right) => finite(asNumber(left) * asNumber(right)),
  '/': (_, left, right) => {
    const dividend = asNumber(left)
    const divisor = asNumber(right)
    if (divisor === 0) throw new Failure('Division by zero.')
    return finite(dividend / divisor)
  },
  '<<': (_, left, right) => shift(left, right, true),
  '>>': (_, left, right) => shift(left, right, false),
  '&': (_, left, right) => Number(asBits(left) & asBits(right)),
  '^': (_, left, right) => Number(asBits(left) ^ asBits(right)),
  '|': (_, left, right) => Number(asBits(left) | asBits(right)),
  '<': (machine, left, right) => compareValues(machine, left, right) < 0,
  '<=': (machine, left, right) => compareValues(machine, left, right) <= 0,
  '>': (machine, left, right) => compareValues(machine, left, right) > 0,
  '>=': (machine, left, right) => compareValues(machine, left, right) >= 0,
  '==': (machine, left, right) => equalValues(machine, left, right),
  '!=': (machine, left, right) => !equalValues(machine, left, right),
}

export function bitNot(value: Value): number {
  return Number(~asBits(value))
}

/** Orders numbers, strings and arrays of them; other types and mixtures are errors. */
export function compareValues(machine: Machine, left: Value, right: Value): number {
  if (typeof left === 'number') return left - asNumber(right) || 0
  if (typeof left === 'string') {
    if (typeof right !== 'string') throw unexpectedType(right, 'string')
    return compareTexts(left, right)
  }
  if (!(left instanceof ArrayValue)) throw new Failure(`Unexpected type ${typeOf(left)}`)
  if (!(right instanceof ArrayValue)) throw unexpectedType(right, 'array')
  const length = Math.min(left.items.length, right.items.length)
  for (let i = 0; i < length; i++) {
    machine.enter()
    const order = compareValues(machine, machine.item(left, i), machine.item(right, i))
    machine.leave()
    if (order !== 0) return order
  }
  return left.items.length - right.items.length
}

/** `==`: deep, on visible fields; functions cannot be compared. */
export function equalValues(machine: Machine, left: Value, right: Value): boolean {
  if (typeof left !== 'object' || left === null || typeof right !== 'object' || right === null) return left === right
  if (isFunction(left)) {
    if (isFunction(right)) throw new Failure('Cannot test equality of functions')
    return false
  }
  if (isFunction(right)) return false
  machine.enter()
  let equal = false
  if (left instanceof ArrayValue) equal = right instanceof ArrayValue && equalArrays(machine, left, right)
  else equal = right instanceof ObjectValue && equalObjects(machine, left, right)
  machine.leave()
  return equal
}

function equalArrays(machine: Machine, left: ArrayValue, right: ArrayValue): boolean {
  if (left.items.length !== right.items.length) return false
  for (let i = 0; i < left.items.length; i++) {
    if (!equalValues(machine, machine.item(left, i), machine.item(right, i))) return false
  }
  return true
}

function equalObjects(machine: Machine, left: ObjectValue, right: ObjectValue): boolean {
  const names = visibleFields(left)
  const others = visibleFields(right)
  if (names.length !== others.length || names.some((name, i) => name !== others[i])) return false
  return names.every((name) => equalValues(machine, machine.field(left, name), machine.field(right, name)))
}

/** Names of the fields that show, in code point order. */
export function visibleFields(object: ObjectValue): string[] {
  const names: string[] = []
  for (const [name, visible] of fieldVisibility(object)) if (visible) names.push(name)
  return names.sort(compareTexts)
}

/** All field names, in code point order. */
export function allFields(object: ObjectValue): string[] {
  return [...fieldVisibility(object).keys()].sort(compareTexts)
}

/** The element or character at an index, which is cut to an integer. */
export function elementAt(machine: Machine, array: ArrayValue, index: Value): Value {
  const at = Math.trunc(asNumber(index))
  if (at >= 0 && at < array.items.length) return machine.item(array, at)
  throw outOfBounds(at, array.items.length)
}

export function outOfBounds(index: number, length: number): Failure {
  return new Failure(`Index ${index} out of bounds, not within [0, ${length})`)
}
