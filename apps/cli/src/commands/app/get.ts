import type { Application } from '@driftless/model'
import { integer, toggle } from '../../flags/flag.ts'
import { formatApplication, formatConditions } from '../../output/application-summary.ts'
import { formatData, outputFlag } from '../../output/data.ts'
import { formatOperation } from '../../output/operation-summary.ts'
import { formatResources, resourceRows } from '../../output/resource-rows.ts'
import { formatTree } from '../../output/resource-tree.ts'
import { formatTable } from '../../output/table.ts'
import type { Connection } from '../../server/connect.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { type ApplicationName, applicationName, namespaceFlag, qualifiedName } from './application-name.ts'

/** `driftless app get NAME`. */
export const appGet = defineServerCommand({
  operands: 'NAME',
  count: [1, 1],
  flags: {
    ...namespaceFlag,
    refresh: toggle('compares anew first'),
    'hard-refresh': toggle('renders and compares anew first'),
    'show-operation': toggle('shows the last operation too'),
    'show-params': toggle('shows the parameters too'),
    timeout: integer('gives up waiting for the refresh', { placeholder: 'SECONDS' }),
    output: outputFlag(['wide', 'tree', 'tree=detailed'], 'wide'),
  },
  async run({ flags, operands: [given = ''], server, io }) {
    const name = applicationName(given, flags)
    const application = await readApplication(server, name, {
      refresh: flags['hard-refresh'] ? 'hard' : flags.refresh ? 'normal' : undefined,
      seconds: flags.timeout,
    })
    if (flags.output === 'json' || flags.output === 'yaml') {
      io.out(formatData(application, flags.output))
      return 0
    }
    const url = `${server.address.url}/applications/${application.metadata.name}`
    io.out(formatApplication(application, { name: qualifiedName(application), url }))
    io.out(formatConditions(application))
    if (flags['show-operation']) io.out(`\n${formatOperation(application)}`)
    if (flags['show-params']) io.out(`\n${formatParameters(application)}`)
    if (flags.output !== 'wide') {
      const tree = await server.client.call('getResourceTree', name)
      io.out(`\n${formatTree(tree, application, { detailed: flags.output === 'tree=detailed' })}`)
    } else {
      const rows = resourceRows(application)
      if (rows.length > 0) io.out(`\n${formatResources(rows)}`)
    }
    return 0
  },
})

/** Reads an application; a refresh that takes too long is given up and the state at hand is read. */
async function readApplication(
  { client }: Connection,
  name: ApplicationName,
  options: { refresh: 'normal' | 'hard' | undefined; seconds: number },
): Promise<Application> {
  const { refresh, seconds } = options
  if (refresh === undefined) return client.call('getApplication', name)
  const signal = seconds > 0 ? { signal: AbortSignal.timeout(seconds * 1000) } : {}
  try {
    return await client.call('getApplication', { ...name, query: { ...name.query, refresh }, ...signal })
  } catch (error) {
    if (signal.signal?.aborted !== true) throw error
    return client.call('getApplication', name)
  }
}

const longestValue = 80

function formatParameters({ spec }: Application): string {
  const parameters = (spec.sources ?? [spec.source]).flatMap((source) => source?.helm?.parameters ?? [])
  const rows = parameters.map(({ name, value }) => [name, [...value].slice(0, longestValue).join('')])
  return formatTable(['NAME', 'VALUE'], rows)
}
