import { DriftlessError } from '@driftless/foundation'
import { integer, text, texts, toggle } from '../../flags/flag.ts'
import { formatData, outputFlag } from '../../output/data.ts'
import type { Connection } from '../../server/connect.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { type ApplicationName, applicationName, namespaceFlag } from './application-name.ts'
import { findTargets } from './find-targets.ts'
import { printOutcome } from './print-outcome.ts'
import { parseSelector } from './sync/resource-selector.ts'
import { WaitErrors } from './wait/errors.ts'
import { waitFor } from './wait/wait-for.ts'

/** `driftless app wait NAME…`. */
export const appWait = defineServerCommand({
  operands: '[NAME…]',
  count: [0, Number.POSITIVE_INFINITY],
  flags: {
    ...namespaceFlag,
    selector: text('applications with these labels', { short: 'l', placeholder: 'SELECTOR' }),
    sync: toggle('until it is synced'),
    health: toggle('until it is healthy'),
    suspended: toggle('until it is suspended'),
    degraded: toggle('until it is degraded'),
    operation: toggle('until no operation runs'),
    delete: toggle('until it is gone'),
    resource: texts('only GROUP:KIND:[NAMESPACE/]NAME (repeat)', { placeholder: 'RESOURCE' }),
    timeout: integer('gives up', { placeholder: 'SECONDS' }),
    output: outputFlag(['wide', 'tree', 'tree=detailed'], 'wide'),
  },
  async run({ flags, operands, server, io }) {
    const asked = [flags.sync, flags.health, flags.suspended, flags.degraded, flags.operation, flags.delete]
    const all = !asked.includes(true)
    const conditions = {
      sync: flags.sync || all,
      health: flags.health || all,
      suspended: flags.suspended,
      degraded: flags.degraded,
      operation: flags.operation || all,
      delete: flags.delete,
    }
    const format = flags.output === 'json' || flags.output === 'yaml' ? flags.output : undefined
    const names = flags.delete ? operands.map((operand) => applicationName(operand, flags)) : []
    const targets: readonly ApplicationName[] =
      names.length > 0 ? names : (await findTargets(server.client, operands, flags)).map(({ name }) => name)
    const output = format === undefined && flags.output !== 'json' && flags.output !== 'yaml' ? flags.output : 'wide'
    for (const name of targets) {
      try {
        const application = await waitFor(server, name, {
          conditions,
          selectors: flags.resource.map(parseSelector),
          seconds: flags.timeout,
          ...(format === undefined && { progress: io }),
        })
        if (application === undefined) io.out(`application '${name.params.name}' deleted\n`)
        else if (format !== undefined) io.out(formatData(application, format))
        else await printOutcome(server, application, { io, output })
      } catch (error) {
        const isTimeout = error instanceof DriftlessError && error.code === WaitErrors.TIMEOUT.code
        if (isTimeout && format === undefined) await printNow(server, name, { io, output })
        throw error
      }
    }
    return 0
  },
})

/** What is printed when the time is over: the state that was not what was waited for. */
async function printNow(server: Connection, name: ApplicationName, options: Parameters<typeof printOutcome>[2]) {
  const application = await server.client.call('getApplication', name).catch(() => undefined)
  if (application !== undefined) await printOutcome(server, application, options)
}
