import type { ResourceDiff } from '@driftless/model'
import { isRecord, manifestText, parseState } from '#lib/yaml/manifest-text.ts'

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

/** What the cluster writes by itself; git has no say in it. */
const serverFields = ['managedFields', 'uid', 'resourceVersion', 'generation', 'creationTimestamp', 'selfLink']
const appliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration'

function print(object: Record<string, unknown> | undefined): string {
  if (object === undefined) return ''
  const { status: _, metadata, ...rest } = object
  return manifestText(isRecord(metadata) ? { ...rest, metadata: ownMetadata(metadata) } : rest)
}

function ownMetadata(metadata: Record<string, unknown>): Record<string, unknown> {
  const own = Object.fromEntries(Object.entries(metadata).filter(([name]) => !serverFields.includes(name)))
  if (!isRecord(own.annotations)) return own
  const { [appliedAnnotation]: _, ...annotations } = own.annotations
  const { annotations: __, ...withoutAnnotations } = own
  return Object.keys(annotations).length === 0 ? withoutAnnotations : { ...own, annotations }
}
