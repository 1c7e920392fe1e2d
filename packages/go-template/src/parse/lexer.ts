import { quoteGo } from '../format/quote.ts'

/** What a token is; keywords are their own types. */
export type TokenType =
  | 'error'
  | 'eof'
  | 'text'
  | 'left delim'
  | 'right delim'
  | 'space'
  | 'assign'
  | 'declare'
  | 'pipe'
  | 'string'
  | 'raw string'
  | 'char constant'
  | 'variable'
  | 'field'
  | 'dot'
  | 'number'
  | 'complex'
  | 'bool'
  | 'identifier'
  | 'left paren'
  | 'right paren'
  | 'char'
  | Keyword

/** Words that steer the template. */
export type Keyword =
  | 'block'
  | 'break'
  | 'continue'
  | 'define'
  | 'else'
  | 'end'
  | 'if'
  | 'nil'
  | 'range'
  | 'template'
  | 'with'

/** A token with its place in the text. */
export interface Token {
  readonly type: TokenType
  readonly value: string
  /** Offset in UTF-16 units. */
  readonly position: number
  /** 1-based. */
  readonly line: number
}

const keywords: ReadonlySet<string> = new Set<Keyword>([
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
])

/** How an error message names a token. */
export function describeToken(token: Token): string {
  if (token.type === 'eof') return 'EOF'
  if (token.type === 'error') return token.value
  if (keywords.has(token.type)) return `<${token.value}>`
  const chars = Array.from(token.value)
  return chars.length > 10 ? `${quoteGo(chars.slice(0, 10).join(''))}...` : quoteGo(token.value)
}

/** The tokens of a template text; the last one is `eof` or `error`. */
export function tokenize(text: string, left = '{{', right = '}}'): Token[] {
  const lexer = new Lexer(text, left || '{{', right || '}}')
  lexer.run()
  return lexer.tokens
}

const isSpace = (char: string | undefined) => char === ' ' || char === '\t' || char === '\r' || char === '\n'
const alphanumeric = /[\p{L}\p{Nd}_]+/uy

class Lexer {
  readonly tokens: Token[] = []
  private readonly text: string
  private readonly left: string
  private readonly right: string
  private position = 0
  private line = 1

  constructor(text: string, left: string, right: string) {
    this.text = text
    this.left = left
    this.right = right
  }

  run(): void {
    while (this.lexText());
  }

  private emit(type: TokenType, end: number): true {
    const value = this.text.slice(this.position, end)
    this.tokens.push({ type, value, position: this.position, line: this.line })
    this.advance(end)
    return true
  }

  /** Moves on to `end`, counting lines. */
  private advance(end: number): void {
    for (let at = this.text.indexOf('\n', this.position); at >= 0 && at < end; at = this.text.indexOf('\n', at + 1))
      this.line += 1
    this.position = end
  }

  private fail(message: string): false {
    this.tokens.push({ type: 'error', value: message, position: this.position, line: this.line })
    return false
  }

  /** Text up to the next action, then the action; false at the end. */
  private lexText(): boolean {
    const start = this.text.indexOf(this.left, this.position)
    if (start < 0) {
      if (this.text.length > this.position) this.emit('text', this.text.length)
      this.tokens.push({ type: 'eof', value: '', position: this.position, line: this.line })
      return false
    }
    const trims = this.trimsLeft(start + this.left.length)
    let end = start
    if (trims) while (end > this.position && isSpace(this.text[end - 1])) end -= 1
    if (end > this.position) this.emit('text', end)
    this.advance(start)
    return this.lexLeftDelim(trims)
  }

  private trimsLeft(at: number): boolean {
    return this.text[at] === '-' && isSpace(this.text[at + 1])
  }

  private lexLeftDelim(trims: boolean): boolean {
    const inside = this.position + this.left.length + (trims ? 2 : 0)
    if (this.text.startsWith('/*', inside)) {
      this.advance(inside)
      return this.lexComment()
    }
    this.emit('left delim', this.position + this.left.length)
    this.advance(inside)
    return this.lexAction()
  }

  private lexComment(): boolean {
    const close = this.text.indexOf('*/', this.position + 2)
    if (close < 0) return this.fail('unclosed comment')
    const end = close + 2
    const length = this.rightDelimLength(end)
    if (length === 0) return this.fail('comment ends before closing delimiter')
    this.advance(end + length)
    if (length > this.right.length) this.skipSpaces()
    return true
  }

  /** Length of a right delimiter with its trim marker at an offset; 0 when there is none. */
  private rightDelimLength(at: number): number {
    if (isSpace(this.text[at]) && this.text[at + 1] === '-' && this.text.startsWith(this.right, at + 2))
      return this.right.length + 2
    return this.text.startsWith(this.right, at) ? this.right.length : 0
  }

  private skipSpaces(): void {
    let end = this.position
    while (isSpace(this.text[end])) end += 1
    this.advance(end)
  }

  private lexAction(): boolean {
    let depth = 0
    for (;;) {
      const length = this.rightDelimLength(this.position)
      if (length > 0) {
        if (depth > 0) return this.fail('unclosed left paren')
        if (length > this.right.length) this.advance(this.position + 2)
        this.emit('right delim', this.position + this.right.length)
        if (length > this.right.length) this.skipSpaces()
        return true
      }
      const char = this.text[this.position]
      if (char === '(') depth += 1
      if (char === ')' && --depth < 0) return this.fail('unexpected right paren')
      if (!this.lexInside(char)) return false
    }
  }

