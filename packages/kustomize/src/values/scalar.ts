/** What YAML says a scalar is. */
export type ScalarTag = 'str' | 'int' | 'float' | 'bool' | 'null' | 'time' | 'binary'

/**
 * A scalar whose text is not what its value prints as (`1.10`, `0x1F`, `~`, a timestamp, an integer beyond 2^53).
 * Replacements and variables copy the text, the output is the value.
 */
export class OddScalar {
  readonly tag: ScalarTag
  readonly text: string
  readonly value: string | number | bigint | boolean | null
  constructor(tag: ScalarTag, text: string, value: OddScalar['value']) {
    this.tag = tag
    this.text = text
    this.value = value
  }
}

/** A key without a value: written nowhere once a patch has walked over it, unlike an explicit `null`. */
export const emptyNull = new OddScalar('null', '', null)

const words = new Map<string, OddScalar | boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['', emptyNull],
  ...['True', 'TRUE'].map((text) => [text, new OddScalar('bool', text, true)] as const),
  ...['False', 'FALSE'].map((text) => [text, new OddScalar('bool', text, false)] as const),
  ...['~', 'Null', 'NULL'].map((text) => [text, new OddScalar('null', text, null)] as const),
  ...['.nan', '.NaN', '.NAN'].map((text) => [text, new OddScalar('float', text, Number.NaN)] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (text) => [text, new OddScalar('float', text, Number.POSITIVE_INFINITY)] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map((text) => [text, new OddScalar('float', text, Number.NEGATIVE_INFINITY)] as const),
])

const plainInteger = /^(?:0|-?[1-9][0-9]{0,14})$/
const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/

/** The value of a plain scalar by the rules of go-yaml 3: `yes` and `on` are strings, `0777` is octal. */
export function resolvePlain(text: string): unknown {
  const first = text.charCodeAt(0)
  // Most scalars start with a letter that no word, number or sign starts with.
  if (
    first > 57 &&
    first !== 84 &&
    first !== 70 &&
    first !== 78 &&
    first !== 116 &&
    first !== 102 &&
    first !== 110 &&
    first !== 126
  )
    return text
  const word = words.get(text)
  if (word !== undefined) return word
  if (plainInteger.test(text)) return Number(text)
  const digitLike = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46
  return digitLike ? resolveNumber(text) : text
}

function resolveNumber(text: string): unknown {
  const time = parseTimestamp(text)
  if (time !== undefined) return new OddScalar('time', text, time)
  const bare = text.includes('_') && !text.startsWith('.') ? text.replaceAll('_', '') : text
  const match = integer.exec(bare)
  const whole = match === null ? undefined : integerOf(match)
  if (whole !== undefined) return canonical('int', text, whole)
  if (!float.test(bare)) return text
  const value = Number(bare)
  return Number.isFinite(value) ? canonical('float', text, value + 0) : text
}

function canonical(tag: ScalarTag, text: string, value: number | bigint): unknown {
  return typeof value === 'number' && String(value) === text ? value : new OddScalar(tag, text, value)
}

/** Integers of up to 64 bits; undefined for larger ones, which are floats. */
function integerOf(match: RegExpExecArray): number | bigint | undefined {
  const [, sign, hex, binary, octal, decimal] = match
  const digits =
    hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : octal !== undefined ? `0o${octal}` : decimal
  const value = sign === '-' ? -BigInt(digits ?? '0') : BigInt(digits ?? '0')
  if (value >= 1n << 64n || value < -(1n << 63n)) return undefined
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

const timestamp =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d{1,9})?(Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d{1,9})?)?$/

/** A timestamp in the form in which Go writes it to JSON. */
function parseTimestamp(text: string): string | undefined {
  const match = timestamp.exec(text)
  if (match === null) return undefined
  const [, year = '', month = '', day = '', h, m, s, fraction, zone, h2, m2, s2, fraction2] = match
  const [hour, minute, second] = [h ?? h2 ?? '0', m ?? m2 ?? '0', s ?? s2 ?? '0']
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  const valid = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days
  if (!valid || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const two = (part: string) => part.padStart(2, '0')
  const rest = (fraction ?? fraction2 ?? '').replace(/\.?0+$/, '')
  const offset = zone === undefined || zone === '+00:00' || zone === '-00:00' ? 'Z' : zone
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${rest}${offset}`
}

/** The text of a scalar as its node holds it; mappings and lists have none. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof OddScalar) return value.text
  return typeof value === 'object' && value !== null ? '' : value === undefined ? '' : String(value)
}

/** What YAML says a scalar is; undefined for mappings and lists. */
export function tagOf(value: unknown): ScalarTag | undefined {
  switch (typeof value) {
    case 'string':
      return 'str'
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float'
    case 'boolean':
      return 'bool'
    default:
      return value === null ? 'null' : value instanceof OddScalar ? value.tag : undefined
  }
}

/** True for an absent value and for every way to write null. */
export function isNull(value: unknown): boolean {
  return value === undefined || value === null || (value instanceof OddScalar && value.tag === 'null')
}

/** True for mappings. */
export function isMap(value: unknown): value is { [field: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof OddScalar)
}

/** True for scalars, null included. */
export function isScalar(value: unknown): boolean {
  return value !== undefined && !Array.isArray(value) && !isMap(value)
}

/** The scalar that a text is under a tag that it keeps; undefined when the text is none of that tag. */
export function retag(text: string, tag: ScalarTag): unknown {
  if (tag === 'str') return text
  const resolved = resolvePlain(text)
  const found = tagOf(resolved)
  if (found === tag || (tag === 'float' && found === 'int')) return resolved
  return undefined
}

/** The JSON value of a scalar; integers beyond 2^53 stay big. */
export function plainScalar(value: OddScalar): string | number | bigint | boolean | null {
  return value.value
}
