import type { ResourceDiff } from '@driftless/model'
import { manifestText, parseState, withoutManagedFields } from '#lib/yaml/manifest-text.ts'

/** Both sides of a comparison as YAML; a side that is absent is empty. */
export interface DiffSides {
  readonly live: string
  readonly desired: string
}

/** What is compared: the live object without what nobody set, against what it would be after a sync. */
export function diffSides(resource: ResourceDiff): DiffSides {
  const live = parseState(resource.normalizedLiveState) ?? parseState(resource.liveState)
  const target = parseState(resource.targetState)
  // Without a target the object would be pruned: there is nothing on the desired side.
  const desired = target === undefined ? undefined : (parseState(resource.predictedLiveState) ?? target)
  const exists = parseState(resource.liveState) !== undefined
  return { live: exists ? print(live) : '', desired: print(desired) }
}

/** Which sides an object has. */
export function presence(resource: Pick<ResourceDiff, 'liveState' | 'targetState'>): 'both' | 'git' | 'live' {
  if (parseState(resource.liveState) === undefined) return 'git'
  return parseState(resource.targetState) === undefined ? 'live' : 'both'
}

function print(object: Record<string, unknown> | undefined): string {
  return object === undefined ? '' : manifestText(withoutManagedFields(object))
}
