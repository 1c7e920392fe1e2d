import { choice, text } from '../../flags/flag.ts'
import { formatData } from '../../output/data.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { applicationName, namespaceFlag } from './application-name.ts'

/** `driftless app patch NAME`. */
export const appPatch = defineServerCommand({
  operands: 'NAME',
  count: [1, 1],
  flags: {
    ...namespaceFlag,
    patch: text('the patch, JSON', { placeholder: 'JSON' }),
    type: choice('what the patch is', { words: ['json', 'merge'], initial: 'json' }),
  },
  async run({ flags, operands: [given = ''], server, io }) {
    const { params, query } = applicationName(given, flags)
    const body = { name: params.name, ...query, patch: flags.patch, patchType: flags.type }
    io.out(formatData(await server.client.call('patchApplication', { params, body }), 'yaml'))
    return 0
  },
})
