import { DriftlessError, messageOf } from '@driftless/foundation'
import type { Command } from './commands/command.ts'
import { findCommand } from './commands/find-command.ts'
import { commands } from './commands/table.ts'
import { CliErrors } from './errors.ts'
import { type Io, processIo } from './io.ts'
import { connectionFlags } from './server/connection-flags.ts'

const names = new Set(Object.keys(commands))

/** Runs one command line and gives its exit code; nothing is thrown. */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  const { words, args } = findCommand(argv, names, connectionFlags)
  const entry = commands[words]
  if (entry === undefined) return withoutCommand(words, args, io)
  const command = await entry.load()
  if (asksForHelp(args)) {
    const { commandHelp } = await import('./commands/help.ts')
    io.out(commandHelp(words, entry.summary, command))
    return 0
  }
  try {
    return await command.run(args, io)
  } catch (error) {
    return report(error, { words, command, io })
  }
}

async function withoutCommand(words: string, args: readonly string[], io: Io): Promise<number> {
  const { groupHelp } = await import('./commands/help.ts')
  const unknown = args.find((arg) => !arg.startsWith('-'))
  if (unknown === undefined) {
    io.out(groupHelp(words, commands))
    return 0
  }
  io.err(`Error: ${CliErrors.UNKNOWN_COMMAND({ word: unknown }).message}\n\n${groupHelp(words, commands)}`)
  return 1
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h')
}

const usageCodes: ReadonlySet<string> = new Set(
  [CliErrors.UNKNOWN_FLAG, CliErrors.FLAG_NEEDS_VALUE, CliErrors.FLAG_INVALID, CliErrors.USAGE].map(({ code }) => code),
)

function report(error: unknown, { words, command, io }: { words: string; command: Command; io: Io }): number {
  const code = error instanceof DriftlessError ? error.code : ''
  io.err(`Error: ${messageOf(error)}\n`)
  if (usageCodes.has(code)) {
    io.err(`See 'driftless ${words} --help'.\n`)
    return command.exits.usage
  }
  return code === CliErrors.FATAL.code ? 1 : command.exits.failure
}
