/** Why a text is no JSON, in the words of Go's scanner; call it with texts that failed to parse. */
export function jsonProblem(text: string): string {
  const scanner = new JsonScanner(text)
  try {
    scanner.value()
    scanner.blanks()
    if (scanner.at < text.length) scanner.refuse('after top-level value')
  } catch (thrown) {
    if (thrown instanceof JsonProblem) return thrown.message
    throw thrown
  }
  return 'invalid JSON'
}

class JsonProblem extends Error {}

class JsonScanner {
  readonly #text: string
  at = 0

  constructor(text: string) {
    this.#text = text
  }

  blanks(): void {
    while (/[ \t\r\n]/.test(this.#peek())) this.at += 1
  }

  refuse(where: string): never {
    if (this.at >= this.#text.length) throw new JsonProblem('unexpected end of JSON input')
    throw new JsonProblem(`invalid character ${quoted(this.#character())} ${where}`)
  }

  value(): void {
    this.blanks()
    const c = this.#peek()
    if (c === '{') this.#object()
    else if (c === '[') this.#array()
    else if (c === '"') this.#string()
    else if (/[-0-9]/.test(c)) this.#number()
    else if (c === 't') this.#literal('true')
    else if (c === 'f') this.#literal('false')
    else if (c === 'n') this.#literal('null')
    else this.refuse('looking for beginning of value')
  }

  #peek(): string {
    return this.#text[this.at] ?? ''
  }

  #character(): string {
    return String.fromCodePoint(this.#text.codePointAt(this.at) as number)
  }

  /** A refusal inside a number or word, which end at a blank where the text ends. */
  #refuseInside(where: string): never {
    if (this.at >= this.#text.length) throw new JsonProblem(`invalid character ' ' ${where}`)
    return this.refuse(where)
  }

  #object(): void {
    this.at += 1
    this.blanks()
    if (this.#peek() === '}') {
      this.at += 1
      return
    }
    for (;;) {
      this.blanks()
      if (this.#peek() !== '"') this.refuse('looking for beginning of object key string')
      this.#string()
      this.blanks()
      if (this.#peek() !== ':') this.refuse('after object key')
      this.at += 1
      this.value()
      this.blanks()
      const c = this.#peek()
      if (c !== ',' && c !== '}') this.refuse('after object key:value pair')
      this.at += 1
      if (c === '}') return
    }
  }

  #array(): void {
    this.at += 1
    this.blanks()
    if (this.#peek() === ']') {
      this.at += 1
      return
    }
    for (;;) {
      this.value()
      this.blanks()
      const c = this.#peek()
      if (c !== ',' && c !== ']') this.refuse('after array element')
      this.at += 1
      if (c === ']') return
    }
  }

  #string(): void {
    this.at += 1
    for (;;) {
      const c = this.#peek()
      if (c === '' || c < ' ') this.refuse('in string literal')
      this.at += 1
      if (c === '"') return
      if (c === '\\') this.#escape()
    }
  }

  #escape(): void {
    const c = this.#peek()
    if (c === '' || !'bfnrt\\/"u'.includes(c)) this.refuse('in string escape code')
    this.at += 1
    if (c !== 'u') return
    for (let i = 0; i < 4; i++) {
      if (!/[0-9a-fA-F]/.test(this.#peek())) this.refuse('in \\u hexadecimal character escape')
      this.at += 1
    }
  }

  #number(): void {
    if (this.#peek() === '-') this.at += 1
    if (this.#peek() === '0') this.at += 1
    else this.#digits('in numeric literal')
    if (this.#peek() === '.') {
      this.at += 1
      this.#digits('after decimal point in numeric literal')
    }
    if (!/[eE]/.test(this.#peek())) return
    this.at += 1
    if (/[-+]/.test(this.#peek())) this.at += 1
    this.#digits('in exponent of numeric literal')
  }

  #digits(where: string): void {
    if (!/[0-9]/.test(this.#peek())) this.#refuseInside(where)
    while (/[0-9]/.test(this.#peek())) this.at += 1
  }

  #literal(word: string): void {
    for (const expected of word) {
      if (this.#peek() !== expected) this.#refuseInside(`in literal ${word} (expecting '${expected}')`)
      this.at += 1
    }
  }
}

function quoted(character: string): string {
  if (character === "'") return "'\\''"
  return character === '"' ? `'"'` : `'${JSON.stringify(character).slice(1, -1)}'`
}
