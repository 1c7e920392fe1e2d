import { compare, hideSecrets } from '@driftless/diff'
import { formatKey, type KubeObject, keyOf, parseManifests, printYaml } from '@driftless/kube-objects'
import type { ResourceDiff } from '@driftless/model'
import type { Connection } from '../../../server/connect.ts'
import type { ApplicationName } from '../application-name.ts'
import { unifiedDiff } from './unified-diff.ts'

/** A resource that is not as it should be, with both sides as YAML; `''` where a side is absent. */
export interface Difference {
  readonly key: ResourceKey
  readonly live: string
  readonly desired: string
}

interface ResourceKey {
  readonly group: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** What differs between cluster and git, or between cluster and another revision, sorted by group, kind, namespace, name. */
export async function readDifferences(
  { client }: Connection,
  name: ApplicationName,
  { revision }: { revision: string },
): Promise<Difference[]> {
  const { items = [] } = await client.call('getManagedResources', name)
  const ordinary = items.filter(({ hook }) => hook !== true)
  if (revision === '') return sorted(ordinary.flatMap(fromServer))
  const { manifests } = await client.call('getManifests', { ...name, query: { ...name.query, revision } })
  const { spec } = await client.call('getApplication', name)
  const targets = manifests.flatMap((text) => parseManifests(text))
  return sorted(betweenRevisions(ordinary, targets, spec.destination.namespace ?? ''))
}

/** The differences as `app diff` prints them: a line for the resource, then a unified diff, live first. */
export async function formatDifferences(
  differences: readonly Difference[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const texts: string[] = []
  for (const { key, live, desired } of differences) {
    const title = `\n===== ${key.group}/${key.kind} ${key.namespace}/${key.name} ======\n`
    texts.push(title + (await unifiedDiff({ name: key.name, live, desired }, env)))
  }
  return texts.join('')
}

function fromServer(item: ResourceDiff): Difference[] {
  const live = readState(item.normalizedLiveState)
  const target = readState(item.targetState)
  const predicted = readState(item.predictedLiveState) ?? target
  // What git no longer has is a difference too, even though no sync without pruning would change it.
  const surplus = live !== undefined && target === undefined
  if (!item.modified && !surplus && live !== undefined) return []
  return [{ key: keyFrom(item), live: print(live), desired: print(surplus ? undefined : predicted) }]
}

function betweenRevisions(
  items: readonly ResourceDiff[],
  targets: readonly KubeObject[],
  namespace: string,
): Difference[] {
  const wanted = new Map(targets.map((target) => [formatKey(keyOf(target)), target]))
  const known = items.flatMap((item): Difference[] => {
    const key = keyFrom(item)
    const target = [key, { ...key, namespace: key.namespace === namespace ? '' : key.namespace }]
      .map((candidate) => formatKey(candidate))
      .map((text) => {
        const found = wanted.get(text)
        wanted.delete(text)
        return found
      })
      .find((found) => found !== undefined)
    const live = readState(item.liveState)
    if (live === undefined && target === undefined) return []
    return compareStates(key, { live, target })
  })
  return [...known, ...[...wanted.values()].flatMap((target) => compareStates(keyOf(target), { target }))]
}

function compareStates(key: ResourceKey, states: { live?: KubeObject; target?: KubeObject }): Difference[] {
  const hidden = hideSecrets({ live: states.live ?? null, target: states.target ?? null })
  const { live, target } = { live: hidden.live ?? undefined, target: hidden.target ?? undefined }
  const { modified, normalizedLive, predictedLive } = compare({ live, target })
  if (!modified && target !== undefined) return []
  return [{ key, live: print(normalizedLive ?? undefined), desired: print(predictedLive ?? undefined) }]
}

function readState(text: string): KubeObject | undefined {
  if (text === '' || text === 'null') return undefined
  return parseManifests(text)[0]
}

function print(object: KubeObject | undefined): string {
  return object === undefined ? '' : printYaml(object)
}

function keyFrom({ group = '', kind, namespace = '', name }: ResourceDiff): ResourceKey {
  return { group, kind, namespace, name }
}

function sorted(differences: Difference[]): Difference[] {
  return differences.sort((a, b) => (formatKey(a.key) < formatKey(b.key) ? -1 : 1))
}
