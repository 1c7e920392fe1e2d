/** One flag of a command: how its text is read and what it is when not given. */
export interface Flag<T> {
  readonly summary: string
  /** The one-letter form. */
  readonly short?: string
  readonly initial: T
  /** What the help calls its value; none for switches. */
  readonly placeholder?: string
  /** The text that the bare flag stands for; without it a value must follow. */
  readonly bare?: string
  /** The value after one more occurrence; throws a plain sentence for a text that is none. */
  read(text: string, before: T): T
}

/** Flags by their long names. */
export type FlagTable = Readonly<Record<string, Flag<unknown>>>

/** The values that parsing a table of flags gives. */
export type FlagValues<F> = { readonly [K in keyof F]: F[K] extends Flag<infer T> ? T : never }

interface Naming {
  readonly short?: string
  readonly placeholder?: string
}

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  t: true,
  '1': true,
  false: false,
  f: false,
  '0': false,
}

/** A switch; `--name=false` turns it off. */
export function toggle(summary: string, options: { short?: string; initial?: boolean } = {}): Flag<boolean> {
  const { initial = false, short } = options
  return {
    summary,
    initial,
    bare: 'true',
    ...(short && { short }),
    read(text) {
      const value = truths[text.toLowerCase()]
      if (value === undefined) throw new Error('say true or false')
      return value
    },
  }
}

/** A text; `''` unless told. */
export function text(summary: string, options: Naming & { initial?: string; bare?: string } = {}): Flag<string> {
  const { initial = '', placeholder = 'TEXT', ...rest } = options
  return { summary, initial, placeholder, ...rest, read: (given) => given }
}

/** One of a few words. */
export function choice<const T extends string>(
  summary: string,
  options: Naming & { words: readonly T[]; initial: T; bare?: T },
): Flag<T> {
  const { words, initial, placeholder = words.filter((word) => word !== '').join('|'), ...rest } = options
  return {
    summary,
    initial,
    placeholder,
    ...rest,
    read(given) {
      const word = words.find((known) => known === given)
      if (word === undefined) throw new Error(`say one of ${words.filter((known) => known !== '').join(', ')}`)
      return word
    },
  }
}

/** A whole number. */
export function integer(summary: string, options: Naming & { initial?: number } = {}): Flag<number> {
  const { initial = 0, placeholder = 'N', ...rest } = options
  return {
    summary,
    initial,
    placeholder,
    ...rest,
    read(given) {
      if (!/^[+-]?\d{1,15}$/.test(given)) throw new Error('say a whole number')
      return Number(given)
    },
  }
}

/** A flag that may be repeated; each occurrence is one item, commas and all. */
export function texts(summary: string, options: Naming = {}): Flag<readonly string[]> {
  const { placeholder = 'TEXT', ...rest } = options
  return { summary, initial: [], placeholder, ...rest, read: (given, before) => [...before, given] }
}

/** A flag that may be repeated and whose text is a list of items between commas. */
export function items(summary: string, options: Naming = {}): Flag<readonly string[]> {
  const { placeholder = 'TEXT,…', ...rest } = options
  return { summary, initial: [], placeholder, ...rest, read: (given, before) => [...before, ...splitItems(given)] }
}

/** Splits at commas; an item in double quotes keeps its commas. */
function splitItems(given: string): string[] {
  if (given === '') return []
  const found: string[] = []
  const pattern = /(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/gy
  while (pattern.lastIndex < given.length) {
    const match = pattern.exec(given)
    if (match === null) throw new Error('a double quote has no end')
    found.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
  }
  if (given.endsWith(',')) found.push('')
  return found
}
