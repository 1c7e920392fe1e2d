import { CliErrors } from '../errors.ts'
import type { Flag, FlagTable, FlagValues } from './flag.ts'

/** A command line, read. */
export interface ParsedFlags<F> {
  readonly values: FlagValues<F>
  /** What is no flag, in order. */
  readonly operands: readonly string[]
  /** Names of the flags that occur. */
  readonly given: ReadonlySet<string>
}

/**
 * Reads a command line as POSIX-style Go programs do: flags anywhere before `--`, `--name value`, `--name=value`, `-n value`, `-nvalue`,
 * clusters of switches, `--switch=false`. Throws `CLI_UNKNOWN_FLAG`, `CLI_FLAG_NEEDS_VALUE`, `CLI_FLAG_INVALID`.
 */
export function parseFlags<F extends FlagTable>(args: readonly string[], flags: F): ParsedFlags<F> {
  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [name, flag.initial]),
  )
  const shorts = new Map(Object.entries(flags).flatMap(([name, flag]) => (flag.short ? [[flag.short, name]] : [])))
  const operands: string[] = []
  const given = new Set<string>()
  const rest = [...args]
  const set = (name: string, flag: Flag<unknown>, value: string): void => {
    given.add(name)
    values[name] = readValue(name, { flag, value, before: values[name] })
  }
  const next = (name: string): string => {
    const value = rest.shift()
    if (value === undefined) throw CliErrors.FLAG_NEEDS_VALUE({ flag: name })
    return value
  }
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      operands.push(...rest)
      break
    }
    if (arg.startsWith('--')) {
      const { name, value } = splitLong(arg)
      const flag = Object.hasOwn(flags, name) ? flags[name] : undefined
      if (flag === undefined) throw CliErrors.UNKNOWN_FLAG({ flag: `--${name}` })
      set(name, flag, value ?? flag.bare ?? next(`--${name}`))
    } else if (arg.startsWith('-') && arg !== '-') {
      readShorts(arg.slice(1), { flags, shorts, set, next })
    } else operands.push(arg)
  }
  // Every value was made by its flag's own reader.
  return { values: values as FlagValues<F>, operands, given }
}

function splitLong(arg: string): { name: string; value: string | undefined } {
  const equals = arg.indexOf('=')
  return equals < 0
    ? { name: arg.slice(2), value: undefined }
    : { name: arg.slice(2, equals), value: arg.slice(equals + 1) }
}

interface ShortReading {
  readonly flags: FlagTable
  readonly shorts: ReadonlyMap<string, string>
  readonly set: (name: string, flag: Flag<unknown>, value: string) => void
  readonly next: (name: string) => string
}

function readShorts(letters: string, { flags, shorts, set, next }: ShortReading): void {
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters.charAt(index)
    const name = shorts.get(letter)
    const flag = name === undefined ? undefined : flags[name]
    if (name === undefined || flag === undefined) throw CliErrors.UNKNOWN_FLAG({ flag: `-${letter}` })
    const tail = letters.slice(index + 1)
    const value = tail.startsWith('=')
      ? tail.slice(1)
      : flag.bare === undefined
        ? tail || next(`-${letter}`)
        : undefined
    set(name, flag, value ?? flag.bare ?? '')
    if (value !== undefined) return
  }
}

function readValue(name: string, { flag, value, before }: { flag: Flag<unknown>; value: string; before: unknown }) {
  try {
    return flag.read(value, before)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw CliErrors.FLAG_INVALID({ flag: `--${name}`, value, reason }, { cause })
  }
}
