import { GoObject, type GoValue, isList, sortedKeys } from '../value/go-value.ts'
import { Int } from '../value/int.ts'
import { formatFloat } from './float.ts'

/** A value as `%v` prints it. */
export function printValue(value: GoValue): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return formatFloat(value, 'g')
    case 'boolean':
      return value ? 'true' : 'false'
    case 'undefined':
      return '<nil>'
  }
  if (value === null) return '<nil>'
  if (value instanceof Int) return value.value.toString()
  if (value instanceof GoObject) return value.print()
  if (isList(value)) return `[${value.map(printValue).join(' ')}]`
  return `map[${sortedKeys(value)
    .map((key) => `${key}:${printValue(value[key])}`)
    .join(' ')}]`
}

/** What an action such as `{{ .x }}` writes. */
export function printResult(value: GoValue): string {
  if (typeof value === 'string') return value
  return value === undefined ? '<no value>' : printValue(value)
}

/** Operands as `fmt.Sprint` joins them: a space between two operands when neither is a string. */
export function sprint(values: readonly GoValue[]): string {
  let out = ''
  let afterString = true
  for (const [index, value] of values.entries()) {
    const isString = typeof value === 'string'
    if (index > 0 && !isString && !afterString) out += ' '
    out += printValue(value)
    afterString = isString
  }
  return out
}

/** Operands as `fmt.Sprintln` joins them. */
export function sprintln(values: readonly GoValue[]): string {
  return `${values.map(printValue).join(' ')}\n`
}
