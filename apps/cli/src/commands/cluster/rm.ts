import { toggle } from '../../flags/flag.ts'
import { confirm } from '../../output/ask.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { clusterId } from './cluster-id.ts'

/** `driftless cluster rm SERVER|NAME…`; nothing in the cluster is touched. */
export const clusterRm = defineServerCommand({
  operands: 'SERVER|NAME…',
  count: [1, Number.POSITIVE_INFINITY],
  flags: { yes: toggle('asks nothing', { short: 'y' }) },
  async run({ flags, operands, server: { client }, io }) {
    for (const given of operands) {
      const question = `Are you sure you want to remove cluster '${given}'?`
      if (io.interactive && !flags.yes && !(await confirm(io, question, { flag: '--yes' }))) continue
      await client.call('deleteCluster', clusterId(given))
      io.out(`Cluster '${given}' removed\n`)
    }
    return 0
  },
})
