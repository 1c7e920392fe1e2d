import type { Cluster } from '@driftless/model'
import { formatData, outputFlag } from '../../output/data.ts'
import { formatTable } from '../../output/table.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'

/** `driftless cluster list`. */
export const clusterList = defineServerCommand({
  flags: { output: outputFlag(['wide', 'server'], 'wide') },
  async run({ flags, server: { client }, io }) {
    const { items } = await client.call('listClusters', {})
    if (flags.output === 'wide') io.out(formatTable(headers, items.map(cellsOf)))
    else if (flags.output === 'server') io.out(items.map(({ server }) => `${server}\n`).join(''))
    else io.out(formatData(items, flags.output))
    return 0
  },
})

const headers = ['SERVER', 'NAME', 'VERSION', 'STATUS', 'MESSAGE', 'PROJECT']

function cellsOf(cluster: Cluster): string[] {
  const count = cluster.namespaces?.length ?? 0
  const state = cluster.connectionState ?? cluster.info?.connectionState
  return [
    count > 0 ? `${cluster.server} (${count} namespaces)` : cluster.server,
    cluster.name,
    cluster.serverVersion ?? cluster.info?.serverVersion ?? '',
    state?.status ?? '',
    state?.message ?? '',
    cluster.project ?? '',
  ]
}
