import { gvkOf, type KubeObject, LAST_APPLIED } from '@driftless/kube-objects'
import type { FieldDifference } from '@driftless/model'
import { fieldOf, isObject, setField } from '../json-value.ts'
import { normaliseSecret } from '../normalise/secret.ts'
import { lastAppliedOf } from '../predict/last-applied.ts'

/** The states of one object that are shown together. */
export interface SecretStates {
  target: KubeObject | null
  live: KubeObject | null
  lastApplied: KubeObject | null
}

const shortest = 8
const step = 4

/**
 * The states with the values of Secrets (and of masked annotations of any kind) replaced by runs of `+`: equal values of
 * one key get equal runs, so that a difference stays visible and the value does not.
 */
export function hideSecrets(
  states: { target: KubeObject | null; live: KubeObject | null; lastApplied?: KubeObject | null },
  options: { maskedAnnotations?: readonly string[] } = {},
): SecretStates {
  const { target, live } = states
  const lastApplied = states.lastApplied ?? (live === null ? null : (lastAppliedOf(live) ?? null))
  const all = [target, live, lastApplied].map(plainData)
  const masked = new Set(options.maskedAnnotations ?? [])
  const [hiddenTarget = null, hiddenLive = null, hiddenApplied = null] = maskMaps(
    maskMaps(all, { of: dataOf, put: withData, wanted: () => true }),
    { of: annotationsOf, put: withAnnotations, wanted: (key) => masked.has(key) },
  )
  return { target: hiddenTarget, live: withHiddenAnnotation(hiddenLive, hiddenApplied), lastApplied: hiddenApplied }
}

/** Differences of a Secret without its values. */
export function hideDifferences(object: KubeObject, differences: readonly FieldDifference[]): FieldDifference[] {
  if (!isSecret(object)) return [...differences]
  return differences.map((difference) => {
    if (!/^(data|stringData)\b/.test(difference.path)) return difference
    const { live, desired, ...rest } = difference
    const known = live !== undefined
    return {
      ...rest,
      ...(known ? { live: '+'.repeat(shortest) } : {}),
      ...(desired === undefined ? {} : { desired: '+'.repeat(known ? shortest + step : shortest) }),
    }
  })
}

function isSecret(object: KubeObject): boolean {
  const { group, kind } = gvkOf(object)
  return group === '' && kind === 'Secret'
}

function plainData(object: KubeObject | null): KubeObject | null {
  return object !== null && isSecret(object) ? normaliseSecret(object) : object
}

interface MapAccess {
  readonly of: (object: KubeObject) => Record<string, unknown> | undefined
  readonly put: (object: KubeObject, map: Record<string, unknown>) => KubeObject
  readonly wanted: (key: string) => boolean
}

function maskMaps(objects: readonly (KubeObject | null)[], { of, put, wanted }: MapAccess): (KubeObject | null)[] {
  const maps = objects.map((object) => (object === null ? undefined : of(object)))
  const keys = new Set(maps.flatMap((map) => Object.keys(map ?? {})).filter(wanted))
  const hidden = maps.map((map) => (map === undefined ? undefined : { ...map }))
  for (const key of keys) {
    const runs = new Map<unknown, string>()
    for (const map of hidden) {
      if (map === undefined || !Object.hasOwn(map, key)) continue
      const value = map[key]
      const run = runs.get(value) ?? '+'.repeat(shortest + step * runs.size)
      runs.set(value, run)
      setField(map, key, run)
    }
  }
  return objects.map((object, index) => {
    const map = hidden[index]
    return object === null || map === undefined ? object : put(object, map)
  })
}

function dataOf(object: KubeObject): Record<string, unknown> | undefined {
  return isSecret(object) && isObject(object.data) ? object.data : undefined
}

function withData(object: KubeObject, data: Record<string, unknown>): KubeObject {
  return { ...object, data }
}

function annotationsOf(object: KubeObject): Record<string, unknown> | undefined {
  const annotations = fieldOf(object.metadata, 'annotations')
  return isObject(annotations) ? annotations : undefined
}

function withAnnotations(object: KubeObject, annotations: Record<string, unknown>): KubeObject {
  return { ...object, metadata: { ...object.metadata, annotations: annotations as Record<string, string> } }
}

/** The annotation that repeats what was applied would give everything away. */
function withHiddenAnnotation(live: KubeObject | null, lastApplied: KubeObject | null): KubeObject | null {
  if (live === null) return null
  const annotations = annotationsOf(live)
  if (annotations === undefined || !Object.hasOwn(annotations, LAST_APPLIED)) return live
  const text = lastApplied === null ? '+'.repeat(shortest) : JSON.stringify(lastApplied)
  const hides = isSecret(live) || lastApplied !== null
  return hides ? withAnnotations(live, { ...annotations, [LAST_APPLIED]: text }) : live
}
