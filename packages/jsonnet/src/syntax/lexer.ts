import type { Source } from './source.ts'
import { readTextBlock, unescapeString } from './string-literal.ts'

export type StringStyle =
  | 'STRING_BLOCK'
  | 'STRING_DOUBLE'
  | 'STRING_SINGLE'
  | 'VERBATIM_STRING_DOUBLE'
  | 'VERBATIM_STRING_SINGLE'

/** A token; `text` is the name, operator or content. */
export interface Token {
  readonly kind: 'id' | 'keyword' | 'number' | 'string' | 'symbol' | 'operator' | 'eof'
  readonly text: string
  readonly begin: number
  readonly end: number
  /** How a string was written; blocks may not name an import. */
  readonly style?: StringStyle
}

const keywords = new Set(
  'assert else error false for function if import importstr importbin in local null tailstrict then self super true'.split(
    ' ',
  ),
)
const identifier = /[A-Za-z_][A-Za-z0-9_]*/y
/** Longer runs hold no operator; the bound keeps hostile runs from being read again and again. */
const operator = /[!$:~+\-&|^=<>*/%]{1,16}/y
const symbols = '{}[],.();'

/** Splits a source into tokens; the last one is `eof`. Throws `JSONNET_STATIC`. */
export function tokenize(source: Source): Token[] {
  const { text } = source
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    at = skipBlanks(source, at)
    if (at >= text.length) break
    const token = readToken(source, at)
    tokens.push(token)
    at = token.end
  }
  tokens.push({ kind: 'eof', text: 'end of file', begin: at, end: at })
  return tokens
}

function skipBlanks(source: Source, start: number): number {
  const { text } = source
  let at = start
  while (at < text.length) {
    const c = text[at] as string
    if (c === ' ' || c === '\t' || c === '\n' || c === '\r') at += 1
    else if (c === '#' || text.startsWith('//', at)) {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2)
      if (end < 0) throw source.fail(at, at, 'Multi-line comment has no terminating */')
      at = end + 2
    } else break
  }
  return at
}

function readToken(source: Source, at: number): Token {
  const { text } = source
  const c = text[at] as string
  if (symbols.includes(c)) return { kind: 'symbol', text: c, begin: at, end: at + 1 }
  if (c >= '0' && c <= '9') return readNumber(source, at)
  if (c === '"' || c === "'") return readQuoted(source, at)
  if (c === '@') return readVerbatim(source, at)
  if (text.startsWith('|||', at)) {
    const block = readTextBlock(source, at)
    return { kind: 'string', text: block.value, begin: at, end: block.end, style: 'STRING_BLOCK' }
  }
  identifier.lastIndex = at
  const word = identifier.exec(text)?.[0]
  if (word !== undefined) {
    return { kind: keywords.has(word) ? 'keyword' : 'id', text: word, begin: at, end: at + word.length }
  }
  operator.lastIndex = at
  const found = operator.exec(text)?.[0]
  if (found !== undefined) {
    const op = trimOperator(found)
    return { kind: 'operator', text: op, begin: at, end: at + op.length }
  }
  throw source.fail(at, at, `Could not lex the character '${goCharacter(text, at)}'`)
}

/** An operator ends before a comment or text block, and does not end in `+ - ~ ! $` unless it is that one character. */
function trimOperator(found: string): string {
  let op = found
  for (const stop of ['//', '/*', '|||']) {
    const at = op.indexOf(stop)
    if (at > 0) op = op.slice(0, at)
  }
  while (op.length > 1 && '+-~!$'.includes(op[op.length - 1] as string)) op = op.slice(0, -1)
  return op
}

function readQuoted(source: Source, begin: number): Token {
  const { text } = source
  const quote = text[begin] as string
  let at = begin + 1
  let escaped = false
  while (at < text.length && text[at] !== quote) {
    if (text[at] === '\\') {
      escaped = true
      at += 1
    }
    at += 1
  }
  if (at >= text.length) throw source.fail(begin, begin, 'Unterminated String')
  const raw = text.slice(begin + 1, at)
  const value = escaped ? unescapeString(raw, (reason) => escapeFailure(source, [begin, at + 1], reason)) : raw
  const style = quote === '"' ? 'STRING_DOUBLE' : 'STRING_SINGLE'
  return { kind: 'string', text: value, begin, end: at + 1, style }
}

/** The tool names the place of a wrong escape twice. */
function escapeFailure(source: Source, [begin, end]: [number, number], reason: string): Error {
  return source.fail(begin, end, `${source.describe(begin, end)} ${reason}`)
}

function readVerbatim(source: Source, begin: number): Token {
  const { text } = source
  const quote = text[begin + 1]
  if (quote !== '"' && quote !== "'") {
    throw source.fail(
      begin,
      begin,
      `Couldn't lex verbatim string, junk after '@': ${text.codePointAt(begin + 1) ?? -1}`,
    )
  }
  let at = begin + 2
  let value = ''
  for (;;) {
    const end = text.indexOf(quote, at)
    if (end < 0) throw source.fail(begin, begin, 'Unterminated String')
    value += text.slice(at, end)
    at = end + 1
    if (text[at] !== quote) {
      const style = quote === '"' ? 'VERBATIM_STRING_DOUBLE' : 'VERBATIM_STRING_SINGLE'
      return { kind: 'string', text: value, begin, end: at, style }
    }
    value += quote
    at += 1
  }
}

const digit = /[0-9]/

/** Number syntax of JSON, with `_` allowed between digits. */
function readNumber(source: Source, begin: number): Token {
  const { text } = source
  let at = begin
  const digits = (after: string) => {
    if (!digit.test(text[at] ?? '')) {
      throw source.fail(at, at, `Couldn't lex number, junk after ${after}: '${goCharacter(text, at)}'`)
    }
    for (;;) {
      while (digit.test(text[at] ?? '')) at += 1
      if (text[at] !== '_') return
      at += 1
      if (!digit.test(text[at] ?? '')) {
        throw source.fail(at, at, `Couldn't lex number, junk after '_': '${goCharacter(text, at)}'`)
      }
    }
  }
  if (text[at] === '0') {
    at += 1
    if (text[at] === '_') throw source.fail(at, at, `Couldn't lex number, _ not allowed after leading 0`)
  } else digits('')
  if (text[at] === '.') {
    at += 1
    digits('decimal point')
  }
  if (text[at] === 'e' || text[at] === 'E') {
    at += 1
    if (text[at] === '+' || text[at] === '-') {
      at += 1
      digits('exponent sign')
    } else digits("'E'")
  }
  return { kind: 'number', text: text.slice(begin, at).replaceAll('_', ''), begin, end: at }
}

/** A character as Go quotes it in ASCII. */
function goCharacter(text: string, at: number): string {
  const code = text.codePointAt(at)
  if (code === undefined) return '\\ufffd'
  if (code > 0xffff) return `\\U${code.toString(16).padStart(8, '0')}`
  if (code >= 0x7f) return `\\u${code.toString(16).padStart(4, '0')}`
  return code === 0x27 ? "\\'" : String.fromCharCode(code)
}
