import type { Source } from './source.ts'

const simpleEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** Resolves the escapes of a quoted string; `fail` makes the error for a wrong one. */
export function unescapeString(raw: string, fail: (reason: string) => Error): string {
  let out = ''
  let at = 0
  for (;;) {
    const slash = raw.indexOf('\\', at)
    if (slash < 0) return out + raw.slice(at)
    out += raw.slice(at, slash)
    const c = raw[slash + 1]
    if (c === undefined) throw fail('Truncated escape sequence in string literal.')
    if (c === 'u') {
      const unit = readUnicode(raw, slash + 2, fail)
      at = slash + 6
      if (unit < 0xd800 || unit >= 0xe000) {
        out += String.fromCharCode(unit)
        continue
      }
      if (raw[at] !== '\\' || raw[at + 1] !== 'u') {
        throw fail('Truncated unicode surrogate pair escape sequence in string literal.')
      }
      const low = readUnicode(raw, at + 2, fail)
      const paired = unit < 0xdc00 && low >= 0xdc00 && low < 0xe000
      out += paired ? String.fromCharCode(unit, low) : '\ufffd'
      at += 6
      continue
    }
    const simple = simpleEscapes[c]
    if (simple === undefined) throw fail(`Unknown escape sequence in string literal: \\${c}`)
    out += simple
    at = slash + 2
  }
}

function readUnicode(raw: string, at: number, fail: (reason: string) => Error): number {
  const hex = raw.slice(at, at + 4)
  if (hex.length < 4) throw fail('Truncated unicode escape sequence in string literal.')
  // The tool quotes the start of the string, not of the escape.
  if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw fail(`Unicode escape sequence was malformed: ${raw.slice(0, 4)}`)
  return Number.parseInt(hex, 16)
}

const indentation = /[ \t]*/y

/** Reads a text block that starts at `begin`: its lines without the first line's indentation. */
export function readTextBlock(source: Source, begin: number): { value: string; end: number } {
  const text = source.text
  let at = begin + 3
  const chomp = text[at] === '-'
  if (chomp) at += 1
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') at += 1
  if (text[at] !== '\n') throw source.fail(begin, begin, 'Text block requires new line after |||.')
  at += 1
  let value = ''
  while (text[at] === '\n') {
    value += '\n'
    at += 1
  }
  const indent = indentationAt(text, at)
  if (indent === '') throw source.fail(begin, begin, "Text block's first line must start with whitespace")
  while (text.startsWith(indent, at)) {
    const end = text.indexOf('\n', at)
    if (end < 0) throw source.fail(begin, begin, 'Unexpected EOF')
    value += text.slice(at + indent.length, end + 1)
    at = end + 1
    while (text[at] === '\n') {
      value += '\n'
      at += 1
    }
  }
  at += indentationAt(text, at).length
  if (!text.startsWith('|||', at)) throw source.fail(begin, begin, 'Text block not terminated with |||')
  return { value: chomp ? value.replace(/\n$/, '') : value, end: at + 3 }
}

function indentationAt(text: string, at: number): string {
  indentation.lastIndex = at
  return indentation.exec(text)?.[0] ?? ''
}
