import { type Application, type ApplicationSource, isAutomated, sourcesOf } from '@driftless/model'
import { formatField, formatTable } from './table.ts'

/** What `app get` says before its tables. */
export function formatApplication(application: Application, options: { name: string; url: string }): string {
  const { spec, status } = application
  const sources = sourcesOf(spec)
  const lines = [
    formatField('Name', options.name),
    formatField('Project', spec.project),
    formatField('Server', spec.destination.server || spec.destination.name || ''),
    formatField('Namespace', spec.destination.namespace ?? ''),
    formatField('URL', options.url),
    formatField(sources.length > 1 ? 'Sources' : 'Source', ''),
    ...sources.map(formatSource),
    formatField('SyncWindow', 'Sync Allowed'),
    formatField('Sync Policy', syncPolicyText(application)),
    formatField('Sync Status', syncStatusText(application)),
    formatField('Health Status', status?.health?.status ?? ''),
  ]
  return lines.join('')
}

/** `Automated (Prune)` and its like. */
export function syncPolicyText({ spec }: Pick<Application, 'spec'>): string {
  if (!isAutomated(spec)) return 'Manual'
  return spec.syncPolicy?.automated?.prune === true ? 'Automated (Prune)' : 'Automated'
}

/** `Synced to main (0123456)` and its like. */
export function syncStatusText({ spec, status }: Application): string {
  const code = status?.sync?.status ?? 'Unknown'
  const target = sourcesOf(spec)[0]?.targetRevision ?? ''
  const revision = status?.sync?.revision ?? status?.sync?.revisions?.[0] ?? ''
  const short = revision !== '' && revision !== target ? ` (${revision.slice(0, 7)})` : ''
  if (code === 'Synced') return `${code} to ${target}${short}`
  return code === 'OutOfSync' ? `${code} from ${target}${short}` : code
}

/** Conditions as a table; `''` without any. */
export function formatConditions({ status }: Application): string {
  const conditions = status?.conditions ?? []
  if (conditions.length === 0) return ''
  const rows = conditions.map(({ type, message, lastTransitionTime = '' }) => [type, message, lastTransitionTime])
  return `\n${formatTable(['CONDITION', 'MESSAGE', 'LAST TRANSITION'], rows)}`
}

function formatSource(source: ApplicationSource): string {
  return [
    formatField('- Repo', source.repoURL),
    formatField('  Target', source.targetRevision ?? ''),
    ...(source.path ? [formatField('  Path', source.path)] : []),
    ...(source.chart ? [formatField('  Chart', source.chart)] : []),
    ...(source.ref ? [formatField('  Ref', source.ref)] : []),
    ...(source.helm?.valueFiles?.length ? [formatField('  Helm Values', source.helm.valueFiles.join(','))] : []),
    ...(source.kustomize?.namePrefix ? [formatField('  Name Prefix', source.kustomize.namePrefix)] : []),
    ...(source.kustomize?.nameSuffix ? [formatField('  Name Suffix', source.kustomize.nameSuffix)] : []),
  ].join('')
}
