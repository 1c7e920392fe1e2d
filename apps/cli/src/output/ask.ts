import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { CliErrors } from '../errors.ts'
import type { Io } from '../io.ts'

/** Asks a person; without one the answer must come from `flag`. Throws `CLI_FATAL`. */
export async function ask(io: Io, question: string, options: { flag: string; hidden?: boolean }): Promise<string> {
  if (!io.interactive) throw CliErrors.FATAL({ message: `nobody can be asked for ${question}: say ${options.flag}` })
  io.err(`${question}: `)
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() })
  const hidden = options.hidden === true
  const lines = createInterface({ input: process.stdin, output: hidden ? silence : process.stderr, terminal: true })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    if (hidden) io.err('\n')
  }
}

/** Asks yes or no; `n` unless the answer begins with y. */
export async function confirm(io: Io, question: string, options: { flag: string }): Promise<boolean> {
  return /^y/i.test((await ask(io, `${question} [y/n]`, options)).trim())
}
