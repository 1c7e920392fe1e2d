import { formatData, outputFlag } from '../../output/data.ts'
import { formatField } from '../../output/table.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { clusterId } from './cluster-id.ts'

/** `driftless cluster get SERVER|NAME`. */
export const clusterGet = defineServerCommand({
  operands: 'SERVER|NAME',
  count: [1, 1],
  flags: { output: outputFlag(['wide', 'server'], 'yaml') },
  async run({ flags, operands: [given = ''], server: { client }, io }) {
    const cluster = await client.call('getCluster', clusterId(given))
    if (flags.output === 'server') io.out(`${cluster.server}\n`)
    else if (flags.output === 'wide') {
      const { info, connectionState, serverVersion } = cluster
      io.out(
        [
          formatField('Server', cluster.server),
          formatField('Server Name', cluster.name),
          formatField('Server Version', serverVersion ?? info?.serverVersion ?? ''),
          formatField('Namespaces', (cluster.namespaces ?? []).join(',') || '*'),
          formatField('Status', (connectionState ?? info?.connectionState)?.status ?? ''),
          formatField('Applications', String(info?.applicationsCount ?? 0)),
          formatField('Resources', String(info?.cacheInfo?.resourcesCount ?? 0)),
        ].join(''),
      )
    } else io.out(formatData(cluster, flags.output))
    return 0
  },
})
