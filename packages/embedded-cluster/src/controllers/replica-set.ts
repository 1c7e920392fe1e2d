import { messageOf } from '@driftless/foundation'
import { formatKey, type KubeObject, keyOf, matchesSelector } from '@driftless/kube-objects'
import type { Pod, ReplicaSet } from './objects.ts'
import { availableIn, controlled, controlledBy, controllerOf, isActive, isReady } from './pod-facts.ts'
import { podFromTemplate } from './pod-from-template.ts'
import { updateIfChanged, updateStatusIfChanged } from './runtime/change-object.ts'
import { withCondition } from './runtime/conditions.ts'
import { type Change, type Controller, type ControllerContext, keyOfChange, ownerKey } from './runtime/controller.ts'
import { randomSuffix } from './runtime/template-hash.ts'

/** Pods created or deleted in one go; the rest follows in the next turn. */
const burst = 100

/** Keeps as many pods as a ReplicaSet wants. */
export function replicaSetController(context: ControllerContext): Controller {
  return replicaController(context, { group: 'apps', kind: 'ReplicaSet', source: 'replicaset-controller' })
}

/** Keeps as many pods as a ReplicationController wants. */
export function replicationControllerController(context: ControllerContext): Controller {
  return replicaController(context, { group: '', kind: 'ReplicationController', source: 'replication-controller' })
}

interface ReplicaKind {
  group: string
  kind: string
  source: string
}

function replicaController(context: ControllerContext, kind: ReplicaKind): Controller {
  const { api } = context
  const adopting = new Set<string>()
  const watched = `${kind.group}/${kind.kind}`
  return {
    name: kind.source,
    watches: [watched, '/Pod'],
    keysOf(change) {
      if (change.object.kind === kind.kind) return [keyOfChange(change)]
      const owner = ownerKey(change, kind.group, kind.kind)
      if (owner !== undefined) return [owner]
      const adopters =
        change.type === 'DELETED' || controllerOf(change.object) !== undefined ? [] : adoptersOf(context, kind, change)
      for (const key of adopters) adopting.add(key)
      return adopters
    },
    reconcile(key) {
      const set = api.get(key) as ReplicaSet | undefined
      if (set === undefined) return undefined
      const isNew = set.status?.observedGeneration !== set.metadata.generation
      if (set.metadata.deletionTimestamp === undefined && (adopting.delete(formatKey(key)) || isNew))
        adopt(context, set)
      return reconcileReplicas(context, set, kind)
    },
  }
}

function reconcileReplicas(context: ControllerContext, set: ReplicaSet, kind: ReplicaKind): number | undefined {
  const pods = controlled<Pod>(context.api, set, 'Pod').filter(isActive)
  const wanted = set.spec.replicas ?? 1
  let failure: string | undefined
  let more = false
  if (set.metadata.deletionTimestamp === undefined) {
    const missing = wanted - pods.length
    more = Math.abs(missing) > burst
    if (missing > 0) failure = createPods(context, set, { count: Math.min(missing, burst), source: kind.source })
    if (missing < 0) removePods(context, set, { pods, count: Math.min(-missing, burst), source: kind.source })
  }
  const next = reportStatus(context, set, failure)
  if (failure !== undefined) return 5_000
  return more ? 0 : next
}

/** Creates pods until one is refused; answers the refusal. */
function createPods(
  context: ControllerContext,
  set: ReplicaSet,
  request: { count: number; source: string },
): string | undefined {
  const generateName = `${set.metadata.name}-`
  for (let index = 0; index < request.count; index += 1) {
    const name = generateName + randomSuffix(context.random)
    const event = { object: set, source: request.source }
    try {
      context.api.create(podFromTemplate(set, set.spec.template, { name, generateName }), {
        manager: 'kube-controller-manager',
      })
    } catch (error) {
      const message = messageOf(error)
      context.events.record({
        ...event,
        type: 'Warning',
        reason: 'FailedCreate',
        message: `Error creating: ${message}`,
      })
      return message
    }
    context.events.record({ ...event, reason: 'SuccessfulCreate', message: `Created pod: ${name}` })
  }
  return undefined
}

