import type { Clock } from '@driftless/foundation'
import { assess } from '@driftless/health'
import { formatKey, type KubeObject } from '@driftless/kube-objects'
import { hookFinalizer } from '../plan/hook.ts'
import type { SyncTask } from '../plan/sync-task.ts'
import type { ActionOutcome, Observation, ObservedObject } from '../step/sync-state.ts'
import type { ClusterPort } from './cluster-port.ts'

/** How long a cache may lag behind a write before the cluster itself is asked. */
const lagLimit = 2_000

type Note =
  | { readonly type: 'written'; readonly task: SyncTask; readonly object: KubeObject; readonly at: number }
  | { readonly type: 'deleted'; readonly uid: string | undefined }

/** What is observed, corrected by what this sync has done and a cache may not show yet. */
export interface LiveView {
  readonly observe: Observation
  /** Remembers what an action did. */
  note(outcome: ActionOutcome): void
  /** Asks the cluster for written objects that observation has been missing for too long. */
  settle(): Promise<void>
}

/** Puts a view over an observation that may lag behind this sync's own writes. */
export function createLiveView(
  observe: Observation,
  { cluster, clock }: { cluster: ClusterPort; clock: Clock },
): LiveView {
  const notes = new Map<string, Note>()
  const released = new Set<string>()
  return {
    observe(key) {
      const id = formatKey(key)
      const observed = observe(key)
      const note = notes.get(id)
      // Once observation has caught up, it is believed again, also when it says that the object is gone.
      if (note?.type === 'written' && isCurrent(observed, note.object)) notes.delete(id)
      return withFinalizers(correct(observed, notes.get(id)), released.has(id))
    },
    note(outcome) {
      markReleased(released, outcome)
      const note = noteOf(outcome, observe(outcome.action.task.key), clock.now().getTime())
      if (note !== undefined) notes.set(formatKey(outcome.action.task.key), note)
    },
    async settle() {
      const now = clock.now().getTime()
      for (const [id, note] of notes) {
        if (note.type !== 'written' || now - note.at < lagLimit) continue
        if (isCurrent(observe(note.task.key), note.object)) notes.delete(id)
        else await refresh(notes, { id, note, now, cluster })
      }
    },
  }
}

async function refresh(
  notes: Map<string, Note>,
  { id, note, now, cluster }: { id: string; note: Note & { type: 'written' }; now: number; cluster: ClusterPort },
): Promise<void> {
  const object = await cluster.get({ ...note.task.key, version: note.task.version }).catch(() => note.object)
  if (object === undefined) notes.delete(id)
  else notes.set(id, { ...note, object, at: now })
}

function markReleased(released: Set<string>, { action, ok }: ActionOutcome): void {
  const id = formatKey(action.task.key)
  if (action.type === 'remove-hook-finalizer' && ok) released.add(id)
  else if (action.type === 'apply') released.delete(id)
}

/** Where observation does not tell finalizers, a hook is taken to hold its own until this run has removed it. */
function withFinalizers(observed: ObservedObject | undefined, released: boolean): ObservedObject | undefined {
  if (observed === undefined || !observed.exists || observed.finalizers !== undefined) return observed
  return { ...observed, finalizers: released ? [] : [hookFinalizer] }
}

function noteOf(outcome: ActionOutcome, observed: ObservedObject | undefined, at: number): Note | undefined {
  if (!outcome.ok) return undefined
  const { type, task } = outcome.action
  if (type === 'dry-run') return undefined
  if (type === 'prune' || type === 'delete-hook')
    return { type: 'deleted', uid: observed?.uid ?? task.live?.metadata.uid }
  return outcome.object === undefined ? undefined : { type: 'written', task, object: outcome.object, at }
}

function correct(observed: ObservedObject | undefined, note: Note | undefined): ObservedObject | undefined {
  if (note === undefined) return observed
  if (note.type === 'written') return observationOf(note.object)
  if (observed === undefined || !observed.exists) return observed
  if (note.uid !== undefined && observed.uid !== undefined && note.uid !== observed.uid) return observed
  return {
    ...observed,
    deleting: true,
    ...(observed.finalizers === undefined
      ? {}
      : { finalizers: observed.finalizers.filter((finalizer) => finalizer !== hookFinalizer) }),
  }
}

/** True when an observation is not older than a written object; versions of one object only grow. */
function isCurrent(observed: ObservedObject | undefined, written: KubeObject): boolean {
  if (observed === undefined || !observed.exists) return false
  const { uid, resourceVersion } = written.metadata
  if (uid !== undefined && observed.uid !== undefined && uid !== observed.uid) return false
  if (resourceVersion === undefined || observed.resourceVersion === undefined) return true
  if (!/^\d+$/.test(resourceVersion) || !/^\d+$/.test(observed.resourceVersion)) return true
  return BigInt(observed.resourceVersion) >= BigInt(resourceVersion)
}

/** What an object itself says, in the form of an observation. */
export function observationOf(object: KubeObject): ObservedObject {
  const { metadata } = object
  const health = assess(object)
  return {
    exists: true,
    deleting: (metadata.deletionTimestamp ?? undefined) !== undefined,
    finalizers: metadata.finalizers ?? [],
    ...(health === undefined ? {} : { health }),
    ...(metadata.uid === undefined ? {} : { uid: metadata.uid }),
    ...(metadata.resourceVersion === undefined ? {} : { resourceVersion: metadata.resourceVersion }),
  }
}
