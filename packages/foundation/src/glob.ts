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
  const compiler = createCompiler(pattern, characters, options)
  const start = compiler.compile()
  return (text) => run(compiler.states, start, text)
}

const longestPattern = 4096

/** One state of the automaton: a test with the state after it, a fork, or the end. */
type State =
  | { readonly kind: 'test'; readonly test: (character: string) => boolean; next: number }
  | { readonly kind: 'fork'; readonly to: number[] }
  | { readonly kind: 'end' }

interface Compiler {
  readonly states: State[]
  compile(): number
}

/** A piece of the automaton: where it begins, and how to say what follows it. */
interface Piece {
  readonly start: number
  connect(next: number): void
}

function createCompiler(pattern: string, characters: readonly string[], options: GlobOptions): Compiler {
  const states: State[] = []
  const separators = new Set([...(options.separators ?? '')])
  const alternation = options.alternation ?? true
  const globstar = options.globstar === true && separators.size > 0
  let position = 0
  const invalid = (reason: string) => GlobErrors.INVALID({ pattern, reason })

  const test = (accepts: (character: string) => boolean): Piece => {
    const state: State = { kind: 'test', test: accepts, next: -1 }
    const start = states.push(state) - 1
    return {
      start,
      connect: (next) => {
        state.next = next
      },
    }
  }
  const fork = (): { index: number; to: number[] } => {
    const to: number[] = []
    return { index: states.push({ kind: 'fork', to }) - 1, to }
  }
  const isOrdinary = (character: string) => !separators.has(character)
  const repeat = (accepts: (character: string) => boolean): Piece => {
    const loop = fork()
    const body = test(accepts)
    body.connect(loop.index)
    loop.to.push(body.start)
    return { start: loop.index, connect: (next) => void loop.to.push(next) }
  }
  /** A segment `**` and its separator: nothing, or anything that ends in a separator. */
  const segments = (): Piece => {
    const entry = fork()
    const any = repeat(() => true)
    const end = test((character) => separators.has(character))
    entry.to.push(any.start)
    any.connect(end.start)
    return {
      start: entry.index,
      connect: (next) => {
        entry.to.push(next)
        end.connect(next)
      },
    }
  }

  const sequence = (pieces: readonly Piece[]): Piece => {
    for (const [index, piece] of pieces.entries()) {
      const following = pieces[index + 1]
      if (following !== undefined) piece.connect(following.start)
    }
    const [first] = pieces
    const last = pieces.at(-1)
    if (first !== undefined && last !== undefined) return { start: first.start, connect: last.connect }
    const empty = fork()
    return { start: empty.index, connect: (next) => void empty.to.push(next) }
  }

  const readSequence = (depth: number): Piece => {
    const pieces: Piece[] = []
    while (position < characters.length) {
      const character = characters[position] as string
      if (depth > 0 && (character === ',' || character === '}')) break
      pieces.push(readPiece(depth))
    }
    return sequence(pieces)
  }

  const readPiece = (depth: number): Piece => {
    const character = characters[position] as string
    position += 1
    if (character === '*') return readStar()
    if (character === '?') return test(isOrdinary)
    if (character === '[') return test(readClass())
    if (character === '{' && alternation) return readAlternatives(depth + 1)
    if (character === '}' && alternation && globstar) throw invalid('a } has no {')
    if (globstar && separators.has(character) && endsWithGlobstar()) return optionalTail(character)
    if (character !== '\\') return test((given) => given === character)
    const escaped = characters[position]
    if (escaped === undefined) throw invalid('it ends with a \\')
    position += 1
    return test((given) => given === escaped)
  }

  const readStar = (): Piece => {
    const before = characters[position - 2]
    const first = position
    while (characters[position] === '*') position += 1
    const stars = position - first + 1
    if (!globstar) return repeat(stars > 1 ? () => true : isOrdinary)
    const after = characters[position]
    const opens = before === undefined || separators.has(before) || (alternation && (before === '{' || before === ','))
    if (stars !== 2 || !opens || !(after === undefined || separators.has(after))) return repeat(isOrdinary)
    if (after === undefined) return repeat(() => true)
    position += 1
    return segments()
  }

  const endsWithGlobstar = (): boolean => characters.slice(position).join('') === '**'

  /** A separator and a last `**`: nothing, or the separator and anything. */
  const optionalTail = (separator: string): Piece => {
    position += 2
    const entry = fork()
    const inner = sequence([test((given) => given === separator), repeat(() => true)])
    entry.to.push(inner.start)
    return {
      start: entry.index,
      connect: (next) => {
        entry.to.push(next)
        inner.connect(next)
      },
    }
  }

  const readAlternatives = (depth: number): Piece => {
    if (depth > 32) throw invalid('its {} are nested too deeply')
    const entry = fork()
    const branches: Piece[] = []
    for (;;) {
      const branch = readSequence(depth)
      entry.to.push(branch.start)
      branches.push(branch)
      const closing = characters[position]
      if (closing === undefined) throw invalid('a { has no }')
      position += 1
      if (closing === '}') break
    }
    return {
      start: entry.index,
      connect: (next) => {
        for (const branch of branches) branch.connect(next)
      },
    }
  }

  const readClass = (): ((character: string) => boolean) => {
    const negated = characters[position] === '!' || (globstar && characters[position] === '^')
    if (negated) position += 1
    const ranges: [string, string][] = []
    for (;;) {
      const low = readClassCharacter()
      if (low === undefined) break
      const isRange =
        characters[position] === '-' && characters[position + 1] !== ']' && characters[position + 1] !== undefined
      if (isRange) position += 1
      const high = isRange ? readClassCharacter() : low
      if (high === undefined || order(high) < order(low)) throw invalid('a range in [] ends before it begins')
      ranges.push([low, high])
    }
    if (ranges.length === 0) throw invalid('[] is empty')
    return (given) =>
      negated !== ranges.some(([low, high]) => order(low) <= order(given) && order(given) <= order(high))
  }

  const readClassCharacter = (): string | undefined => {
    let character = characters[position]
    position += 1
    if (character === ']') return undefined
    if (character === '\\') {
      character = characters[position]
      position += 1
    }
    if (character === undefined) throw invalid('a [ has no ]')
    return character
  }

  return {
    states,
    compile() {
      const whole = readSequence(0)
      whole.connect(states.push({ kind: 'end' }) - 1)
      return whole.start
    },
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
