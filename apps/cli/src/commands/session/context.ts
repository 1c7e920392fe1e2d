import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CliErrors } from '../../errors.ts'
import { toggle } from '../../flags/flag.ts'
import { formatTable } from '../../output/table.ts'
import { connectionFlags } from '../../server/connection-flags.ts'
import { contextFilePath, findContext, readContexts, withoutContext, writeContexts } from '../../server/context-file.ts'
import { defineCommand } from '../command.ts'

/** `driftless context [NAME|-]`. */
export const context = defineCommand({
  operands: '[CONTEXT|-]',
  count: [0, 1],
  exits: { failure: 20 },
  flags: { ...connectionFlags, delete: toggle('removes the context with its server and user') },
  run({ flags, operands: [given], io }) {
    const path = contextFilePath(io, flags.config)
    const content = readContexts(path)
    if (given === undefined && flags.delete) throw CliErrors.USAGE({ message: 'say which CONTEXT to delete' })
    if (given === undefined) {
      const rows = content.contexts.map(({ name, server }) => [
        name === content['current-context'] ? '*' : '',
        name,
        server,
      ])
      io.out(formatTable(['CURRENT', 'NAME', 'SERVER'], rows))
      return 0
    }
    if (flags.delete) {
      writeContexts(path, withoutContext(content, given))
      io.out(`Context '${given}' deleted\n`)
      return 0
    }
    const previous = join(dirname(path), '.prev-ctx')
    const name = given === '-' ? readPrevious(previous) : given
    findContext(content, name)
    if (name === content['current-context']) {
      io.out(`Already at context '${name}'\n`)
      return 0
    }
    writeFileSync(previous, content['current-context'], { mode: 0o600 })
    writeContexts(path, { ...content, 'current-context': name })
    io.out(`Switched to context '${name}'\n`)
    return 0
  },
})

function readPrevious(path: string): string {
  const name = existsSync(path) ? readFileSync(path, 'utf8').trim() : ''
  if (name === '') throw CliErrors.FATAL({ message: 'there is no context before this one' })
  return name
}
