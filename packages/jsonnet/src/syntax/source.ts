/** A static error of one file: what the tool prints on one line, and the excerpt it prints below. */
export class StaticFailure extends Error {
  override readonly name = 'StaticFailure'
  readonly excerpt: string
  readonly place: { readonly file: string; readonly line: number; readonly column: number }

  constructor(message: string, excerpt: string, place: { file: string; line: number; column: number }) {
    super(message)
    this.excerpt = excerpt
    this.place = place
  }
}

/** The text of one Jsonnet file and the name it is known by in messages. */
export class Source {
  readonly name: string
  readonly text: string
  /** Path inside the tree that relative imports start from, or `undefined` for code that lies in no file. */
  readonly path: string | undefined
  #lineStarts: number[] | undefined

  constructor(name: string, text: string, path?: string) {
    this.name = name
    this.text = text
    this.path = path
  }

  /** 1-based line and column (in UTF-8 bytes, as the tool counts) of an offset. */
  position(offset: number): { line: number; column: number } {
    this.#lineStarts ??= lineStarts(this.text)
    let low = 0
    let high = this.#lineStarts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#lineStarts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    const start = this.#lineStarts[low] as number
    return { line: low + 1, column: utf8Length(this.text, start, offset) + 1 }
  }

  /** `file:line:column-column` as the tool prints a range. */
  describe(begin: number, end: number): string {
    const from = this.position(begin)
    if (end <= begin) return `${this.name}:${from.line}:${from.column}`
    const to = this.position(end)
    if (from.line === to.line) return `${this.name}:${from.line}:${from.column}-${to.column}`
    return `${this.name}:(${from.line}:${from.column})-(${to.line}:${to.column})`
  }

  /** The lines that a range touches, for the excerpt under a static error. */
  excerpt(begin: number, end: number): string {
    const first = this.position(begin).line
    const last = Math.max(first, this.position(end).line)
    return this.text
      .split('\n')
      .slice(first - 1, last)
      .join('\n')
  }

  /** A static error at a range; its message is what the tool prints. */
  fail(begin: number, end: number, reason: string): Error {
    const { line, column } = this.position(begin)
    const place = { file: this.name, line, column }
    return new StaticFailure(`${this.describe(begin, end)} ${reason}`, this.excerpt(begin, end), place)
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function utf8Length(text: string, from: number, to: number): number {
  let length = 0
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) length += 1
    else if (unit < 0x800 || (unit >= 0xd800 && unit < 0xe000)) length += 2
    else length += 3
  }
  return length
}
