import { type Application, type ApplicationCondition, isAutomated, sourcesOf } from '@driftless/model'
import { items, text } from '../../flags/flag.ts'
import { formatData, outputFlag } from '../../output/data.ts'
import { formatTable } from '../../output/table.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { namespaceFlag, qualifiedName } from './application-name.ts'

/** `driftless app list`. */
export const appList = defineServerCommand({
  flags: {
    ...namespaceFlag,
    selector: text('label selector', { short: 'l', placeholder: 'SELECTOR' }),
    project: items('only these projects', { short: 'p', placeholder: 'PROJECT,…' }),
    repo: text('only from this repository', { short: 'r', placeholder: 'URL' }),
    cluster: text('only for this cluster, by address or name', { short: 'c', placeholder: 'CLUSTER' }),
    path: text('only from this path', { short: 'P', placeholder: 'PATH' }),
    output: outputFlag(['wide', 'name'], 'wide'),
  },
  async run({ flags, server, io }) {
    const { items: all } = await server.client.call('listApplications', {
      query: {
        ...(flags.selector && { selector: flags.selector }),
        ...(flags.project.length > 0 && { projects: [...flags.project] }),
        ...(flags['app-namespace'] && { appNamespace: flags['app-namespace'] }),
      },
    })
    const chosen = all.filter((application) => isChosen(application, flags))
    if (flags.output === 'name') io.out(chosen.map((application) => `${qualifiedName(application)}\n`).join(''))
    else if (flags.output === 'wide') io.out(formatTable(headers, chosen.map(cellsOf)))
    else io.out(formatData(chosen, flags.output))
    return 0
  },
})

const headers = [
  'NAME',
  'CLUSTER',
  'NAMESPACE',
  'PROJECT',
  'STATUS',
  'HEALTH',
  'SYNCPOLICY',
  'CONDITIONS',
  'REPO',
  'PATH',
  'TARGET',
]

function isChosen({ spec }: Application, flags: { repo: string; cluster: string; path: string }): boolean {
  const sources = sourcesOf(spec)
  const { server, name } = spec.destination
  return (
    (flags.repo === '' || sources.some(({ repoURL }) => normalUrl(repoURL) === normalUrl(flags.repo))) &&
    (flags.cluster === '' || server === flags.cluster || name === flags.cluster) &&
    (flags.path === '' || sources.some(({ path }) => path === flags.path))
  )
}

function normalUrl(url: string): string {
  return url
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
}

function cellsOf(application: Application): string[] {
  const { spec, status } = application
  const [source] = sourcesOf(spec)
  return [
    qualifiedName(application),
    spec.destination.server || spec.destination.name || '',
    spec.destination.namespace ?? '',
    spec.project,
    status?.sync?.status ?? '',
    status?.health?.status ?? '',
    policyWord(application),
    conditionWords(status?.conditions ?? []),
    source?.repoURL ?? '',
    source?.path ?? '',
    source?.targetRevision ?? '',
  ]
}

function policyWord({ spec }: Application): string {
  if (!isAutomated(spec)) return 'Manual'
  return spec.syncPolicy?.automated?.prune === true ? 'Auto-Prune' : 'Auto'
}

function conditionWords(conditions: readonly ApplicationCondition[]): string {
  const counts = new Map<string, number>()
  for (const { type } of conditions) counts.set(type, (counts.get(type) ?? 0) + 1)
  const words = [...counts].map(([type, count]) => (count > 1 ? `${type}(${count})` : type))
  return words.length === 0 ? '<none>' : words.sort().join(',')
}
