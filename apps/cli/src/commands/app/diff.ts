import { integer, text, toggle } from '../../flags/flag.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { applicationName, namespaceFlag } from './application-name.ts'
import { formatDifferences, readDifferences } from './diff/differences.ts'

/** `driftless app diff NAME`; exit code 1 when something differs. */
export const appDiff = defineServerCommand({
  operands: 'NAME',
  count: [1, 1],
  exits: { usage: 2 },
  flags: {
    ...namespaceFlag,
    refresh: toggle('compares anew first'),
    'hard-refresh': toggle('renders and compares anew first'),
    revision: text('compares with this revision', { placeholder: 'REVISION' }),
    'exit-code': toggle('says by the exit code whether something differs', { initial: true }),
    'diff-exit-code': integer('exit code when something differs', { initial: 1 }),
  },
  async run({ flags, operands: [given = ''], server, io }) {
    const name = applicationName(given, flags)
    if (flags.refresh || flags['hard-refresh']) {
      const refresh = flags['hard-refresh'] ? 'hard' : 'normal'
      await server.client.call('getApplication', { ...name, query: { ...name.query, refresh } })
    }
    const differences = await readDifferences(server, name, { revision: flags.revision })
    io.out(await formatDifferences(differences, io.env))
    return differences.length > 0 && flags['exit-code'] ? flags['diff-exit-code'] : 0
  },
})