function removePods(
  context: ControllerContext,
  set: ReplicaSet,
  request: { pods: Pod[]; count: number; source: string },
): void {
  for (const pod of [...request.pods].sort(dispensableFirst).slice(0, request.count)) {
    context.api.delete(keyOf(pod))
    context.events.record({
      object: set,
      source: request.source,
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${pod.metadata.name}`,
    })
  }
}

/** The pods that are missed least come first: without node, pending, not ready, cheap to delete, restarted, youngest. */
function dispensableFirst(a: Pod, b: Pod): number {
  const rank = (pod: Pod) => [
    pod.spec.nodeName === undefined ? 0 : 1,
    pod.status?.phase === 'Pending' ? 0 : 1,
    isReady(pod) ? 1 : 0,
    Number(pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'] ?? 0),
    -Math.max(0, ...(pod.status?.containerStatuses ?? []).map((status) => status.restartCount)),
    -new Date(pod.metadata.creationTimestamp ?? 0).getTime(),
  ]
  const [left, right] = [rank(a), rank(b)]
  const difference = left.findIndex((value, index) => value !== right[index])
  return difference < 0 ? 0 : (left[difference] ?? 0) - (right[difference] ?? 0)
}

function reportStatus(context: ControllerContext, set: ReplicaSet, failure: string | undefined): number | undefined {
  const pods = controlled<Pod>(context.api, set, 'Pod').filter(isActive)
  const now = context.clock.now()
  const waits = pods.map((pod) => availableIn(pod, set.spec.minReadySeconds ?? 0, now))
  const labels = set.spec.template.metadata?.labels ?? {}
  const labelled = pods.filter((pod) =>
    Object.entries(labels).every(([key, value]) => pod.metadata.labels?.[key] === value),
  )
  updateStatusIfChanged(context.api, set, (copy) => {
    const status = { ...copy.status }
    status.replicas = pods.length
    setCount(status, 'fullyLabeledReplicas', labelled.length)
    setCount(status, 'readyReplicas', pods.filter(isReady).length)
    setCount(status, 'availableReplicas', waits.filter((wait) => wait === 0).length)
    if (set.metadata.generation !== undefined) status.observedGeneration = set.metadata.generation
    status.conditions = failureCondition(status.conditions, failure, now)
    if (status.conditions === undefined) delete status.conditions
    copy.status = status
  })
  const pending = waits.filter((wait) => wait !== undefined && wait > 0) as number[]
  return pending.length === 0 ? undefined : Math.min(...pending)
}

function failureCondition(
  conditions: NonNullable<ReplicaSet['status']>['conditions'],
  failure: string | undefined,
  now: Date,
) {
  const others = conditions?.filter((condition) => condition.type !== 'ReplicaFailure')
  if (failure !== undefined) {
    return withCondition(
      conditions,
      { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: failure },
      now,
    )
  }
  return others === undefined || others.length === 0 ? undefined : others
}

/** Zero counts are left out, as the API server's encoding does. */
function setCount(
  status: NonNullable<ReplicaSet['status']>,
  field: 'fullyLabeledReplicas' | 'readyReplicas' | 'availableReplicas',
  count: number,
) {
  if (count === 0) delete status[field]
  else status[field] = count
}

/** Takes over pods that match and belong to nobody, and lets go of those that do not match any more. */
function adopt(context: ControllerContext, set: ReplicaSet): void {
  const pods = context.api.list({ group: '', kind: 'Pod' }, { namespace: set.metadata.namespace ?? '' }) as Pod[]
  for (const pod of pods) {
    const owner = controllerOf(pod)
    const matches = isSelected(set, pod)
    if (owner === undefined && matches && isActive(pod)) {
      updateIfChanged(context.api, pod, (copy) => {
        copy.metadata.ownerReferences = [...(copy.metadata.ownerReferences ?? []), controlledBy(set)]
      })
    } else if (owner?.uid === set.metadata.uid && !matches && pod.metadata.deletionTimestamp === undefined) {
      updateIfChanged(context.api, pod, (copy) => {
        copy.metadata.ownerReferences = (copy.metadata.ownerReferences ?? []).filter(
          (reference) => reference.uid !== owner?.uid,
        )
      })
    }
  }
}

function adoptersOf(context: ControllerContext, kind: ReplicaKind, change: Change): string[] {
  const sets = context.api.list(kind, { namespace: change.object.metadata.namespace ?? '' }) as ReplicaSet[]
  return sets.filter((set) => isSelected(set, change.object)).map((set) => formatKey(keyOf(set)))
}

function isSelected(set: ReplicaSet, pod: KubeObject): boolean {
  const { selector } = set.spec
  if (selector === undefined) return false
  // A ReplicationController's selector is a plain map of labels.
  const isMap = set.kind === 'ReplicationController'
  return matchesSelector(isMap ? { matchLabels: selector as Record<string, string> } : selector, pod.metadata.labels)
}
