import { JqFailure } from './jq-error.ts'

/** An expression of the supported part of jq. */
export type Jq =
  | { readonly type: 'identity' }
  | { readonly type: 'recurse' }
  | { readonly type: 'literal'; readonly value: unknown }
  | { readonly type: 'index'; readonly of: Jq; readonly key: Jq; readonly optional: boolean }
  | { readonly type: 'iterate'; readonly of: Jq; readonly optional: boolean }
  | { readonly type: 'slice'; readonly of: Jq; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly type: 'pipe' | 'comma' | 'alternative'; readonly left: Jq; readonly right: Jq }
  | { readonly type: 'and' | 'or'; readonly left: Jq; readonly right: Jq }
  | { readonly type: 'compare'; readonly operator: string; readonly left: Jq; readonly right: Jq }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Jq[] }

interface Cursor {
  readonly tokens: readonly Token[]
  at: number
  depth: number
}

interface Token {
  readonly kind: 'field' | 'string' | 'number' | 'name' | 'symbol'
  readonly text: string
}

const lengthLimit = 4_000
const depthLimit = 60

/** Reads an expression; throws a JqFailure that says what is not understood. */
export function parseJq(source: string): Jq {
  if (source.length > lengthLimit) throw new JqFailure(`it is longer than ${lengthLimit} characters`, false)
  const cursor: Cursor = { tokens: tokenize(source), at: 0, depth: 0 }
  const expression = parsePipe(cursor)
  const rest = cursor.tokens[cursor.at]
  if (rest !== undefined) throw new JqFailure(`"${rest.text}" is not expected here`, false)
  return expression
}

const pattern =
  /\s+|(?<field>\.[A-Za-z_]\w*)|(?<string>"(?:[^"\\]|\\.)*")|(?<number>\d+(?:\.\d+)?)|(?<name>[A-Za-z_]\w*)|(?<symbol>\.\.|\/\/|==|!=|<=|>=|[.[\]()|,?:;<>-])/y

function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  for (let at = 0; at < source.length; at = pattern.lastIndex) {
    pattern.lastIndex = at
    const groups = pattern.exec(source)?.groups
    if (groups === undefined) throw new JqFailure(`"${source.slice(at, at + 10)}" is not understood`, false)
    for (const kind of ['field', 'string', 'number', 'name', 'symbol'] as const) {
      const text = groups[kind]
      if (text !== undefined) tokens.push({ kind, text })
    }
  }
  return tokens
}

function peek(cursor: Cursor): Token | undefined {
  return cursor.tokens[cursor.at]
}

function takeSymbol(cursor: Cursor, text: string): boolean {
  const token = peek(cursor)
  if (token?.kind !== 'symbol' || token.text !== text) return false
  cursor.at += 1
  return true
}

function takeName(cursor: Cursor, text: string): boolean {
  const token = peek(cursor)
  if (token?.kind !== 'name' || token.text !== text) return false
  cursor.at += 1
  return true
}

function expectSymbol(cursor: Cursor, text: string): void {
  if (!takeSymbol(cursor, text))
    throw new JqFailure(
      `"${text}" is expected ${peek(cursor) === undefined ? 'at the end' : `before "${peek(cursor)?.text}"`}`,
      false,
    )
}

function parsePipe(cursor: Cursor): Jq {
  cursor.depth += 1
  if (cursor.depth > depthLimit) throw new JqFailure(`it nests deeper than ${depthLimit} levels`, false)
  let left = parseComma(cursor)
  while (takeSymbol(cursor, '|')) left = { type: 'pipe', left, right: parseComma(cursor) }
  cursor.depth -= 1
  return left
}

function parseComma(cursor: Cursor): Jq {
  let left = parseAlternative(cursor)
  while (takeSymbol(cursor, ',')) left = { type: 'comma', left, right: parseAlternative(cursor) }
  return left
}

function parseAlternative(cursor: Cursor): Jq {
  let left = parseOr(cursor)
  while (takeSymbol(cursor, '//')) left = { type: 'alternative', left, right: parseOr(cursor) }
  return left
}

function parseOr(cursor: Cursor): Jq {
  let left = parseAnd(cursor)
  while (takeName(cursor, 'or')) left = { type: 'or', left, right: parseAnd(cursor) }
  return left
}

function parseAnd(cursor: Cursor): Jq {
  let left = parseComparison(cursor)
  while (takeName(cursor, 'and')) left = { type: 'and', left, right: parseComparison(cursor) }
  return left
}