  private lexInside(char: string | undefined): boolean {
    if (char === undefined) return this.fail('unclosed action')
    if (isSpace(char)) return this.lexSpace()
    const next = this.text[this.position + 1]
    switch (char) {
      case '=':
        return this.emit('assign', this.position + 1)
      case ':':
        return next === '=' ? this.emit('declare', this.position + 2) : this.fail('expected :=')
      case '|':
        return this.emit('pipe', this.position + 1)
      case '(':
        return this.emit('left paren', this.position + 1)
      case ')':
        return this.emit('right paren', this.position + 1)
      case '"':
        return this.lexQuoted('"', 'string', 'unterminated quoted string')
      case "'":
        return this.lexQuoted("'", 'char constant', 'unterminated character constant')
      case '`':
        return this.lexRawString()
      case '$':
        return this.lexName('variable', 'variable')
    }
    if (char === '.' && !(next !== undefined && next >= '0' && next <= '9')) return this.lexName('field', 'dot')
    if (char === '.' || char === '+' || char === '-' || (char >= '0' && char <= '9')) return this.lexNumber()
    return this.lexWord()
  }

  private lexSpace(): true {
    let end = this.position
    while (isSpace(this.text[end])) end += 1
    // The last space may belong to a trimming right delimiter.
    if (this.rightDelimLength(end - 1) > this.right.length) {
      end -= 1
      if (end === this.position) return true
    }
    return this.emit('space', end)
  }

  private lexQuoted(quote: string, type: TokenType, message: string): boolean {
    for (let at = this.position + 1; ; at += 1) {
      const char = this.text[at]
      if (char === quote) return this.emit(type, at + 1)
      if (char === '\\') {
        at += 1
        if (this.text[at] !== undefined && this.text[at] !== '\n') continue
        return this.fail(message)
      }
      if (char === undefined || char === '\n') return this.fail(message)
    }
  }

  private lexRawString(): boolean {
    const close = this.text.indexOf('`', this.position + 1)
    return close < 0 ? this.fail('unterminated raw quoted string') : this.emit('raw string', close + 1)
  }

  /** A field or variable; `alone` is the type when nothing follows the first character. */
  private lexName(type: TokenType, alone: TokenType): boolean {
    const start = this.position + 1
    if (this.atTerminator(start)) return this.emit(alone, start)
    const end = this.endOfWord(start)
    return this.atTerminator(end) ? this.emit(type, end) : this.badCharacter(end)
  }

  private lexWord(): boolean {
    const end = this.endOfWord(this.position)
    if (end === this.position) {
      const char = String.fromCodePoint(this.text.codePointAt(end) as number)
      if (char > ' ' && char < '\u007f') return this.emit('char', end + 1)
      return this.fail(`unrecognized character in action: ${describeChar(char)}`)
    }
    if (!this.atTerminator(end)) return this.badCharacter(end)
    const word = this.text.slice(this.position, end)
    if (keywords.has(word)) return this.emit(word as Keyword, end)
    return this.emit(word === 'true' || word === 'false' ? 'bool' : 'identifier', end)
  }

  private endOfWord(from: number): number {
    alphanumeric.lastIndex = from
    return alphanumeric.test(this.text) ? alphanumeric.lastIndex : from
  }

  private atTerminator(at: number): boolean {
    const char = this.text[at]
    if (char === undefined || isSpace(char) || '.,|:)('.includes(char)) return true
    return this.text.startsWith(this.right, at)
  }

  private badCharacter(at: number): false {
    const code = this.text.codePointAt(at)
    return this.fail(
      `bad character ${code === undefined ? 'U+FFFFFFFFFFFFFFFF' : describeChar(String.fromCodePoint(code))}`,
    )
  }

  private lexNumber(): boolean {
    const end = scanNumber(this.text, this.position)
    if (end === undefined) return this.badNumber(this.position)
    if (this.text[end] !== '+' && this.text[end] !== '-') return this.emit('number', end)
    const complex = scanNumber(this.text, end)
    if (complex === undefined || this.text[complex - 1] !== 'i') return this.badNumber(end)
    return this.emit('complex', complex)
  }

  private badNumber(from: number): false {
    numberText.lastIndex = from
    numberText.test(this.text)
    const next = this.text.codePointAt(numberText.lastIndex)
    const end = numberText.lastIndex + (next === undefined ? 0 : String.fromCodePoint(next).length)
    return this.fail(`bad number syntax: ${quoteGo(this.text.slice(this.position, end))}`)
  }
}

const numberText =
  /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/y

/** End of the number at an offset; `undefined` when a letter or digit follows it. */
function scanNumber(text: string, from: number): number | undefined {
  numberText.lastIndex = from
  numberText.test(text)
  const end = numberText.lastIndex
  alphanumeric.lastIndex = end
  return alphanumeric.test(text) ? undefined : end
}

/** A character as Go's `%#U` prints it. */
function describeChar(char: string): string {
  const code = (char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')
  return `U+${code} '${char}'`
}
