import type { Pattern, Shape } from './pattern.ts'

/** Texts looked up by a literal beginning or ending: one look-up for each length that occurs. */
class AffixIndex<T> {
  readonly #byText = new Map<string, T>()
  #lengths: number[] = []

  add(text: string, make: () => T): T {
    const found = this.#byText.get(text)
    if (found !== undefined) return found
    const made = make()
    this.#byText.set(text, made)
    if (!this.#lengths.includes(text.length)) this.#lengths = [...this.#lengths, text.length].sort((a, b) => a - b)
    return made
  }

  some(text: string, end: 'start' | 'end', accept: (value: T) => boolean): boolean {
    for (const length of this.#lengths) {
      if (length > text.length) return false
      const value = this.#byText.get(end === 'start' ? text.slice(0, length) : text.slice(text.length - length))
      if (value !== undefined && accept(value)) return true
    }
    return false
  }
}

/** Work that one question may cost: pattern characters times text characters. */
const mostWork = 20_000_000

/** Patterns of one beginning that are looked at to tell whether one of them covers a whole project. */
const mostOpenPatterns = 10_000

const always = () => true

/** Many patterns as one test, which takes about the same time however many there are. */
export class PatternSet {
  #any = false
  readonly #exact = new Set<string>()
  readonly #prefixes = new AffixIndex<true>()
  readonly #suffixes = new AffixIndex<true>()
  readonly #general = new AffixIndex<Pattern[]>()
  readonly #patterns: Pattern[] = []
  /** First segments, up to a slash, that a matching text must have. */
  readonly #segments = new Set<string>()
  /** Beginnings, without a slash, of texts that may match. */
  readonly #beginnings = new AffixIndex<true>()
  #hasSuffixes = false
  #hasGeneral = false

  add(pattern: Pattern): void {
    const { shape } = pattern
    this.#patterns.push(pattern)
    this.#addBeginning(shape)
    if (shape.kind === 'any') this.#any = true
    else if (shape.kind === 'exact') this.#exact.add(shape.text)
    else if (shape.kind === 'prefix') this.#prefixes.add(shape.text, () => true)
    else if (shape.kind === 'suffix') this.#addSuffix(shape.text)
    else if (shape.kind === 'general') {
      this.#hasGeneral = true
      this.#general.add(shape.prefix, () => []).push(pattern)
    }
  }

  get isEmpty(): boolean {
    return this.#patterns.length === 0
  }

  /** Whether a pattern matches; `tooMuch` when to find that out would take too long. */
  matches(text: string): boolean | 'tooMuch' {
    if (this.#any || this.#exact.has(text) || this.#prefixes.some(text, 'start', always)) return true
    if (this.#hasSuffixes && this.#suffixes.some(text, 'end', always)) return true
    return this.#hasGeneral && this.#matchesGeneral(text)
  }

  /** The same for texts that the index does not know how to look up. */
  matchesEach(text: string): boolean | 'tooMuch' {
    return scan(this.#patterns, text, { left: mostWork })
  }

  /** Whether one pattern matches every text that begins with this `<segment>/`; false when that is not certain. */
  coversAllOf(segment: string): boolean {
    const prefix = `${segment}/`
    if (this.#any || this.#prefixes.some(prefix, 'start', always)) return true
    const covers = (patterns: Pattern[]) =>
      patterns.length < mostOpenPatterns && patterns.some((pattern) => pattern.coversAllAfter(prefix))
    return this.#general.some(prefix, 'start', covers)
  }

  /** Whether a pattern may match a text that begins with this `<segment>/`; true when that is not certain. */
  mayMatchIn(segment: string): boolean {
    return this.#segments.has(segment) || this.#beginnings.some(segment, 'start', always)
  }

  #addBeginning(shape: Shape): void {
    const start =
      shape.kind === 'general' ? shape.prefix : shape.kind === 'exact' || shape.kind === 'prefix' ? shape.text : ''
    const slash = start.indexOf('/')
    if (slash !== -1) this.#segments.add(start.slice(0, slash))
    else if (shape.kind !== 'exact') this.#beginnings.add(start, () => true)
  }

  #addSuffix(text: string): void {
    this.#hasSuffixes = true
    this.#suffixes.add(text, () => true)
  }

  #matchesGeneral(text: string): boolean | 'tooMuch' {
    const work = { left: mostWork }
    let answer: boolean | 'tooMuch' = false
    this.#general.some(text, 'start', (patterns) => {
      answer = scan(patterns, text, work)
      return answer !== false
    })
    return answer
  }
}

function scan(patterns: readonly Pattern[], text: string, work: { left: number }): boolean | 'tooMuch' {
  for (const pattern of patterns) {
    work.left -= (pattern.text.length + 1) * (text.length + 1)
    if (work.left < 0) return 'tooMuch'
    if (pattern.matches(text)) return true
  }
  return false
}