function parseComparison(cursor: Cursor): Jq {
  const left = parsePostfix(cursor)
  for (const operator of ['==', '!=', '<=', '>=', '<', '>'])
    if (takeSymbol(cursor, operator)) return { type: 'compare', operator, left, right: parsePostfix(cursor) }
  return left
}

function parsePostfix(cursor: Cursor): Jq {
  let term = parseTerm(cursor)
  for (;;) {
    const token = peek(cursor)
    if (token?.kind === 'field') {
      cursor.at += 1
      term = index(term, token.text.slice(1), cursor)
    } else if (takeSymbol(cursor, '[')) {
      term = parseBracket(term, cursor)
    } else if (token?.kind === 'symbol' && token.text === '.' && isQuoted(cursor.tokens[cursor.at + 1])) {
      cursor.at += 1
      term = index(term, textOf(cursor), cursor)
    } else if (token?.kind === 'symbol' && token.text === '.' && cursor.tokens[cursor.at + 1]?.text === '[') {
      cursor.at += 1
    } else if (!takeSymbol(cursor, '?')) {
      return term
    }
  }
}

function isQuoted(token: Token | undefined): boolean {
  return token?.kind === 'string'
}

function textOf(cursor: Cursor): string {
  const token = peek(cursor)
  cursor.at += 1
  try {
    return JSON.parse(token?.text ?? '') as string
  } catch {
    throw new JqFailure(`the text ${token?.text ?? ''} is not understood`, false)
  }
}

function index(of: Jq, key: string, cursor: Cursor): Jq {
  return { type: 'index', of, key: { type: 'literal', value: key }, optional: takeSymbol(cursor, '?') }
}

function parseBracket(of: Jq, cursor: Cursor): Jq {
  if (takeSymbol(cursor, ']')) return { type: 'iterate', of, optional: takeSymbol(cursor, '?') }
  const from = takeSymbol(cursor, ':') ? undefined : parsePipe(cursor)
  const isSlice = from === undefined || takeSymbol(cursor, ':')
  if (!isSlice && from !== undefined) {
    expectSymbol(cursor, ']')
    return { type: 'index', of, key: from, optional: takeSymbol(cursor, '?') }
  }
  const to = peek(cursor)?.text === ']' ? undefined : parsePipe(cursor)
  expectSymbol(cursor, ']')
  return { type: 'slice', of, from: literalNumber(from), to: literalNumber(to) }
}

function literalNumber(expression: Jq | undefined): number | undefined {
  if (expression === undefined) return undefined
  if (expression.type === 'literal' && typeof expression.value === 'number') return expression.value
  throw new JqFailure('a slice needs plain numbers', false)
}

const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
])

function parseTerm(cursor: Cursor): Jq {
  const token = peek(cursor)
  if (token === undefined) throw new JqFailure('it ends too early', false)
  if (token.kind === 'string') return { type: 'literal', value: textOf(cursor) }
  cursor.at += 1
  switch (token.kind) {
    case 'field':
      return index({ type: 'identity' }, token.text.slice(1), cursor)
    case 'number':
      return { type: 'literal', value: Number(token.text) }
    case 'name':
      return constants.has(token.text)
        ? { type: 'literal', value: constants.get(token.text) }
        : parseCall(token.text, cursor)
    case 'symbol':
      return parseSymbol(token.text, cursor)
  }
}

function parseSymbol(text: string, cursor: Cursor): Jq {
  if (text === '..') return { type: 'recurse' }
  if (text === '(') {
    const inner = parsePipe(cursor)
    expectSymbol(cursor, ')')
    return inner
  }
  if (text === '-' && peek(cursor)?.kind === 'number') {
    const number = Number(peek(cursor)?.text)
    cursor.at += 1
    return { type: 'literal', value: -number }
  }
  if (text === '.') {
    if (isQuoted(peek(cursor))) return index({ type: 'identity' }, textOf(cursor), cursor)
    return { type: 'identity' }
  }
  throw new JqFailure(`"${text}" is not expected here`, false)
}

function parseCall(name: string, cursor: Cursor): Jq {
  const args: Jq[] = []
  if (takeSymbol(cursor, '(')) {
    do args.push(parsePipe(cursor))
    while (takeSymbol(cursor, ';'))
    expectSymbol(cursor, ')')
  }
  return { type: 'call', name, args }
}
