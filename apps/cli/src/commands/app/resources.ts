import { choice, toggle } from '../../flags/flag.ts'
import { formatTree } from '../../output/resource-tree.ts'
import { formatTable } from '../../output/table.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { applicationName, namespaceFlag } from './application-name.ts'

/** `driftless app resources NAME`. */
export const appResources = defineServerCommand({
  operands: 'NAME',
  count: [1, 1],
  flags: {
    ...namespaceFlag,
    orphaned: toggle('only resources that nobody manages'),
    output: choice('form of the output', { short: 'o', words: ['', 'tree', 'tree=detailed'], initial: '' }),
  },
  async run({ flags, operands: [given = ''], server: { client }, io }) {
    const name = applicationName(given, flags)
    const tree = await client.call('getResourceTree', name)
    if (flags.output !== '') {
      const application = await client.call('getApplication', name)
      io.out(formatTree(tree, application, { detailed: flags.output === 'tree=detailed' }))
      return 0
    }
    const managed = flags.orphaned ? [] : tree.nodes.filter(({ parentRefs = [] }) => parentRefs.length === 0)
    const orphaned = (tree.orphanedNodes ?? []).filter(({ parentRefs = [] }) => parentRefs.length === 0)
    const rows = [
      ...managed.map((node) => [node.group ?? '', node.kind, node.namespace ?? '', node.name, 'No']),
      ...orphaned.map((node) => [node.group ?? '', node.kind, node.namespace ?? '', node.name, 'Yes']),
    ]
    io.out(formatTable(['GROUP', 'KIND', 'NAMESPACE', 'NAME', 'ORPHANED'], rows))
    return 0
  },
})
