import { defineErrors } from './errors.ts'

/** Errors of reading glob patterns. */
export const GlobErrors = defineErrors('GLOB', {
  INVALID: {
    status: 400,
    message: (p: { pattern: string; reason: string }) =>
      `the pattern ${JSON.stringify(p.pattern)} is not a valid glob: ${p.reason}`,
  },
})

/** The dialect of a pattern. */
export interface GlobOptions {
  /** Characters that `*` and `?` do not match (but `**` does); none when absent. */
  readonly separators?: string
  /** Whether `{a,b}` means a or b; true when absent. */
  readonly alternation?: boolean
  /** The path dialect: a whole segment `**` means any number of segments, none included; needs `separators`. */
  readonly globstar?: boolean
}

/**
 * Compiles a pattern of `*`, `**`, `?`, `[a-z]`, `[!abc]`, `{a,b}` and `\` escapes to a test of whole texts.
 * Matching takes time linear in the text for a given pattern. Throws `GLOB_INVALID`.
 */
export function createGlob(pattern: string, options: GlobOptions = {}): (text: string) => boolean {
  const characters = [...pattern]
  if (characters.length > longestPattern)
    throw GlobErrors.INVALID({ pattern: `${pattern.slice(0, 80)}…`, reason: 'it is too long' })
  if (!/[*?[\]{}\\]/.test(pattern)) return (text) => text === pattern
  const compiler = new Compiler(pattern, characters, options)
  const start = compiler.compile()
  return (text) => run(compiler.states, start, text)
}

const longestPattern = 4096
const deepestNesting = 32

/** One state of the automaton: a test with the state after it, a fork, or the end. */
type State =
  | { readonly kind: 'test'; readonly test: Test; next: number }
  | { readonly kind: 'fork'; readonly to: number[] }
  | { readonly kind: 'end' }

type Test = (character: string) => boolean

/** A piece of the automaton: where it begins, and how to say what follows it. */
interface Piece {
  readonly start: number
  connect(next: number): void
}

/** Reads a pattern once, from left to right, and builds the automaton as it goes. */
class Compiler {
  readonly states: State[] = []
  private position = 0
  private readonly pattern: string
  private readonly characters: readonly string[]
  private readonly separators: ReadonlySet<string>
  private readonly alternation: boolean
  private readonly globstar: boolean

  constructor(pattern: string, characters: readonly string[], options: GlobOptions) {
    this.pattern = pattern
    this.characters = characters
    this.separators = new Set([...(options.separators ?? '')])
    this.alternation = options.alternation ?? true
    this.globstar = options.globstar === true && this.separators.size > 0
  }

  compile(): number {
    const whole = this.readSequence(0)
    whole.connect(this.states.push({ kind: 'end' }) - 1)
    return whole.start
  }

  private readSequence(depth: number): Piece {
    const pieces: Piece[] = []
    while (this.position < this.characters.length) {
      const character = this.characters[this.position]
      if (depth > 0 && (character === ',' || character === '}')) break
      pieces.push(this.readPiece(depth))
    }
    return this.sequence(pieces)
  }

  private readPiece(depth: number): Piece {
    const character = this.take()
    if (character === '*') return this.readStar()
    if (character === '?') return this.test(this.isOrdinary)
    if (character === '[') return this.test(this.readClass())
    if (character === '{' && this.alternation) return this.readAlternatives(depth + 1)
    if (character === '}' && this.alternation && this.globstar) throw this.invalid('a } has no {')
    if (this.globstar && this.separators.has(character) && this.endsWithGlobstar()) return this.optionalTail(character)
    if (character !== '\\') return this.test((given) => given === character)
    if (this.characters[this.position] === undefined) throw this.invalid('it ends with a \\')
    const escaped = this.take()
    return this.test((given) => given === escaped)
  }

  private readStar(): Piece {
    const before = this.characters[this.position - 2]
    const first = this.position
    while (this.characters[this.position] === '*') this.position += 1
    const stars = this.position - first + 1
    if (!this.globstar) return this.repeat(stars > 1 ? () => true : this.isOrdinary)
    const after = this.characters[this.position]
    const opensBranch = this.alternation && (before === '{' || before === ',')
    const opens = before === undefined || this.separators.has(before) || opensBranch
    const closes = after === undefined || this.separators.has(after)
    if (stars !== 2 || !opens || !closes) return this.repeat(this.isOrdinary)
    if (after === undefined) return this.repeat(() => true)
    this.position += 1
    return this.segments()
  }

  private endsWithGlobstar(): boolean {
    return this.characters.slice(this.position).join('') === '**'
  }

  private readAlternatives(depth: number): Piece {
    if (depth > deepestNesting) throw this.invalid('its {} are nested too deeply')
    const branches: Piece[] = []
    for (;;) {
      branches.push(this.readSequence(depth))
      const closing = this.characters[this.position]
      if (closing === undefined) throw this.invalid('a { has no }')
      this.position += 1
      if (closing === '}') return this.either(branches)
    }
  }

