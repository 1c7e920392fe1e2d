import { byteLength, textToBytes } from '../value/bytes.ts'
import { GoBytes } from '../value/go-bytes.ts'
import { GoObject, type GoValue, isList, isMap, sortedKeys } from '../value/go-value.ts'
import { Int } from '../value/int.ts'
import { typeName } from '../value/kind.ts'
import { formatFloat } from './float.ts'
import { printValue } from './print.ts'
import { quoteGo, quoteRune } from './quote.ts'

/** Flags of one verb. */
interface Directive {
  plus: boolean
  minus: boolean
  sharp: boolean
  space: boolean
  zero: boolean
  width: number | undefined
  precision: number | undefined
}

const maxNumber = 1_000_000

/** Formats as Go's `fmt.Sprintf`. */
export function sprintf(format: string, values: readonly GoValue[]): string {
  return new Printer(format, values).print()
}

class Printer {
  private readonly format: string
  private readonly values: readonly GoValue[]
  private position = 0
  private argument = 0
  private reordered = false
  private goodIndex = true
  private out = ''

  constructor(format: string, values: readonly GoValue[]) {
    this.format = format
    this.values = values
  }

  print(): string {
    for (;;) {
      const percent = this.format.indexOf('%', this.position)
      if (percent < 0) break
      this.out += this.format.slice(this.position, percent)
      this.position = percent + 1
      this.directive()
    }
    this.out += this.format.slice(this.position)
    if (!this.reordered && this.argument < this.values.length) this.out += this.extra()
    return this.out
  }

  private extra(): string {
    const rest = this.values.slice(this.argument)
    return `%!(EXTRA ${rest.map((value) => (isNil(value) ? '<nil>' : `${typeName(value)}=${printValue(value)}`)).join(', ')})`
  }

  private directive(): void {
    const flags = this.flags()
    let afterIndex = this.index()
    if (this.format[this.position] === '*') {
      this.position += 1
      flags.width = this.starred('%!(BADWIDTH)')
      if (flags.width !== undefined && flags.width < 0) {
        flags.width = -flags.width
        flags.minus = true
        flags.zero = false
      }
      afterIndex = false
    } else {
      flags.width = this.digits()
      if (afterIndex && flags.width !== undefined) this.goodIndex = false
    }
    afterIndex = this.precision(flags, afterIndex)
    if (!afterIndex) this.index()
    this.verb(flags)
  }

  private flags(): Directive {
    const flags: Directive = {
      plus: false,
      minus: false,
      sharp: false,
      space: false,
      zero: false,
      width: undefined,
      precision: undefined,
    }
    this.goodIndex = true
    for (; ; this.position += 1) {
      const char = this.format[this.position]
      if (char === '#') flags.sharp = true
      else if (char === '0') flags.zero = true
      else if (char === '+') flags.plus = true
      else if (char === '-') flags.minus = true
      else if (char === ' ') flags.space = true
      else return flags
    }
  }

  private precision(flags: Directive, afterIndex: boolean): boolean {
    if (this.format[this.position] !== '.') return afterIndex
    this.position += 1
    if (afterIndex) this.goodIndex = false
    const indexed = this.index()
    if (this.format[this.position] === '*') {
      this.position += 1
      const value = this.starred('%!(BADPREC)')
      flags.precision = value !== undefined && value < 0 ? undefined : value
      if (value !== undefined && value < 0) this.out += '%!(BADPREC)'
      return false
    }
    flags.precision = this.digits() ?? 0
    return indexed
  }

  private digits(): number | undefined {
    const match = /^\d+/.exec(this.format.slice(this.position, this.position + 12))
    if (match === null) return undefined
    const value = Number(match[0])
    this.position += match[0].length
    return value > maxNumber ? undefined : value
  }

  private starred(bad: string): number | undefined {
    const value = this.values[this.argument]
    if (value instanceof Int && value.value >= -1_000_000n && value.value <= 1_000_000n) {
      this.argument += 1
      return Number(value.value)
    }
    if (this.argument < this.values.length) this.argument += 1
    this.out += bad
    return undefined
  }

  /** An explicit argument index such as `[2]`. */
  private index(): boolean {
    if (this.format[this.position] !== '[') return false
    this.reordered = true
    const close = this.format.indexOf(']', this.position)
    const number = close < 0 ? '' : this.format.slice(this.position + 1, close)
    this.position = close < 0 ? this.position + 1 : close + 1
    const wanted = /^\d+$/.test(number) ? Number(number) - 1 : -1
    if (wanted < 0 || wanted >= this.values.length) {
      this.goodIndex = false
      return close >= 0
    }
    this.argument = wanted
    return true
  }

