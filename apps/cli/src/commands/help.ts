import type { FlagTable } from '../flags/flag.ts'
import type { Command } from './command.ts'

/** Help of a command. */
export function commandHelp(words: string, summary: string, command: Command): string {
  const usage = ['driftless', words, command.operands, '[flags]'].filter((part) => part !== '').join(' ')
  return `${summary}\n\nUsage:\n  ${usage}\n\nFlags:\n${flagLines(command.flags).join('\n')}\n`
}

/** Help of a group of commands, or of all. */
export function groupHelp(words: string, commands: Readonly<Record<string, { readonly summary: string }>>): string {
  const inside = Object.entries(commands).filter(([name]) => words === '' || name.startsWith(`${words} `))
  const width = Math.max(...inside.map(([name]) => name.length))
  const lines = inside.map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return `Usage:\n  driftless ${words === '' ? '' : `${words} `}COMMAND [flags]\n\nCommands:\n${lines.join('\n')}\n`
}

function flagLines(flags: FlagTable): string[] {
  const rows = Object.entries({ ...flags, help: { summary: 'shows this', short: 'h', initial: false } }).map(
    ([name, flag]) => {
      const short = flag.short === undefined ? '    ' : `-${flag.short}, `
      const placeholder = 'placeholder' in flag && flag.placeholder !== undefined ? ` ${flag.placeholder}` : ''
      return { left: `  ${short}--${name}${placeholder}`, right: `${flag.summary}${initialText(flag.initial)}` }
    },
  )
  const width = Math.max(...rows.map(({ left }) => left.length))
  return rows.map(({ left, right }) => `${left.padEnd(width)}  ${right}`)
}

function initialText(initial: unknown): string {
  if (initial === false || initial === '' || initial === 0 || (Array.isArray(initial) && initial.length === 0))
    return ''
  return ` (${String(initial)} unless told)`
}
