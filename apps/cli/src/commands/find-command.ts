import type { FlagTable } from '../flags/flag.ts'

/** A command line split into the words that name a command and everything else, in order. */
export interface FoundWords {
  readonly words: string
  readonly args: readonly string[]
}

/**
 * Finds the longest name of a command at the start of a command line. Flags that every command takes may stand before and between its
 * words; `known` says which of them take a value.
 */
export function findCommand(args: readonly string[], names: ReadonlySet<string>, known: FlagTable): FoundWords {
  const groups = new Set([...names].flatMap(prefixes))
  const words: string[] = []
  const before: string[] = []
  let index = 0
  while (index < args.length) {
    const arg = args[index] as string
    if (arg.startsWith('-')) {
      const width = flagWidth(arg, known)
      if (width === 0) break
      before.push(...args.slice(index, index + width))
      index += width
      continue
    }
    const next = [...words, arg].join(' ')
    if (!names.has(next) && !groups.has(next)) break
    words.push(arg)
    index += 1
  }
  return { words: words.join(' '), args: [...before, ...args.slice(index)] }
}

function prefixes(name: string): string[] {
  const words = name.split(' ')
  return words.slice(0, -1).map((_word, index) => words.slice(0, index + 1).join(' '))
}

/** How many arguments a flag takes up, itself included; 0 for a flag that not every command has. */
function flagWidth(arg: string, known: FlagTable): number {
  const name = arg.replace(/^--?/, '').replace(/=.*$/s, '')
  const flag = arg.startsWith('--')
    ? known[name]
    : Object.values(known).find(({ short }) => short !== undefined && name.startsWith(short))
  if (flag === undefined) return 0
  if (arg.includes('=') || flag.bare !== undefined) return 1
  return arg.startsWith('--') || arg.length === 2 ? 2 : 1
}
