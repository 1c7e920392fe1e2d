import type { Project } from '@driftless/model'
import { formatData, outputFlag } from '../../output/data.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { orphanedText } from './describe.ts'

/** `driftless proj get PROJECT`. */
export const projGet = defineServerCommand({
  operands: 'PROJECT',
  count: [1, 1],
  flags: { output: outputFlag(['wide'], 'wide') },
  async run({ flags, operands: [name = ''], server: { client }, io }) {
    const project = await client.call('getProject', { params: { name } })
    io.out(flags.output === 'wide' ? formatProject(project) : formatData(project, flags.output))
    return 0
  },
})

function formatProject({ metadata, spec }: Project): string {
  const destinations = (spec.destinations ?? []).map(
    ({ server, name, namespace = '' }) => `${server || name || ''},${namespace}`,
  )
  const kinds = (list: readonly { group: string; kind: string }[] | undefined) =>
    (list ?? []).map(({ group, kind }) => `${group}/${kind}`)
  return [
    field('Name', [metadata.name]),
    field('Description', [spec.description ?? '']),
    field('Destinations', destinations),
    field('Repositories', spec.sourceRepos ?? []),
    field('Source Namespaces', spec.sourceNamespaces ?? []),
    field('Allowed Cluster Resources', kinds(spec.clusterResourceWhitelist)),
    field('Denied Namespaced Resources', kinds(spec.namespaceResourceBlacklist)),
    field('Orphaned Resources', [orphanedText(spec)]),
  ].join('')
}

const labelWidth = 29

/** The first value beside the label, the others below it. */
function field(label: string, values: readonly string[]): string {
  const [first = '<none>', ...others] = values
  const lines = [`${`${label}:`.padEnd(labelWidth)}${first}`, ...others.map((value) => ' '.repeat(labelWidth) + value)]
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}
