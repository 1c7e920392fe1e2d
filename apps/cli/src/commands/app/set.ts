import { CliErrors } from '../../errors.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { applicationName, namespaceFlag } from './application-name.ts'
import { changeSpec } from './spec/change-spec.ts'
import { literalValues } from './spec/literal-values.ts'
import { specFlags } from './spec/spec-flags.ts'

const selectors: ReadonlySet<string> = new Set(['source-position', 'source-name', 'validate'])

/** `driftless app set NAME`. */
export const appSet = defineServerCommand({
  operands: 'NAME',
  count: [1, 1],
  flags: { ...namespaceFlag, ...specFlags },
  async run({ flags, operands: [operand = ''], given, server: { client }, io }) {
    const wanted = Object.keys(specFlags).filter((flag) => given.has(flag) && !selectors.has(flag))
    if (wanted.length === 0) throw CliErrors.FATAL({ message: 'Please set at least one option to update' })
    const name = applicationName(operand, flags)
    const { spec } = await client.call('getApplication', name)
    const body = changeSpec(spec, { flags: await literalValues(flags, io), given })
    await client.call('updateApplicationSpec', { ...name, query: { ...name.query, validate: flags.validate }, body })
    return 0
  },
})
