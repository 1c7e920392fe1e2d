import { type Source, StaticFailure } from '../syntax/source.ts'

/** A place in a program that an error passed. */
export interface TraceLine {
  readonly source?: Source
  readonly begin?: number
  readonly end?: number
  /** What the place belongs to (`function <f>`), or the whole line where there is no source. */
  readonly context: string
}

const MAX_LINES = 4000

/** A runtime error of a Jsonnet program on its way out; places are added innermost first. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly lines: TraceLine[] = []

  at(line: TraceLine): this {
    if (this.lines.length < MAX_LINES) this.lines.push(line)
    return this
  }
}

/** Makes what was thrown a failure where it is one of the program; everything else passes untouched. */
export function asFailure(thrown: unknown): Failure | undefined {
  if (thrown instanceof Failure) return thrown
  // A file that cannot be compiled is a runtime error of the one that imports it.
  if (thrown instanceof StaticFailure) return new Failure(thrown.message)
  if (thrown instanceof RangeError && thrown.message.startsWith('Maximum call stack')) {
    return new Failure('max stack frames exceeded.')
  }
  return undefined
}

/** Adds a line to what was thrown where it is a failure, and returns what to throw on. */
export function addLine(thrown: unknown, line: TraceLine): unknown {
  return asFailure(thrown)?.at(line) ?? thrown
}

const MAX_TRACE = 20

/** The message and trace as the `jsonnet` command prints them. */
export function describeFailure(failure: Failure): string {
  const lines = failure.lines.map(({ source, begin = 0, end = 0, context }) =>
    source === undefined ? `\t${context}\t` : `\t${source.describe(begin, end)}\t${context}`,
  )
  const half = MAX_TRACE / 2
  const shown = lines.length > MAX_TRACE ? [...lines.slice(0, half), '\t...', ...lines.slice(-half)] : lines
  return [`RUNTIME ERROR: ${failure.message}`, ...shown].join('\n')
}
