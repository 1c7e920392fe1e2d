import { printValue } from '../format/print.ts'
import { bytesToText } from '../value/bytes.ts'
import { elementType, type GoValue, isList, stringList } from '../value/go-value.ts'
import { Int } from '../value/int.ts'

/** Text of any value as sprig makes it: strings and bytes as they are, the rest as `%v`. */
export function textOf(value: GoValue): string {
  if (typeof value === 'string') return value
  if (isList(value) && value[elementType] === 'uint8') {
    return bytesToText(Uint8Array.from(value, (item) => (item instanceof Int ? Number(item.value) : 0)))
  }
  return printValue(value)
}

/** A `[]string` of any value as sprig makes it: elements of a list without nils, or the one value. */
export function textsOf(value: GoValue): string[] {
  if (isList(value))
    return stringList(value.filter((item) => item !== null && item !== undefined).map(textOf)) as string[]
  return stringList(value === null || value === undefined ? [] : [textOf(value)]) as string[]
}