  private verb(flags: Directive): void {
    const code = this.format.codePointAt(this.position)
    if (code === undefined) {
      this.out += '%!(NOVERB)'
      return
    }
    const verb = String.fromCodePoint(code)
    this.position += verb.length
    if (verb === '%') this.out += '%'
    else if (!this.goodIndex) this.out += `%!${verb}(BADINDEX)`
    else if (this.argument >= this.values.length) this.out += `%!${verb}(MISSING)`
    else {
      const value = this.values[this.argument]
      this.argument += 1
      if (verb === 'v') flags.plus = false
      this.out += formatValue(value, verb, flags)
    }
  }
}

const isNil = (value: GoValue) => value === undefined || value === null

function formatValue(value: GoValue, verb: string, flags: Directive): string {
  if (isNil(value)) {
    if (verb === 'T' || verb === 'v') return pad('<nil>', flags)
    return badVerb(value, verb, flags)
  }
  if (verb === 'T') return formatText(typeName(value), 's', flags)
  if (typeof value === 'string') return formatText(value, verb, flags)
  if (typeof value === 'number') return formatNumber(value, verb, flags)
  if (typeof value === 'boolean')
    return verb === 't' || verb === 'v' ? pad(String(value), flags) : badVerb(value, verb, flags)
  if (value instanceof Int) return formatInt(value, verb, flags)
  return formatCompound(value as GoValue, verb, flags)
}

function formatCompound(value: GoValue, verb: string, flags: Directive): string {
  if (value instanceof GoBytes && 'sqxX'.includes(verb)) return formatText(value.text(), verb, flags)
  if (value instanceof GoObject) {
    const number = value.numeric()
    const asNumber = number !== undefined && 'bcdoOqxXU'.includes(verb)
    return asNumber ? formatInt(number, verb, flags) : pad(value.print(), flags)
  }
  if (isList(value)) {
    const items = value.map((item) => formatItem(item, verb, flags))
    return verb === 'v' && flags.sharp ? `${typeName(value)}{${items.join(', ')}}` : `[${items.join(' ')}]`
  }
  if (!isMap(value)) return badVerb(value, verb, flags)
  if (verb === 'v' && flags.sharp) {
    return `${typeName(value)}{${sortedKeys(value)
      .map((key) => `${quoteGo(key)}:${formatItem(value[key], verb, flags)}`)
      .join(', ')}}`
  }
  return `map[${sortedKeys(value)
    .map((key) => `${formatItem(key, verb, flags)}:${formatItem(value[key], verb, flags)}`)
    .join(' ')}]`
}

/** An element of a compound: nil prints as `<nil>` under any verb. */
function formatItem(value: GoValue, verb: string, flags: Directive): string {
  if (!isNil(value)) return formatValue(value, verb, flags)
  return verb === 'v' && flags.sharp ? 'interface {}(nil)' : '<nil>'
}

function badVerb(value: GoValue, verb: string, flags: Directive): string {
  if (isNil(value)) return `%!${verb}(<nil>)`
  return `%!${verb}(${typeName(value)}=${formatValue(value, 'v', flags)})`
}

/** Pads to the width; zeros only where the caller asks for them. */
function pad(text: string, flags: Directive, zeros = false): string {
  const width = flags.width ?? 0
  const length = byteLength(text) === text.length ? text.length : Array.from(text).length
  if (length >= width) return text
  if (flags.minus) return text + ' '.repeat(width - length)
  return (zeros && flags.zero ? '0' : ' ').repeat(width - length) + text
}

