import { type Application, type RevisionHistory, sourcesOf } from '@driftless/model'
import { choice } from '../../flags/flag.ts'
import { formatTable } from '../../output/table.ts'
import { formatMoment } from '../../output/time.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'
import { applicationName, namespaceFlag } from './application-name.ts'

/** `driftless app history NAME`. */
export const appHistory = defineServerCommand({
  operands: 'NAME',
  count: [1, 1],
  flags: {
    ...namespaceFlag,
    output: choice('form of the output', { short: 'o', words: ['wide', 'id'], initial: 'wide' }),
  },
  async run({ flags, operands: [given = ''], server, io }) {
    const application = await server.client.call('getApplication', applicationName(given, flags))
    const history = application.status?.history ?? []
    io.out(flags.output === 'id' ? history.map(({ id }) => `${id}\n`).join('') : formatHistory(application, history))
    return 0
  },
})

/** Deployments grouped by the repository they came from. */
function formatHistory(application: Application, history: readonly RevisionHistory[]): string {
  const groups = new Map<string, string[][]>()
  for (const entry of history) {
    const sources = entry.sources ?? (entry.source === undefined ? sourcesOf(application.spec) : [entry.source])
    sources.forEach(({ repoURL, targetRevision = '' }, index) => {
      const revision = entry.revisions?.[index] ?? entry.revision ?? ''
      const short = revision === '' || revision === targetRevision ? '' : ` (${revision.slice(0, 7)})`
      const row = [String(entry.id), formatMoment(entry.deployedAt), `${targetRevision}${short}`.trim()]
      groups.set(repoURL, [...(groups.get(repoURL) ?? []), row])
    })
  }
  return [...groups].map(([url, rows]) => `SOURCE  ${url}\n${formatTable(['ID', 'DATE', 'REVISION'], rows)}`).join('\n')
}
