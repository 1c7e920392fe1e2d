import { CliErrors } from '../../errors.ts'
import { evaluateOnDisk } from '../../files/jsonnet-source.ts'
import { readTextFrom } from '../../files/read-text.ts'
import { texts, toggle } from '../../flags/flag.ts'
import { defineCommand } from '../command.ts'

const variable = { placeholder: 'NAME[=VALUE]' }

/** `driftless jsonnet FILE`. */
export const jsonnet = defineCommand({
  operands: 'FILE',
  count: [1, 1],
  flags: {
    jpath: texts('library directory (repeat; the last is searched first)', { short: 'J', placeholder: 'DIR' }),
    'ext-str': texts('external variable; from the environment without a value', { short: 'V', ...variable }),
    'ext-code': texts('external variable as code', variable),
    'tla-str': texts('top-level argument', { short: 'A', ...variable }),
    'tla-code': texts('top-level argument as code', variable),
    exec: toggle('FILE is the program itself', { short: 'e' }),
  },
  async run({ flags, operands: [given = ''], io }) {
    const read = (list: readonly string[]) => Object.fromEntries(list.map((text) => readVariable(text, io.env)))
    const isText = flags.exec || given === '-'
    const input = isText ? { snippet: flags.exec ? given : await readTextFrom('-', io) } : { file: given }
    const { manifest, traces } = evaluateOnDisk(input, io.directory, {
      jpath: flags.jpath,
      extVars: read(flags['ext-str']),
      extCode: read(flags['ext-code']),
      tlas: read(flags['tla-str']),
      tlaCode: read(flags['tla-code']),
    })
    for (const trace of traces) io.err(`TRACE: ${trace}\n`)
    io.out(manifest)
    return 0
  },
})

function readVariable(text: string, env: Readonly<Record<string, string | undefined>>): [string, string] {
  const equals = text.indexOf('=')
  if (equals >= 0) return [text.slice(0, equals), text.slice(equals + 1)]
  const value = env[text]
  if (value === undefined) throw CliErrors.FATAL({ message: `environment variable ${text} was undefined` })
  return [text, value]
}
