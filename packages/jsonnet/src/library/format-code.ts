import { Failure } from '../evaluate/failure.ts'

/** One `%…` of a format. */
export interface FormatCode {
  readonly key: string | undefined
  readonly alternate: boolean
  readonly zero: boolean
  readonly left: boolean
  readonly blank: boolean
  readonly plus: boolean
  readonly width: number | '*'
  readonly precision: number | '*' | undefined
  readonly conversion: 'd' | 'o' | 'x' | 'e' | 'f' | 'g' | 'c' | 's' | '%'
  readonly capitals: boolean
}

const conversions: Readonly<Record<string, FormatCode['conversion']>> = {
  d: 'd',
  i: 'd',
  u: 'd',
  o: 'o',
  x: 'x',
  X: 'x',
  e: 'e',
  E: 'e',
  f: 'f',
  F: 'f',
  g: 'g',
  G: 'g',
  c: 'c',
  s: 's',
  '%': '%',
}

/** Splits a format into literal texts and codes. */
export function parseFormat(format: string): (string | FormatCode)[] {
  const parts: (string | FormatCode)[] = []
  let at = 0
  for (;;) {
    const percent = format.indexOf('%', at)
    if (percent < 0) break
    if (percent > at) parts.push(format.slice(at, percent))
    const { code, end } = readCode(format, percent + 1)
    parts.push(code)
    at = end
  }
  if (at < format.length) parts.push(format.slice(at))
  return parts
}

function readCode(format: string, start: number): { code: FormatCode; end: number } {
  const reader = new FormatReader(format, start)
  const key = reader.key()
  const flags = reader.flags()
  const width = reader.number() ?? 0
  const precision = reader.peek() === '.' ? reader.precision() : undefined
  while ('hlL'.includes(reader.peek())) reader.pop()
  const letter = reader.pop()
  const conversion = conversions[letter]
  if (conversion === undefined) throw new Failure(`Unrecognised conversion type: ${letter}`)
  const code: FormatCode = {
    key,
    alternate: flags.has('#'),
    zero: flags.has('0'),
    left: flags.has('-'),
    blank: flags.has(' '),
    plus: flags.has('+'),
    width,
    precision,
    conversion,
    capitals: 'XEFG'.includes(letter),
  }
  return { code, end: reader.at }
}

class FormatReader {
  readonly #format: string
  at: number

  constructor(format: string, at: number) {
    this.#format = format
    this.at = at
  }

  peek(): string {
    const point = this.#format.codePointAt(this.at)
    if (point === undefined) throw new Failure('Truncated format code.')
    return String.fromCodePoint(point)
  }

  pop(): string {
    const c = this.peek()
    this.at += c.length
    return c
  }

  key(): string | undefined {
    if (this.peek() !== '(') return undefined
    const end = this.#format.indexOf(')', this.at)
    if (end < 0) throw new Failure('Truncated format code.')
    const key = this.#format.slice(this.at + 1, end)
    this.at = end + 1
    return key
  }

  flags(): Set<string> {
    const flags = new Set<string>()
    while ('#0- +'.includes(this.peek())) flags.add(this.pop())
    return flags
  }

  number(): number | '*' | undefined {
    if (this.peek() === '*') {
      this.pop()
      return '*'
    }
    let digits = ''
    while (/[0-9]/.test(this.peek())) digits += this.pop()
    return digits === '' ? undefined : Number(digits)
  }

  precision(): number | '*' {
    this.pop()
    return this.number() ?? 0
  }
}
