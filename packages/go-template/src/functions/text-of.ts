import { printValue } from '../format/print.ts'
import { GoBytes } from '../value/go-bytes.ts'
import { asList, type GoValue, stringList } from '../value/go-value.ts'

/** Text of any value as sprig makes it: strings and bytes as they are, the rest as `%v`. */
export function textOf(value: GoValue): string {
  if (typeof value === 'string') return value
  if (value instanceof GoBytes) return value.text()
  return printValue(value)
}

/** A `[]string` of any value as sprig makes it: elements of a list without nils, or the one value. */
export function textsOf(value: GoValue): string[] {
  const list = asList(value)
  if (list !== undefined)
    return stringList(list.filter((item) => item !== null && item !== undefined).map(textOf)) as string[]
  return stringList(value === null || value === undefined ? [] : [textOf(value)]) as string[]
}
