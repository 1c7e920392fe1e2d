import { CliErrors } from '../../errors.ts'
import { integer, toggle } from '../../flags/flag.ts'
import { formatData, outputFlag } from '../../output/data.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { applicationName, namespaceFlag } from './application-name.ts'
import { printOutcome } from './print-outcome.ts'
import { waitFor } from './wait/wait-for.ts'

/** `driftless app rollback NAME [ID]`. */
export const appRollback = defineServerCommand({
  operands: 'NAME [ID]',
  count: [1, 2],
  flags: {
    ...namespaceFlag,
    prune: toggle('deletes what that deployment did not have'),
    timeout: integer('gives up waiting', { placeholder: 'SECONDS' }),
    output: outputFlag(['wide', 'tree', 'tree=detailed'], 'wide'),
  },
  async run({ flags, operands: [given = '', id], server, io }) {
    const name = applicationName(given, flags)
    const application = await server.client.call('getApplication', name)
    const history = (application.status?.history ?? []).map((entry) => entry.id)
    const body = { ...name.query, name: name.params.name, id: chosenId(history, id), prune: flags.prune }
    await server.client.call('rollbackApplication', { params: name.params, body })
    const conditions = { sync: false, health: false, suspended: false, degraded: false, operation: true, delete: false }
    const format = flags.output === 'json' || flags.output === 'yaml' ? flags.output : undefined
    const after = await waitFor(server, name, {
      conditions,
      selectors: [],
      seconds: flags.timeout,
      ...(format === undefined && { progress: io }),
    })
    if (after === undefined) return 0
    if (flags.output === 'json' || flags.output === 'yaml') io.out(formatData(after, flags.output))
    else await printOutcome(server, after, { io, output: flags.output })
    return after.status?.operationState?.phase === 'Succeeded' ? 0 : 1
  },
})

function chosenId(history: readonly number[], given: string | undefined): number {
  if (given === undefined) {
    const before = history.at(-2)
    if (before === undefined)
      throw CliErrors.FATAL({ message: 'Application should have at least two successful deployments' })
    return before
  }
  if (!/^\d+$/.test(given) || !history.includes(Number(given)))
    throw CliErrors.FATAL({ message: `the application has no deployment ${given} in its history` })
  return Number(given)
}
