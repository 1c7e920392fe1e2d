import { FunctionError } from '../errors.ts'
import { GoObject, type GoValue, isList, sortedKeys } from '../value/go-value.ts'
import { Int } from '../value/int.ts'

/** How JSON is written. */
export interface JsonStyle {
  /** Indent of one level; empty for one line. */
  readonly indent: string
  /** Whether `<`, `>` and `&` are written as escapes, as Go does unless told otherwise. */
  readonly escapeHtml: boolean
}

/** Writes a value as Go's encoding/json does: keys sorted, numbers in Go's form. */
export function writeJson(value: GoValue, style: JsonStyle = { indent: '', escapeHtml: true }): string {
  return write(value, style, '')
}

function write(value: GoValue, style: JsonStyle, margin: string): string {
  if (value === undefined || value === null) return 'null'
  switch (typeof value) {
    case 'string':
      return writeText(value, style.escapeHtml)
    case 'number':
      return writeNumber(value)
    case 'boolean':
      return value ? 'true' : 'false'
  }
  if (value instanceof Int) return value.toString()
  if (value instanceof GoObject) return write(value.plain() as GoValue, style, margin)
  const inner = margin + style.indent
  if (isList(value)) {
    return enclose(
      '[]',
      value.map((item) => write(item, style, inner)),
      { style, margin },
    )
  }
  const colon = style.indent === '' ? ':' : ': '
  const items = sortedKeys(value).map(
    (key) => writeText(key, style.escapeHtml) + colon + write(value[key], style, inner),
  )
  return enclose('{}', items, { style, margin })
}

function enclose(brackets: string, items: string[], place: { style: JsonStyle; margin: string }): string {
  const { style, margin } = place
  if (items.length === 0) return brackets
  if (style.indent === '') return brackets[0] + items.join(',') + brackets[1]
  const inner = margin + style.indent
  return `${brackets[0]}\n${inner}${items.join(`,\n${inner}`)}\n${margin}${brackets[1]}`
}

/** Shortest form; exponents below 1e-6 and from 1e21 on. */
export function writeNumber(value: number): string {
  if (!Number.isFinite(value))
    throw new FunctionError(`json: unsupported value: ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`)
  if (Object.is(value, -0)) return '-0'
  const text = String(value)
  if (!text.includes('e')) return text
  const size = Math.abs(value)
  return size < 1e-6 || size >= 1e21 ? text : plain(value)
}

function plain(value: number): string {
  return value.toFixed(20).replace(/0+$/, '')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes control characters
const needsEscape = /["\\\u0000-\u001f\u007f-\uffff]/
const needsHtmlEscape = /[<>&]/

function writeText(text: string, escapeHtml: boolean): string {
  if (!needsEscape.test(text)) return escapeHtml && needsHtmlEscape.test(text) ? `"${htmlSafe(text)}"` : `"${text}"`
  const quoted = JSON.stringify(text.toWellFormed())
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replace(/\ufffd/g, (char) => (text.includes('\ufffd') ? char : '\\ufffd'))
  return escapeHtml ? htmlSafe(quoted) : quoted
}

function htmlSafe(text: string): string {
  return text.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')
}

/** Reads JSON into template values, numbers as `float64`; raises `FunctionError` with a reason near Go's. */
export function readJson(text: string): GoValue {
  if (text.trim() === '') throw new FunctionError('unexpected end of JSON input')
  try {
    return JSON.parse(text) as GoValue
  } catch (cause) {
    throw new FunctionError(jsonReason(text, cause))
  }
}

/** Go's wording for the common mistakes. */
function jsonReason(text: string, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause)
  if (message.includes('Unexpected end')) return 'unexpected end of JSON input'
  const position = /at position (\d+)/.exec(message)?.[1]
  const char = position === undefined ? text.trimStart()[0] : text[Number(position)]
  if (char === undefined) return 'unexpected end of JSON input'
  const shown = char === "'" ? `'\\''` : char === '"' ? `'"'` : `'${char}'`
  const atStart = position === undefined || text.slice(0, Number(position)).trim() === ''
  return `invalid character ${shown} ${atStart ? 'looking for beginning of value' : 'after top-level value'}`
}
