import { Failure } from '../evaluate/failure.ts'
import { type Machine, unexpectedType } from '../evaluate/machine.ts'
import {
  ArrayValue,
  type FunctionValue,
  isFunction,
  type Lazy,
  NativeFunction,
  ObjectValue,
  typeOf,
  type Value,
} from '../evaluate/value.ts'
import { printBrief } from '../manifest/number.ts'

/** A table of library functions by name. */
export type Library = Readonly<Record<string, NativeFunction>>

/** What a strict function does with its evaluated arguments; absent optional ones are `undefined`. */
type Run = (machine: Machine, ...args: readonly never[]) => Value

/**
 * A function that evaluates all its arguments first, in order. `signature` names the parameters,
 * optional ones with a `?`: `'arr keyF?'`.
 */
export function strict(signature: string, run: Run): NativeFunction {
  const call = run as (machine: Machine, ...args: (Value | undefined)[]) => Value
  return lazy(signature, (machine, args) =>
    call(machine, ...args.map((argument) => (argument === undefined ? undefined : machine.force(argument)))),
  )
}

/** A function that evaluates its arguments by itself. */
export function lazy(signature: string, run: (machine: Machine, args: (Lazy | undefined)[]) => Value): NativeFunction {
  const names = signature === '' ? [] : signature.split(' ')
  const required = names.filter((name) => !name.endsWith('?')).length
  return new NativeFunction(
    '',
    names.map((name) => name.replace('?', '')),
    { required, run },
  )
}

export function text(value: Value): string {
  if (typeof value === 'string') return value
  throw unexpectedType(value, 'string')
}

/** A string whose absence the tool notices when it asks for the length. */
export function measured(value: Value): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') {
    throw new Failure(`Unexpected type ${typeOf(value)}`)
  }
  return text(value)
}

/** A number for a function that names itself in its error. */
export function numberFor(value: Value, what: string): number {
  if (typeof value === 'number') return value
  throw new Failure(`std.${what} expected number, got ${typeOf(value)}`)
}

export function number(value: Value): number {
  if (typeof value === 'number') return value
  throw unexpectedType(value, 'number')
}

/** A number without fraction. */
export function integer(value: Value): number {
  const found = number(value)
  if (Number.isSafeInteger(found)) return found
  throw new Failure(`Expected an integer, but got ${printBrief(found)}`)
}

export function boolean(value: Value): boolean {
  if (typeof value === 'boolean') return value
  throw unexpectedType(value, 'boolean')
}

export function array(value: Value): ArrayValue {
  if (value instanceof ArrayValue) return value
  throw unexpectedType(value, 'array')
}

export function object(value: Value): ObjectValue {
  if (value instanceof ObjectValue) return value
  throw unexpectedType(value, 'object')
}

export function func(value: Value): FunctionValue {
  if (isFunction(value)) return value
  throw unexpectedType(value, 'function')
}
