import { Failure } from '../evaluate/failure.ts'
import type { Machine } from '../evaluate/machine.ts'
import { equalValues } from '../evaluate/operators.ts'
import { isFunction, type Lazy, typeOf, type Value } from '../evaluate/value.ts'
import { quoteJson, toText } from '../manifest/text.ts'
import { type Library, lazy, strict, text } from './signature.ts'

const isType = (name: string) => strict('v', (_, v: Value) => typeOf(v) === name)

/** Types, equality, and what reaches outside the program. */
export const typeFunctions: Library = {
  type: strict('x', (_, x: Value) => typeOf(x)),
  id: strict('x', (_, x: Value) => x),
  isString: isType('string'),
  isNumber: isType('number'),
  isBoolean: isType('boolean'),
  isObject: isType('object'),
  isArray: isType('array'),
  isFunction: isType('function'),
  isNull: isType('null'),
  equals: strict('a b', (machine, a: Value, b: Value) => equalValues(machine, a, b)),
  primitiveEquals: strict('x y', (machine, x: Value, y: Value) => {
    if (typeOf(x) !== typeOf(y)) return false
    if (typeof x === 'object' && x !== null && !isFunction(x)) {
      throw new Failure(`primitiveEquals operates on primitive types, got ${typeOf(x)}`)
    }
    return equalValues(machine, x, y)
  }),
  assertEqual: strict('a b', (machine, a: Value, b: Value) => {
    if (equalValues(machine, a, b)) return true
    throw new Failure(`Assertion failed. ${shown(machine, a)} != ${shown(machine, b)}`)
  }),
  trace: lazy('str rest', (machine, [str = null, rest = null]: (Lazy | undefined)[]) => {
    const line = text(machine.force(str))
    machine.spend(line.length)
    machine.traces.push(line)
    return machine.force(rest)
  }),
  extVar: strict('x', (machine, x: Value) => {
    const name = text(x)
    const value = machine.external.get(name)
    if (value === undefined) throw new Failure(`Undefined external variable: ${name}`)
    return machine.force(value)
  }),
  // No native functions are registered, and the tool answers null for an unknown one.
  native: strict('x', (_, x: Value) => {
    text(x)
    return null
  }),
}

function shown(machine: Machine, value: Value): string {
  return typeof value === 'string' ? quoteJson(value) : toText(machine, value)
}
