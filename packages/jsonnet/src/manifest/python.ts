import { Failure } from '../evaluate/failure.ts'
import type { Machine } from '../evaluate/machine.ts'
import { visibleFields } from '../evaluate/operators.ts'
import { ArrayValue, isFunction, type ObjectValue, type Value } from '../evaluate/value.ts'
import { printNumber } from './number.ts'
import { quoteJson } from './text.ts'

/** `std.manifestPython`: a literal of Python. */
export function printPython(machine: Machine, value: Value): string {
  if (typeof value === 'string') return quoteJson(value)
  if (typeof value === 'number') return printNumber(value)
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (isFunction(value)) throw new Failure('cannot manifest function')
  machine.enter()
  const text =
    value instanceof ArrayValue
      ? `[${machine
          .itemsOf(value)
          .map((item) => printPython(machine, item))
          .join(', ')}]`
      : `{${fieldsOf(machine, value)
          .map(([name, item]) => `${quoteJson(name)}: ${item}`)
          .join(', ')}}`
  machine.leave()
  machine.checkLength(text.length)
  return text
}

/** `std.manifestPythonVars`: one assignment for each field. */
export function printPythonVars(machine: Machine, object: ObjectValue): string {
  return fieldsOf(machine, object)
    .map(([name, item]) => `${name} = ${item}\n`)
    .join('')
}

function fieldsOf(machine: Machine, object: ObjectValue): [string, string][] {
  return visibleFields(object).map((name) => [name, printPython(machine, machine.field(object, name))])
}
