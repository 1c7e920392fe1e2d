import { JsonnetErrors } from '../errors.ts'
import { type Token, tokenize } from './lexer.ts'
import type { Source } from './source.ts'

/** Nesting that the parser accepts; beyond it the host's stack would be at risk. */
export const MAX_NESTING = 300

/** A cursor over the tokens of a source, with the tool's words for what is wrong. */
export class TokenStream {
  readonly source: Source
  readonly #tokens: Token[]
  #at = 0
  #depth = 0

  constructor(source: Source) {
    this.source = source
    this.#tokens = tokenize(source)
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token
  }

  pop(): Token {
    const token = this.peek()
    this.#at += 1
    return token
  }

  /** End offset of the token read last. */
  get lastEnd(): number {
    return this.#at === 0 ? 0 : (this.#tokens[Math.min(this.#at, this.#tokens.length) - 1] as Token).end
  }

  /** True when the next token is this symbol, operator or keyword. */
  at(text: string): boolean {
    const token = this.peek()
    return token.text === text && (token.kind === 'symbol' || token.kind === 'operator' || token.kind === 'keyword')
  }

  /** Reads the token when it is there. */
  take(text: string): boolean {
    const found = this.at(text)
    if (found) this.#at += 1
    return found
  }

  expectSymbol(text: string): Token {
    const token = this.pop()
    if (token.text === text && (token.kind === 'symbol' || token.kind === 'keyword')) return token
    throw this.fail(token, `Expected token ${keywordLike(text) ? text : `"${text}"`} but got ${describeToken(token)}`)
  }

  expectOperator(text: string): Token {
    const token = this.pop()
    if (token.kind === 'operator' && token.text === text) return token
    throw this.fail(token, `Expected operator ${text} but got ${describeToken(token)}`)
  }

  expectName(during = ''): Token {
    const token = this.pop()
    if (token.kind === 'id') return token
    throw this.fail(token, `Expected token IDENTIFIER but got ${describeToken(token)}${during}`)
  }

  fail(token: { begin: number; end: number }, reason: string): Error {
    return this.source.fail(token.begin, token.end, reason)
  }

  /** Runs `read` one level deeper. */
  nested<T>(read: () => T): T {
    this.#depth += 1
    if (this.#depth > MAX_NESTING) {
      throw JsonnetErrors.LIMIT({ what: `nesting of expressions in ${this.source.name}`, limit: MAX_NESTING })
    }
    const result = read()
    this.#depth -= 1
    return result
  }
}

function keywordLike(text: string): boolean {
  return /^[a-z]/.test(text)
}

/** A token as the tool names it in messages. */
export function describeToken(token: Token): string {
  switch (token.kind) {
    case 'eof':
      return 'end of file'
    case 'id':
      return `(IDENTIFIER, "${token.text}")`
    case 'number':
      return `(NUMBER, "${token.text}")`
    case 'operator':
      return token.text === '$' ? '"$"' : `(OPERATOR, "${token.text}")`
    case 'string':
      return `(${token.style ?? 'STRING_DOUBLE'}, "${token.text}")`
    default:
      return `"${token.text}"`
  }
}
