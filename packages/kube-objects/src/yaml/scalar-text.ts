import { isPlainString } from './scalar.ts'

/** Where a scalar is written. */
export interface ScalarPlace {
  /** Column of the character before which a space is put. */
  column: number
  /** Indentation of continuation lines. */
  indent: number
  /** Keys are never broken into lines. */
  key: boolean
}

/** Lines longer than this are broken at the next single space. */
const width = 80
/** Strings that are plain in every context unless they are a word or a number. */
const simple = /^[A-Za-z_/][A-Za-z0-9_./-]*$/
// Plain at the start: no indicator, no space; anywhere: no ": ", no " #"; at the end: no ":" and no space.
const indicatorStart = /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$)|---|\.\.\.)/
const indicatorWithin = /:(?:[ \t]|$)|[ \t]#/

/** Writes a string as go-yaml's emitter does in block context, without the space before it. */
export function scalarText(value: string, place: ScalarPlace): string {
  if (value.length < 40 && simple.test(value) && (value.length > 5 || isPlainString(value))) return value
  if (value.includes('\n')) {
    return !place.key && isBlockAllowed(value) ? literal(value, place.indent) : doubleQuoted(value, place)
  }
  if (hasSpecial(value) || !isPlainString(value)) return doubleQuoted(value, place)
  const plain =
    !value.startsWith(' ') && !value.endsWith(' ') && !indicatorStart.test(value) && !indicatorWithin.test(value)
  return plain ? folded(value, place) : `'${singleQuoted(value, place)}'`
}

/** Whether the emitter would have to escape something. */
export function hasSpecial(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (isSpecial(value.charCodeAt(i))) return true
  return false
}

function isSpecial(code: number): boolean {
  if (code >= 0x20 && code <= 0x7e) return false
  return (
    code < 0xa0 ||
    code === 0x2028 ||
    code === 0x2029 ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfeff ||
    code >= 0xfffe
  )
}

function isBlockAllowed(value: string): boolean {
  if (value.endsWith(' ') || value.includes(' \n')) return false
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code !== 10 && isSpecial(code)) return false
  }
  return true
}

function literal(value: string, indent: number): string {
  const hint = value.startsWith(' ') || value.startsWith('\n') ? '2' : ''
  const chomp = !value.endsWith('\n') ? '-' : value === '\n' || value.endsWith('\n\n') ? '+' : ''
  const lines = value.split('\n')
  if (value.endsWith('\n')) lines.pop()
  const pad = ' '.repeat(indent)
  let text = `|${hint}${chomp}`
  for (const line of lines) text += line === '' ? '\n' : `\n${pad}${line}`
  return text
}

function folded(value: string, place: ScalarPlace): string {
  return place.key || place.column + value.length < width ? value : breakLines(value, { ...place, inner: false })
}

function singleQuoted(value: string, place: ScalarPlace): string {
  const quoted = value.includes("'") ? value.replaceAll("'", "''") : value
  return place.key || place.column + quoted.length < width
    ? quoted
    : breakLines(quoted, { ...place, column: place.column + 1, inner: true })
}

/** Breaks at single spaces once the line is longer than the width; `inner` forbids breaks at both ends. */
function breakLines(value: string, place: ScalarPlace & { inner: boolean }): string {
  const pad = `\n${' '.repeat(place.indent)}`
  // One space stands between the indicator and the scalar.
  let column = place.column + 1
  let text = ''
  let spaces = false
  const last = value.length - 1
  for (let i = 0; i < value.length; i++) {
    const char = value[i]
    if (char === ' ') {
      const within = place.inner ? i > 0 && i < last : true
      if (!spaces && column > width && within && value[i + 1] !== ' ') {
        text += pad
        column = place.indent
      } else {
        text += ' '
        column++
      }
      spaces = true
    } else {
      text += char
      column++
      spaces = false
    }
  }
  return text
}

const shortEscapes: Readonly<Record<number, string>> = {
  0: '0',
  7: 'a',
  8: 'b',
  9: 't',
  10: 'n',
  11: 'v',
  12: 'f',
  13: 'r',
  27: 'e',
  34: '"',
  92: '\\',
  133: 'N',
  160: '_',
  8232: 'L',
  8233: 'P',
}

function doubleQuoted(value: string, place: ScalarPlace): string {
  const pad = `\n${' '.repeat(place.indent)}`
  let text = '"'
  let column = place.column + 2
  let spaces = false
  const chars = [...value]
  // After a leading byte order mark the reference escapes everything.
  const marked = value.startsWith('\ufeff')
  const last = chars.length - 1
  for (let i = 0; i <= last; i++) {
    const char = chars[i] as string
    const code = char.codePointAt(0) ?? 0
    if (marked || code === 34 || code === 92 || code > 0xffff || isSpecial(code)) {
      const escaped = escapeOf(code)
      text += escaped
      column += escaped.length
      spaces = false
    } else if (char === ' ' && !place.key && !spaces && column > width && i > 0 && i < last) {
      text += pad
      column = place.indent
      if (chars[i + 1] === ' ') {
        text += '\\'
        column++
      }
      spaces = true
    } else {
      text += char
      column++
      spaces = char === ' '
    }
  }
  return `${text}"`
}

function escapeOf(code: number): string {
  const short = shortEscapes[code]
  if (short !== undefined) return `\\${short}`
  const hex = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}
