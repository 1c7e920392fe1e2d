import { lengthOf } from '../evaluate/code-points.ts'
import { Failure } from '../evaluate/failure.ts'
import type { Machine } from '../evaluate/machine.ts'
import { findField } from '../evaluate/object-fields.ts'
import { ArrayValue, ObjectValue, typeOf, type Value } from '../evaluate/value.ts'
import { printBrief } from '../manifest/number.ts'
import { toText } from '../manifest/text.ts'
import { type FormatCode, parseFormat } from './format-code.ts'
import { type NumberStyle, renderDecimal, renderHex, renderInteger, renderScientific } from './format-number.ts'

/** `std.format`: an array gives its elements in order, an object its fields by name, anything else itself. */
export function formatText(machine: Machine, format: string, values: Value): string {
  const parts = parseFormat(format)
  const text =
    values instanceof ObjectValue
      ? formatObject(machine, parts, values)
      : formatArray(machine, parts, values instanceof ArrayValue ? values : new ArrayValue([values]))
  machine.checkLength(text.length)
  return text
}

type Parts = readonly (string | FormatCode)[]

function formatArray(machine: Machine, parts: Parts, values: ArrayValue): string {
  let text = ''
  let next = 0
  const take = (): Value => {
    const count = values.items.length
    if (next >= count) throw new Failure(`Not enough values to format: ${count}, expected more than ${next}`)
    const value = machine.item(values, next)
    next += 1
    return value
  }
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    const width = part.width === '*' ? starNumber(take(), next - 1) : part.width
    const precision = part.precision === '*' ? starNumber(take(), next - 1) : part.precision
    if (part.conversion === '%') text += pad('%', width, part.left)
    else {
      const value = take()
      text += pad(convert(machine, value, { code: part, width, precision, at: String(next - 1) }), width, part.left)
    }
    machine.checkLength(text.length)
  }
  if (next < values.items.length) {
    throw new Failure(`Too many values to format: ${values.items.length}, expected ${next}`)
  }
  return text
}

function formatObject(machine: Machine, parts: Parts, values: ObjectValue): string {
  let text = ''
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    if (part.conversion === '%') {
      text += '%'
      continue
    }
    const { key, width, precision } = part
    if (key === undefined) throw new Failure('Mapping keys required.')
    if (width === '*') throw new Failure('Cannot use * field width with object.')
    if (precision === '*') throw new Failure('Cannot use * precision with object.')
    if (findField(values, key) === undefined) throw new Failure(`No such field: ${key}`)
    const value = machine.field(values, key)
    text += pad(convert(machine, value, { code: part, width, precision, at: key }), width, part.left)
    machine.checkLength(text.length)
  }
  return text
}

function starNumber(value: Value, at: number): number {
  if (typeof value === 'number') return value
  throw new Failure(`Unexpected type ${typeOf(value)}, expected number at ${at}`)
}

function pad(text: string, width: number, left: boolean): string {
  const missing = width - lengthOf(text)
  if (missing <= 0) return text
  return left ? text + ' '.repeat(missing) : ' '.repeat(missing) + text
}

interface Conversion {
  readonly code: FormatCode
  readonly width: number
  readonly precision: number | undefined
  /** The position or key that errors name. */
  readonly at: string
}

function convert(machine: Machine, value: Value, { code, width, precision, at }: Conversion): string {
  machine.checkLength(Math.max(width, precision ?? 0))
  const { conversion } = code
  if (conversion === 's') return toText(machine, value)
  if (conversion === 'c') return character(value)
  if (typeof value !== 'number') throw new Failure(`Format required number at ${at}, got ${typeOf(value)}`)
  const style: NumberStyle = {
    width: code.zero && !code.left ? width : 0,
    blank: code.blank,
    plus: code.plus,
    alternate: code.alternate,
    capitals: code.capitals,
  }
  switch (conversion) {
    case 'd':
      return renderInteger(value, style, { digits: precision ?? 0, radix: 10, prefix: '' })
    case 'o':
      return renderInteger(value, style, { digits: precision ?? 0, radix: 8, prefix: code.alternate ? '0' : '' })
    case 'x':
      return renderHex(value, style, precision ?? 0)
    case 'f':
      return renderDecimal(value, style, { trailing: true, precision: precision ?? 6 })
    case 'e':
      return renderScientific(value, style, { trailing: true, precision: precision ?? 6 })
    default:
      return general(value, style, precision ?? 6)
  }
}

function general(value: number, style: NumberStyle, precision: number): string {
  const exponent = value === 0 ? 0 : Math.floor(Math.log(Math.abs(value)) / Math.log(10))
  const trailing = style.alternate
  if (exponent < -4 || exponent >= precision) {
    return renderScientific(value, style, { trailing, precision: precision - 1 })
  }
  return renderDecimal(value, style, { trailing, precision: precision - Math.max(1, exponent + 1) })
}

function character(value: Value): string {
  if (typeof value === 'number') return codePoint(value)
  if (typeof value !== 'string') throw new Failure(`%c expected number / string, got: ${typeOf(value)}`)
  if (lengthOf(value) === 1) return value
  throw new Failure(`%c expected 1-sized string got: ${lengthOf(value)}`)
}

/** The character of a code point; what is none becomes the replacement character. */
export function codePoint(value: number): string {
  const point = Math.trunc(value)
  if (point > 0x10ffff) throw new Failure(`Invalid unicode codepoint, got ${printBrief(value)}`)
  if (point < 0) throw new Failure(`Codepoints must be >= 0, got ${printBrief(value)}`)
  return point >= 0xd800 && point < 0xe000 ? '\ufffd' : String.fromCodePoint(point)
}
