import type { SyncRequest } from '@driftless/contract'
import type { Application, SyncResource } from '@driftless/model'
import { CliErrors } from '../../../errors.ts'
import type { FlagValues } from '../../../flags/flag.ts'
import type { Connection } from '../../../server/connect.ts'
import type { ApplicationName } from '../application-name.ts'
import { splitPairs } from '../spec/pair.ts'
import { matchesSelector, parseSelector } from './resource-selector.ts'
import type { syncFlags } from './sync-flags.ts'

type SyncValues = FlagValues<typeof syncFlags>

/** The request that flags mean for one application; a selection is worked out here and sent as a list. Throws `CLI_FATAL`. */
export async function syncRequest(
  server: Connection,
  { application, name }: { application: Application; name: ApplicationName },
  flags: SyncValues,
): Promise<SyncRequest> {
  const resources = await chosenResources(server, { application, name }, flags)
  const options = [
    ...(flags.replace ? ['Replace=true'] : []),
    ...(flags['server-side'] ? ['ServerSideApply=true'] : []),
    ...(flags['apply-out-of-sync-only'] ? ['ApplyOutOfSyncOnly=true'] : []),
  ]
  const force = flags.force ? { force: true } : {}
  return {
    name: name.params.name,
    ...name.query,
    revision: flags.revision,
    ...revisionsOf(flags),
    dryRun: flags['dry-run'],
    prune: flags.prune,
    strategy: flags.strategy === 'apply' ? { apply: force } : { hook: force },
    ...(resources && { resources }),
    ...(flags.info.length > 0 && { infos: splitPairs(flags.info) }),
    ...retryOf(flags),
    ...(options.length > 0 && { syncOptions: { items: options } }),
  }
}

function revisionsOf(flags: SyncValues): Pick<SyncRequest, 'revisions' | 'sourcePositions'> {
  if (flags.revisions.length === 0) return {}
  const positions = flags['source-positions'].map(Number)
  if (positions.length !== flags.revisions.length || !positions.every((position) => position >= 1))
    throw CliErrors.FATAL({
      message: 'While using --revisions and --source-positions, length of values for both flags should be same.',
    })
  return { revisions: [...flags.revisions], sourcePositions: positions }
}

function retryOf(flags: SyncValues): Pick<SyncRequest, 'retryStrategy'> {
  if (flags['retry-limit'] === 0) return {}
  return {
    retryStrategy: {
      limit: flags['retry-limit'],
      ...(flags['retry-refresh'] && { refresh: true }),
      backoff: {
        duration: flags['retry-backoff-duration'],
        maxDuration: flags['retry-backoff-max-duration'],
        factor: flags['retry-backoff-factor'],
      },
    },
  }
}

async function chosenResources(
  { client }: Connection,
  { application, name }: { application: Application; name: ApplicationName },
  flags: SyncValues,
): Promise<SyncResource[] | undefined> {
  if (flags.resource.length === 0 && flags.label.length === 0) return undefined
  const selectors = flags.resource.map(parseSelector)
  const labelled = flags.label.length === 0 ? undefined : await labelledKeys(client, name, flags)
  const chosen = (application.status?.resources ?? []).filter(
    (resource) =>
      matchesSelector(resource, selectors) &&
      (labelled === undefined || labelled.has(`${resource.kind}/${resource.name}`)),
  )
  if (chosen.length === 0) throw CliErrors.FATAL({ message: 'No matching resources found for the given selection' })
  return chosen.map(({ group = '', kind, namespace = '', name: resourceName }) => ({
    group,
    kind,
    namespace,
    name: resourceName,
  }))
}

async function labelledKeys(
  client: Connection['client'],
  name: ApplicationName,
  flags: SyncValues,
): Promise<Set<string>> {
  const wanted = splitPairs(flags.label)
  const query = { ...name.query, ...(flags.revision && { revision: flags.revision }) }
  const { manifests } = await client.call('getManifests', { ...name, query })
  const objects = manifests.map(
    (text) => JSON.parse(text) as { kind?: string; metadata?: { name?: string; labels?: Record<string, string> } },
  )
  const labelled = objects.filter(({ metadata }) =>
    wanted.every(({ name: label, value }) => metadata?.labels?.[label] === value),
  )
  return new Set(labelled.map(({ kind = '', metadata }) => `${kind}/${metadata?.name ?? ''}`))
}