  private readClass(): Test {
    const first = this.characters[this.position]
    const negated = first === '!' || (this.globstar && first === '^')
    if (negated) this.position += 1
    const ranges: [low: number, high: number][] = []
    for (let low = this.readClassCharacter(); low !== undefined; low = this.readClassCharacter()) {
      const after = this.characters[this.position + 1]
      const isRange = this.characters[this.position] === '-' && after !== ']' && after !== undefined
      if (isRange) this.position += 1
      const high = isRange ? this.readClassCharacter() : low
      if (high === undefined || high < low) throw this.invalid('a range in [] ends before it begins')
      ranges.push([low, high])
    }
    if (ranges.length === 0) throw this.invalid('[] is empty')
    return (given) => negated !== ranges.some(([low, high]) => low <= order(given) && order(given) <= high)
  }

  private readClassCharacter(): number | undefined {
    const character = this.characters[this.position] === undefined ? undefined : this.take()
    if (character === ']') return undefined
    const literal = character === '\\' ? this.characters[this.position++] : character
    if (literal === undefined) throw this.invalid('a [ has no ]')
    return order(literal)
  }

  private take(): string {
    const character = this.characters[this.position] ?? ''
    this.position += 1
    return character
  }

  private readonly isOrdinary: Test = (character) => !this.separators.has(character)

  private invalid(reason: string): Error {
    return GlobErrors.INVALID({ pattern: this.pattern, reason })
  }

  private test(accepts: Test): Piece {
    const state: State = { kind: 'test', test: accepts, next: -1 }
    const start = this.states.push(state) - 1
    return {
      start,
      connect: (next) => {
        state.next = next
      },
    }
  }

  private fork(to: number[]): number {
    return this.states.push({ kind: 'fork', to }) - 1
  }

  private repeat(accepts: Test): Piece {
    const body = this.test(accepts)
    const to = [body.start]
    const start = this.fork(to)
    body.connect(start)
    return { start, connect: (next) => void to.push(next) }
  }

  private sequence(pieces: readonly Piece[]): Piece {
    for (const [index, piece] of pieces.entries()) {
      const following = pieces[index + 1]
      if (following !== undefined) piece.connect(following.start)
    }
    const [first] = pieces
    const last = pieces.at(-1)
    if (first !== undefined && last !== undefined) return { start: first.start, connect: last.connect }
    const to: number[] = []
    return { start: this.fork(to), connect: (next) => void to.push(next) }
  }

  private either(branches: readonly Piece[]): Piece {
    return {
      start: this.fork(branches.map(({ start }) => start)),
      connect: (next) => {
        for (const branch of branches) branch.connect(next)
      },
    }
  }

  /** A segment `**` and its separator: nothing, or anything that ends in a separator. */
  private segments(): Piece {
    const any = this.repeat(() => true)
    const end = this.test((character) => this.separators.has(character))
    return this.either([this.sequence([]), this.sequence([any, end])])
  }

  /** A separator and a last `**`: nothing, or the separator and anything. */
  private optionalTail(separator: string): Piece {
    this.position += 2
    const rest = this.sequence([this.test((given) => given === separator), this.repeat(() => true)])
    return this.either([this.sequence([]), rest])
  }
}

function order(character: string): number {
  return character.codePointAt(0) ?? 0
}

/** Walks all possible states at once, so that no pattern makes it go back. */
function run(states: readonly State[], start: number, text: string): boolean {
  const seen = new Int32Array(states.length).fill(-1)
  let step = 0
  const add = (list: number[], first: number): void => {
    const pending = [first]
    while (pending.length > 0) {
      const index = pending.pop() as number
      if (seen[index] === step) continue
      seen[index] = step
      const state = states[index]
      if (state?.kind === 'fork') pending.push(...state.to)
      else list.push(index)
    }
  }
  let current: number[] = []
  add(current, start)
  for (const character of text) {
    step += 1
    const next: number[] = []
    for (const index of current) {
      const state = states[index]
      if (state?.kind === 'test' && state.test(character)) add(next, state.next)
    }
    if (next.length === 0) return false
    current = next
  }
  return current.some((index) => states[index]?.kind === 'end')
}

/** Matches a whole text against `*` and `?`; costs at most pattern × text, however many stars there are. */
export function matchesWildcards(pattern: string, text: string): boolean {
  let p = 0
  let star = -1
  let mark = 0
  for (let t = 0; t < text.length; ) {
    if (pattern[p] === '*') {
      star = p
      mark = t
      p += 1
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1
      t += 1
    } else if (star >= 0) {
      p = star + 1
      mark += 1
      t = mark
    } else {
      return false
    }
  }
  while (pattern[p] === '*') p += 1
  return p === pattern.length
}
