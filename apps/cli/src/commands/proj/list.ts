import type { Project } from '@driftless/model'
import { formatData, outputFlag } from '../../output/data.ts'
import { formatTable } from '../../output/table.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { countOr, orphanedText } from './describe.ts'

/** `driftless proj list`. */
export const projList = defineServerCommand({
  flags: { output: outputFlag(['wide', 'name'], 'wide') },
  async run({ flags, server: { client }, io }) {
    const { items } = await client.call('listProjects', {})
    if (flags.output === 'wide') io.out(formatTable(headers, items.map(cellsOf)))
    else if (flags.output === 'name') io.out(items.map(({ metadata }) => `${metadata.name}\n`).join(''))
    else io.out(formatData(items, flags.output))
    return 0
  },
})

const headers = [
  'NAME',
  'DESCRIPTION',
  'DESTINATIONS',
  'SOURCES',
  'CLUSTER-RESOURCE-WHITELIST',
  'NAMESPACE-RESOURCE-BLACKLIST',
  'ORPHANED-RESOURCES',
]

function cellsOf({ metadata, spec }: Project): string[] {
  const destinations = (spec.destinations ?? []).map(
    ({ server, name, namespace = '' }) => `${server || name || ''},${namespace}`,
  )
  return [
    metadata.name,
    spec.description ?? '',
    countOr(destinations, 'destinations'),
    countOr(spec.sourceRepos ?? [], 'repos'),
    countOr(
      (spec.clusterResourceWhitelist ?? []).map(({ group, kind }) => `${group}/${kind}`),
      'resources',
    ),
    countOr(
      (spec.namespaceResourceBlacklist ?? []).map(({ group, kind }) => `${group}/${kind}`),
      'resources',
    ),
    orphanedText(spec),
  ]
}