function formatText(text: string, verb: string, flags: Directive): string {
  const cut = flags.precision === undefined ? text : Array.from(text).slice(0, flags.precision).join('')
  switch (verb) {
    case 'v':
      return flags.sharp ? pad(quoteGo(cut), flags) : pad(cut, flags, true)
    case 's':
      return pad(cut, flags, true)
    case 'q':
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters rule out a raw string
      if (flags.sharp && !/[`\u0000-\u0008\u000a-\u001f\u007f\ufeff]/.test(cut)) return pad(`\`${cut}\``, flags, true)
      return pad(quoteGo(cut, flags.plus), flags, true)
    case 'x':
    case 'X':
      return pad(hexText(text, verb, flags), flags, true)
    default:
      return badVerb(text, verb, flags)
  }
}

function hexText(text: string, verb: string, flags: Directive): string {
  const bytes = textToBytes(text).subarray(0, flags.precision)
  const prefix = flags.sharp ? `0${verb}` : ''
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
  const joined = flags.space ? prefix + pairs.join(` ${prefix}`) : prefix + pairs.join('')
  if (bytes.length === 0) return ''
  return verb === 'X' ? joined.toUpperCase() : joined
}

const floatVerbs = new Set(['e', 'E', 'f', 'F', 'g', 'G', 'b', 'x', 'X'])

function formatNumber(value: number, verb: string, flags: Directive): string {
  const real = verb === 'v' ? 'g' : verb
  if (!floatVerbs.has(real)) return badVerb(value, verb, flags)
  const precision = flags.precision ?? ('eEfF'.includes(real) ? 6 : -1)
  let text = formatFloat(value, real, precision)
  if (flags.sharp && verb !== 'v' && 'gG'.includes(real)) text = sharpened(value, real, flags.precision)
  const signed = text.startsWith('-') || text.startsWith('+')
  const sign = signed ? (text.startsWith('+') && !flags.plus ? '' : text[0]) : flags.plus ? '+' : flags.space ? ' ' : ''
  const body = signed ? text.slice(1) : text
  if (!Number.isFinite(value)) {
    const shown = Number.isNaN(value)
      ? `${flags.plus ? '+' : flags.space ? ' ' : ''}NaN`
      : (sign || (flags.plus ? '+' : '')) + body
    return pad(value === Infinity && !flags.plus ? `+${body}` : shown, { ...flags, zero: false })
  }
  return padNumber(sign ?? '', body, flags)
}

/** `%#g` keeps trailing zeros. */
function sharpened(value: number, verb: string, precision: number | undefined): string {
  const digits = precision === undefined ? 6 : Math.max(precision, 1)
  const exponent =
    value === 0
      ? 0
      : Number(
          Math.abs(value)
            .toExponential(digits - 1)
            .split('e')[1],
        )
  if (exponent < -4 || exponent >= digits) return formatFloat(value, verb === 'G' ? 'E' : 'e', digits - 1)
  const text = formatFloat(value, 'f', digits - 1 - exponent)
  return text.includes('.') ? text : `${text}.`
}

/** Puts zeros between sign and digits. */
function padNumber(sign: string, body: string, flags: Directive): string {
  const width = flags.width ?? 0
  if (flags.zero && !flags.minus) return sign + body.padStart(width - sign.length, '0')
  return pad(sign + body, flags)
}

const radix: Readonly<Record<string, number>> = { d: 10, v: 10, b: 2, o: 8, O: 8, x: 16, X: 16 }
const prefixes: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X' }

function formatInt(value: Int, verb: string, flags: Directive): string {
  if (verb === 'c') return pad(runeText(value.value), flags, true)
  if (verb === 'q') return pad(quoteRune(Number(value.value), flags.plus), flags, true)
  if (verb === 'U') return pad(unicode(value.value, flags), { ...flags, zero: false })
  const base = radix[verb]
  if (base === undefined) return badVerb(value, verb, flags)
  const negative = value.value < 0n
  let digits = (negative ? -value.value : value.value).toString(base)
  if (verb === 'X') digits = digits.toUpperCase()
  if (flags.precision === 0 && value.value === 0n) return pad('', { ...flags, zero: false })
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : ''
  const hexPlain = value.unsigned && verb === 'v' && flags.sharp
  const prefix = hexPlain ? '0x' : verb === 'O' ? '0o' : flags.sharp && verb !== 'v' ? (prefixes[verb] ?? '') : ''
  if (hexPlain) digits = value.value.toString(16)
  if (flags.precision !== undefined) {
    digits = digits.padStart(flags.precision, '0')
    return pad(sign + prefix + digits, { ...flags, zero: false })
  }
  if (flags.zero && !flags.minus && flags.width !== undefined) digits = digits.padStart(flags.width - sign.length, '0')
  return pad(sign + (prefix === '0' && digits.startsWith('0') ? '' : prefix) + digits, flags)
}

function runeText(code: bigint): string {
  const valid = code >= 0n && code <= 0x10ffffn && !(code >= 0xd800n && code <= 0xdfffn)
  return String.fromCodePoint(valid ? Number(code) : 0xfffd)
}

function unicode(code: bigint, flags: Directive): string {
  const hex = code
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(4, flags.precision ?? 4), '0')
  return flags.sharp ? `U+${hex} '${runeText(code)}'` : `U+${hex}`
}
