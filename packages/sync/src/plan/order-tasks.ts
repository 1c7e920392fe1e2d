import { formatGroupKind, gvkOf, type KubeObject } from '@driftless/kube-objects'
import type { SyncPhase } from '@driftless/model'
import { kindRank } from './kind-order.ts'
import { carriesOption } from './sync-option.ts'
import { waveOf } from './wave.ts'

/** What ordering needs to know of a task. */
export interface OrderedTask {
  phase: SyncPhase
  /** Desired state; absent for a prune. */
  target?: KubeObject | undefined
  live?: KubeObject | undefined
}

const phaseRanks: Readonly<Record<SyncPhase, number>> = { PreSync: 0, Sync: 1, PostSync: 2, SyncFail: 3 }

interface Entry<T> {
  readonly task: T
  readonly object: KubeObject
  phase: SyncPhase
  wave: number
}

/** Orders tasks by phase, wave, kind and name, and gives each the phase and wave that it ends up in. */
export function orderTasks<T extends OrderedTask>(
  tasks: readonly T[],
  options: { pruneLast?: boolean } = {},
): (T & { wave: number })[] {
  const entries = tasks.flatMap((task): Entry<T>[] => {
    const object = task.target ?? task.live
    return object === undefined ? [] : [{ task, object, phase: task.phase, wave: waveOf(object) }]
  })
  mirrorPruneWaves(entries)
  moveLastPrunes(entries, options.pruneLast ?? false)
  entries.sort(compareEntries)
  liftDependencies(entries, { provides: namespaceProvided, needs: namespaceNeeded })
  liftDependencies(entries, { provides: kindProvided, needs: kindNeeded })
  return entries.map(({ task, phase, wave }) => ({ ...task, phase, wave }))
}

function compareEntries<T>(a: Entry<T>, b: Entry<T>): number {
  return (
    phaseRanks[a.phase] - phaseRanks[b.phase] ||
    a.wave - b.wave ||
    kindRank(a.object.kind) - kindRank(b.object.kind) ||
    compareText(a.object.metadata.name ?? '', b.object.metadata.name ?? '')
  )
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** What was made first goes last: the lowest wave among prunes swaps with the highest, the second with the second-highest. */
function mirrorPruneWaves<T extends OrderedTask>(entries: readonly Entry<T>[]): void {
  const prunes = entries.filter(({ task }) => task.target === undefined)
  const waves = [...new Set(prunes.map(({ wave }) => wave))].sort((a, b) => a - b)
  const mirrored = new Map(waves.map((wave, index) => [wave, waves[waves.length - 1 - index] ?? wave]))
  for (const entry of prunes) entry.wave = mirrored.get(entry.wave) ?? entry.wave
}

function moveLastPrunes<T extends OrderedTask>(entries: readonly Entry<T>[], all: boolean): void {
  const waves = entries.filter(({ phase }) => phase === 'Sync').map(({ wave }) => wave)
  const last = waves.reduce((highest, wave) => Math.max(highest, wave), 0) + 1
  for (const entry of entries) {
    if (entry.task.target !== undefined) continue
    if (all || carriesOption('PruneLast=true', entry.task.live)) entry.wave = last
  }
}

interface Dependency {
  /** The name of what an object brings into being. */
  readonly provides: (object: KubeObject) => string | undefined
  /** The name of what an object cannot be without. */
  readonly needs: (object: KubeObject) => string | undefined
}

/** Moves what others need right before the first of them, into its phase and wave. */
function liftDependencies<T extends OrderedTask>(entries: Entry<T>[], { provides, needs }: Dependency): void {
  const firstUser = new Map<string, Entry<T>>()
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index]
    const target = entry?.task.target
    if (entry === undefined || target === undefined) continue
    const provided = provides(target)
    if (provided === undefined) {
      const needed = needs(target)
      if (needed !== undefined && !firstUser.has(needed)) firstUser.set(needed, entry)
      continue
    }
    const user = firstUser.get(provided)
    if (user === undefined) continue
    entry.phase = user.phase
    entry.wave = user.wave
    entries.splice(index, 1)
    entries.splice(entries.indexOf(user), 0, entry)
  }
}

function namespaceProvided(object: KubeObject): string | undefined {
  return object.kind === 'Namespace' && gvkOf(object).group === '' ? object.metadata.name : undefined
}

function namespaceNeeded(object: KubeObject): string | undefined {
  const { namespace } = object.metadata
  return namespace === undefined || namespace === '' ? undefined : namespace
}

/** The kind that a CustomResourceDefinition defines, as `<group>/<Kind>`. */
export function kindProvided(object: KubeObject): string | undefined {
  if (object.kind !== 'CustomResourceDefinition' || gvkOf(object).group !== 'apiextensions.k8s.io') return undefined
  const spec = object.spec as { group?: unknown; names?: { kind?: unknown } } | undefined
  const group = spec?.group
  const kind = spec?.names?.kind
  return typeof group === 'string' && typeof kind === 'string' ? formatGroupKind({ group, kind }) : undefined
}

function kindNeeded(object: KubeObject): string {
  return formatGroupKind(gvkOf(object))
}
