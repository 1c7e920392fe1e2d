import type { ApplicationSource, ApplicationSpec, SyncPolicy } from '@driftless/model'
import { CliErrors } from '../../../errors.ts'
import { changeSource } from './change-source.ts'
import { givenFields, type SpecChange } from './spec-change.ts'

/** The spec as it is after the flags that were given. `sources` change only with a position or a name. Throws `CLI_FATAL`. */
export function changeSpec(spec: ApplicationSpec, change: SpecChange): ApplicationSpec {
  const destination = givenFields(change, { server: 'dest-server', name: 'dest-name', namespace: 'dest-namespace' })
  const top = givenFields(change, { project: 'project', revisionHistoryLimit: 'revision-history-limit' })
  return {
    ...spec,
    ...top,
    destination: { ...spec.destination, ...destination },
    ...changeSources(spec, change),
    ...changePolicy(spec.syncPolicy, change),
  }
}

function changeSources(spec: ApplicationSpec, change: SpecChange): Pick<ApplicationSpec, 'source' | 'sources'> {
  const { sources } = spec
  if (sources === undefined || sources.length === 0) {
    const changed = changeSource(spec.source ?? { repoURL: '' }, change)
    return changed === undefined ? {} : { source: changed }
  }
  const changed = changeSource({ repoURL: '' }, change)
  if (changed === undefined) return {}
  const index = sourceIndex(sources, change)
  return { sources: sources.map((source, at) => (at === index ? (changeSource(source, change) ?? source) : source)) }
}

/** Which of several sources the flags mean, from 0. Throws `CLI_FATAL`. */
export function sourceIndex(
  sources: readonly ApplicationSource[],
  { flags, given }: Pick<SpecChange, 'given'> & { flags: { 'source-position': number; 'source-name': string } },
): number {
  const index = given.has('source-position')
    ? flags['source-position'] - 1
    : sources.findIndex(({ name }) => flags['source-name'] !== '' && name === flags['source-name'])
  if (sources[index] !== undefined) return index
  throw CliErrors.FATAL({
    message: `the application has ${sources.length} sources: say --source-position 1 to ${sources.length}, or --source-name`,
  })
}

function changePolicy(before: SyncPolicy | undefined, change: SpecChange): { syncPolicy?: SyncPolicy } {
  let policy = before
  const { flags, given } = change
  if (['none', 'manual'].includes(flags['sync-policy']) && policy !== undefined) policy = withoutAutomation(policy)
  if (flags['sync-policy'].startsWith('auto'))
    policy = { ...policy, automated: { ...policy?.automated, enabled: undefined } }
  const details = givenFields(change, { prune: 'auto-prune', selfHeal: 'self-heal', allowEmpty: 'allow-empty' })
  if (Object.keys(details).length > 0) {
    const automated = policy?.automated ?? { enabled: false }
    policy = { ...policy, automated: { ...automated, ...details } }
  }
  if (given.has('sync-option'))
    policy = { ...policy, syncOptions: changeOptions(policy?.syncOptions ?? [], flags['sync-option']) }
  if (given.has('sync-retry-limit')) policy = { ...policy, retry: retryOf(change) }
  return policy === before || policy === undefined ? {} : { syncPolicy: policy }
}

function withoutAutomation({ automated: _automated, ...rest }: SyncPolicy): SyncPolicy {
  return rest
}

function changeOptions(options: readonly string[], changes: readonly string[]): string[] {
  return changes.reduce<string[]>(
    (list, change) => {
      const option = change.replace(/^!/, '')
      const others = list.filter((other) => other !== option)
      return change.startsWith('!') ? others : [...others, option]
    },
    [...options],
  )
}

function retryOf({ flags }: SpecChange): SyncPolicy['retry'] {
  const limit = flags['sync-retry-limit']
  if (limit < 0) throw CliErrors.FATAL({ message: 'Invalid sync-retry-limit: it must not be negative' })
  if (limit === 0) return undefined
  return {
    limit,
    ...(flags['sync-retry-refresh'] && { refresh: true }),
    backoff: {
      duration: flags['sync-retry-backoff-duration'],
      maxDuration: flags['sync-retry-backoff-max-duration'],
      factor: flags['sync-retry-backoff-factor'],
    },
  }
}
