const named: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
}

const unprintable = /[\p{C}\p{Z}]/u

/** Whether Go's `strconv.IsPrint` holds: letters, marks, numbers, punctuation, symbols and the ASCII space. */
export function isPrintable(char: string): boolean {
  return char === ' ' || !unprintable.test(char)
}

/** Quotes a string as Go's `strconv.Quote` (`ascii`: `QuoteToASCII`) does. */
export function quoteGo(text: string, ascii = false): string {
  return `"${escapeGo(text, '"', ascii)}"`
}

/** Quotes a rune as Go's `%q` does. */
export function quoteRune(code: number, ascii = false): string {
  const char =
    code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd'
  return `'${escapeGo(char, "'", ascii)}'`
}

function escapeGo(text: string, delimiter: string, ascii: boolean): string {
  // Plain printable ASCII needs no work.
  if (!/[^\x20-\x7e]/.test(text) && !text.includes(delimiter) && !text.includes('\\')) return text
  let out = ''
  for (const char of text) out += escapeChar(char, delimiter, ascii)
  return out
}

function escapeChar(char: string, delimiter: string, ascii: boolean): string {
  if (char === delimiter) return `\\${char}`
  const known = named[char]
  if (known !== undefined) return known
  const code = char.codePointAt(0) as number
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`
  if (code < 0x7f ? code >= 0x20 : !ascii && isPrintable(char)) return char
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\U${code.toString(16).padStart(8, '0')}`
}

const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

/** Value of a Go string, raw string or character literal; `undefined` when its syntax is wrong. */
export function unquoteGo(literal: string): string | undefined {
  const quote = literal[0]
  if (literal.length < 2 || quote !== literal.at(-1)) return undefined
  const body = literal.slice(1, -1)
  if (quote === '`') return body.replaceAll('\r', '')
  if (quote !== '"' && quote !== "'") return undefined
  if (!body.includes('\\')) return body
  return unescapeBody(body, quote)
}

const escapePattern = /\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|)/g

function unescapeBody(body: string, quote: string): string | undefined {
  let bad = false
  let bytes = false
  const fail = () => {
    bad = true
    return ''
  }
  const out = body.replace(escapePattern, (_all, simple, hex, short, long, octal) => {
    if (simple === '"' || simple === "'") return simple === quote ? simple : fail()
    if (simple !== undefined) return simpleEscapes[simple] ?? fail()
    const byte =
      hex === undefined ? (octal === undefined ? undefined : Number.parseInt(octal, 8)) : Number.parseInt(hex, 16)
    if (byte !== undefined) {
      if (byte > 255) return fail()
      if (byte >= 0x80) bytes = true
      return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)
    }
    const code = Number.parseInt(short ?? long ?? '', 16)
    if (Number.isNaN(code) || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return fail()
    return String.fromCodePoint(code)
  })
  if (bad) return undefined
  return bytes ? joinBytes(out) : out
}

/** Joins escaped bytes that form valid UTF-8 together. */
function joinBytes(text: string): string {
  return text.replace(/[\udc80-\udcff]+/g, (run) => {
    const bytes = Buffer.from(Array.from(run, (char) => char.charCodeAt(0) - 0xdc00))
    const joined = bytes.toString('utf8')
    return joined.includes('\ufffd') ? run : joined
  })
}
