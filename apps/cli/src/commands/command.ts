import { CliErrors } from '../errors.ts'
import type { FlagTable, FlagValues } from '../flags/flag.ts'
import { parseFlags } from '../flags/parse-flags.ts'
import type { Io } from '../io.ts'

/** One run of a command. */
export interface Call<F> {
  readonly flags: FlagValues<F>
  readonly operands: readonly string[]
  /** Names of the flags that were given. */
  readonly given: ReadonlySet<string>
  readonly io: Io
}

/** A command as its file declares it. */
export interface CommandDefinition<F extends FlagTable> {
  /** Operands as the help shows them. */
  readonly operands?: string
  /** How many operands there may be; none unless told. */
  readonly count?: readonly [least: number, most: number]
  readonly flags: F
  readonly exits?: Partial<Exits>
  /** Gives the exit code when it is not 0. */
  run(call: Call<F>): Promise<number | undefined> | number | undefined
}

/** Exit codes of failures. */
export interface Exits {
  /** Wrong flags or operands. */
  readonly usage: number
  /** Failures of the work itself, but for those that say `CLI_FATAL`, which always give 1. */
  readonly failure: number
}

/** A command, ready to be run with its arguments. */
export interface Command {
  readonly operands: string
  readonly flags: FlagTable
  readonly exits: Exits
  run(args: readonly string[], io: Io): Promise<number>
}

/** Declares a command and keeps the exact types of its flags. */
export function defineCommand<F extends FlagTable>(definition: CommandDefinition<F>): Command {
  const { flags, operands: shown = '', count = [0, 0], exits } = definition
  return {
    operands: shown,
    flags,
    exits: { usage: 1, failure: 1, ...exits },
    async run(args, io) {
      const { values, operands, given } = parseFlags(args, flags)
      checkCount(operands, { count, shown })
      return (await definition.run({ flags: values, operands, given, io })) ?? 0
    },
  }
}

function checkCount(
  operands: readonly string[],
  { count: [least, most], shown }: { count: readonly [number, number]; shown: string },
): void {
  if (operands.length >= least && operands.length <= most) return
  const wanted = shown === '' ? 'no arguments' : `the arguments ${shown}`
  throw CliErrors.USAGE({ message: `expected ${wanted}, got ${operands.length}` })
}
