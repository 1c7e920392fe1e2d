import { Failure } from '../evaluate/failure.ts'
import type { Machine } from '../evaluate/machine.ts'
import { finite } from '../evaluate/operators.ts'
import { typeOf, type Value } from '../evaluate/value.ts'
import { formatText } from './format.ts'

/** `%` and `std.mod`: the remainder of numbers, or formatting when the left side is a string. */
export function formatOrModulo(machine: Machine, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return modulo(left, right)
  if (typeof left === 'string') return formatText(machine, left, right)
  throw new Failure(`Operator % cannot be used on types ${typeOf(left)} and ${typeOf(right)}.`)
}

/** The remainder with the sign of the dividend. */
export function modulo(left: number, right: number): number {
  if (right === 0) throw new Failure('Division by zero.')
  return finite(left % right)
}
