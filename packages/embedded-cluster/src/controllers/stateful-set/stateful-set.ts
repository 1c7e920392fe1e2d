import { keyOf } from '@driftless/kube-objects'
import type { Pod, StatefulSet } from '../objects.ts'
import { availableIn, controlled, isFinished, isReady } from '../pod-facts.ts'
import { dropOldRevisions, ensureRevision, type Revision, revisionLabel, revisionsOf } from '../revision-history.ts'
import { updateStatusIfChanged } from '../runtime/change-object.ts'
import { type Controller, type ControllerContext, keyOfChange, ownerKey } from '../runtime/controller.ts'
import { createOrdinalPod, ordinalOf } from './ordinal-pod.ts'

/** Keeps the numbered pods of StatefulSets, one after the other unless they may run in parallel. */
export function statefulSetController(context: ControllerContext): Controller {
  return {
    name: 'statefulset-controller',
    watches: ['apps/StatefulSet', '/Pod', '/PersistentVolumeClaim'],
    keysOf(change) {
      if (change.object.kind === 'StatefulSet') return [keyOfChange(change)]
      const owner = ownerKey(change, 'apps', 'StatefulSet')
      return owner === undefined ? [] : [owner]
    },
    reconcile(key) {
      const set = context.api.get(key) as StatefulSet | undefined
      return set === undefined || set.metadata.deletionTimestamp !== undefined ? undefined : reconcileSet(context, set)
    },
  }
}

/** What one look at a StatefulSet works with. */
export interface SetView {
  readonly set: StatefulSet
  /** Revision of the template as it is now. */
  readonly update: Revision
  /** Revision that pods below the partition keep. */
  readonly current: Revision
  readonly pods: readonly Pod[]
}

function reconcileSet(context: ControllerContext, set: StatefulSet): number | undefined {
  const update = ensureRevision(context, set, set.spec.template)
  const current =
    revisionsOf(context, set).find((revision) => revision.metadata.name === set.status?.currentRevision) ?? update
  const pods = controlled<Pod>(context.api, set, 'Pod').sort((a, b) => ordinalOf(a) - ordinalOf(b))
  const view = { set, update, current, pods }
  if (fillUp(context, view) && shrink(context, view)) rollOut(context, view)
  const wait = reportStatus(context, view)
  const used = new Set([
    update.metadata.name ?? '',
    current.metadata.name ?? '',
    ...pods.map((pod) => pod.metadata.labels?.[revisionLabel] ?? ''),
  ])
  dropOldRevisions(context, set, { limit: set.spec.revisionHistoryLimit ?? 10, used })
  return wait
}

function range(set: StatefulSet): { first: number; end: number } {
  const first = set.spec.ordinals?.start ?? 0
  return { first, end: first + (set.spec.replicas ?? 1) }
}

function isHealthy(pod: Pod): boolean {
  return isReady(pod) && pod.metadata.deletionTimestamp === undefined
}

/** Creates what is missing, in order; answers whether the wanted pods are all there and healthy. */
function fillUp(context: ControllerContext, view: SetView): boolean {
  const { set, pods } = view
  const inOrder = set.spec.podManagementPolicy !== 'Parallel'
  const { first, end } = range(set)
  let complete = true
  for (let ordinal = first; ordinal < end; ordinal += 1) {
    const pod = pods.find((candidate) => ordinalOf(candidate) === ordinal)
    if (pod === undefined) createOrdinalPod(context, view, ordinal)
    else if (isFinished(pod) && pod.metadata.deletionTimestamp === undefined) remove(context, set, pod)
    if (pod !== undefined && isHealthy(pod) && !isFinished(pod)) continue
    complete = false
    if (inOrder) return false
  }
  return complete
}

/** Removes the pods beyond the wanted number, the last one first; answers whether none is left. */
function shrink(context: ControllerContext, view: SetView): boolean {
  const { first, end } = range(view.set)
  const surplus = view.pods.filter((pod) => ordinalOf(pod) >= end || ordinalOf(pod) < first).reverse()
  const inOrder = view.set.spec.podManagementPolicy !== 'Parallel'
  if (inOrder && surplus.some((pod) => pod.metadata.deletionTimestamp !== undefined)) return false
  for (const pod of surplus) {
    if (pod.metadata.deletionTimestamp === undefined) remove(context, view.set, pod)
    if (inOrder) break
  }
  return surplus.length === 0
}

/** Deletes the highest pod of another revision, to be made anew. */
function rollOut(context: ControllerContext, view: SetView): void {
  const { set, update, pods } = view
  if (set.spec.updateStrategy?.type === 'OnDelete') return
  const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0
  const outdated = pods.filter(
    (pod) => ordinalOf(pod) >= partition && pod.metadata.labels?.[revisionLabel] !== update.metadata.name,
  )
  const last = outdated.at(-1)
  if (last !== undefined) remove(context, set, last)
}

function remove(context: ControllerContext, set: StatefulSet, pod: Pod): void {
  context.api.delete(keyOf(pod))
  const message = `delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`
  context.events.record({ object: set, source: 'statefulset-controller', reason: 'SuccessfulDelete', message })
}

function reportStatus(context: ControllerContext, view: SetView): number | undefined {
  const { update } = view
  const set = (context.api.get(keyOf(view.set)) as StatefulSet | undefined) ?? view.set
  const pods = controlled<Pod>(context.api, set, 'Pod').filter((pod) => !isFinished(pod))
  const living = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined)
  const of = (revision: string | undefined) =>
    living.filter((pod) => pod.metadata.labels?.[revisionLabel] === revision).length
  const waits = living.map((pod) => availableIn(pod, set.spec.minReadySeconds ?? 0, context.clock.now()))
  const updated = of(update.metadata.name)
  const ready = living.filter(isReady).length
  const done = updated === living.length && ready === (set.spec.replicas ?? 1) && pods.length === ready
  const current = done ? update.metadata.name : view.current.metadata.name
  updateStatusIfChanged(context.api, set, (copy) => {
    copy.status = {
      ...copy.status,
      replicas: pods.length,
      readyReplicas: ready,
      availableReplicas: waits.filter((wait) => wait === 0).length,
      currentReplicas: of(current),
      updatedReplicas: updated,
      collisionCount: 0,
      ...(current === undefined ? {} : { currentRevision: current }),
      ...(update.metadata.name === undefined ? {} : { updateRevision: update.metadata.name }),
      ...(set.metadata.generation === undefined ? {} : { observedGeneration: set.metadata.generation }),
    }
  })
  const pending = waits.filter((wait) => wait !== undefined && wait > 0) as number[]
  return pending.length === 0 ? undefined : Math.min(...pending)
}
