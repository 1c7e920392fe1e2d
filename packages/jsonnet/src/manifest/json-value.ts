import type { Machine } from '../evaluate/machine.ts'
import { visibleFields } from '../evaluate/operators.ts'
import { ArrayValue, isFunction, type Value } from '../evaluate/value.ts'

/** Data as JSON knows it. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue }

/** A value that was printed before, as data; keys in code point order. */
export function toJson(machine: Machine, value: Value): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof ArrayValue) return machine.itemsOf(value).map((item) => toJson(machine, item))
  if (isFunction(value)) return null
  const data: { [name: string]: JsonValue } = {}
  for (const name of visibleFields(value)) {
    const field = toJson(machine, machine.field(value, name))
    if (name === '__proto__') Object.defineProperty(data, name, { value: field, enumerable: true, writable: true })
    else data[name] = field
  }
  return data
}
