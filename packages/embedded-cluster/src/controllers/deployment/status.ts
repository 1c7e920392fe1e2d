import type { Condition, Deployment, ReplicaSet, ReplicaStatus } from '../objects.ts'
import { updateStatusIfChanged } from '../runtime/change-object.ts'
import { type ConditionState, findCondition, withDatedCondition } from '../runtime/conditions.ts'
import type { ControllerContext } from '../runtime/controller.ts'
import { instant, since } from '../runtime/instant.ts'
import type { DeploymentSets } from './deployment.ts'
import { limits } from './rollout.ts'

/** Writes the Deployment's status; answers the milliseconds until its progress deadline when one is running. */
export function reportStatus(
  context: ControllerContext,
  deployment: Deployment,
  sets: DeploymentSets,
): number | undefined {
  const counts = count(deployment, sets)
  const conditions = conditionsOf(context, deployment, { sets, counts })
  updateStatusIfChanged(context.api, deployment, (copy) => {
    const { collisionCount } = copy.status ?? {}
    copy.status = {
      ...counts,
      ...(collisionCount === undefined ? {} : { collisionCount }),
      ...(deployment.metadata.generation === undefined ? {} : { observedGeneration: deployment.metadata.generation }),
      conditions,
    }
  })
  return untilDeadline(context, deployment, conditions)
}

/** Zero counts are left out, as the API server's encoding does. */
function count(deployment: Deployment, { current, old }: DeploymentSets): ReplicaStatus {
  const all = current === undefined ? old : [...old, current]
  const total = (field: 'replicas' | 'readyReplicas' | 'availableReplicas') =>
    all.reduce((sum, set) => sum + (set.status?.[field] ?? 0), 0)
  const available = total('availableReplicas')
  const counts = {
    replicas: total('replicas'),
    updatedReplicas: current?.status?.replicas ?? 0,
    readyReplicas: total('readyReplicas'),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, Math.max(deployment.spec.replicas ?? 1, total('replicas')) - available),
  }
  return Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== 0))
}

interface Progress {
  state: ConditionState
  moved?: boolean
}

interface Observed {
  sets: DeploymentSets
  counts: ReplicaStatus
}

function conditionsOf(context: ControllerContext, deployment: Deployment, observed: Observed): Condition[] {
  const now = context.clock.now()
  const { unavailable } = limits(deployment)
  const enough = (observed.counts.availableReplicas ?? 0) >= (deployment.spec.replicas ?? 1) - unavailable
  const availability = {
    type: 'Available',
    status: enough ? ('True' as const) : ('False' as const),
    reason: enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: enough ? 'Deployment has minimum availability.' : 'Deployment does not have minimum availability.',
  }
  const conditions = withDatedCondition(deployment.status?.conditions, availability, now)
  const failure = observed.sets.current?.status?.conditions?.find((condition) => condition.type === 'ReplicaFailure')
  const others = conditions.filter((condition) => condition.type !== 'ReplicaFailure')
  const withFailure = failure === undefined ? others : withDatedCondition(conditions, pick(failure), now)
  const progress = progressOf(context, deployment, { ...observed, conditions: withFailure })
  if (progress === undefined) return withFailure
  const next = withDatedCondition(withFailure, progress.state, now)
  // Progress restarts the deadline even when the words stay the same.
  return progress.moved !== true
    ? next
    : next.map((condition) =>
        condition.type === 'Progressing' ? { ...condition, lastUpdateTime: instant(now) } : condition,
      )
}

function pick({ type, status, reason, message }: Condition) {
  return { type, status, ...(reason === undefined ? {} : { reason }), ...(message === undefined ? {} : { message }) }
}

/** What the Progressing condition shall say now; undefined when it stays as it is. */
function progressOf(
  context: ControllerContext,
  deployment: Deployment,
  observed: Observed & { conditions: Condition[] },
): Progress | undefined {
  if (deployment.spec.progressDeadlineSeconds === undefined) return undefined
  const before = findCondition(observed.conditions, 'Progressing')
  const state = (status: Condition['status'], reason: string, message: string): Progress => ({
    state: { type: 'Progressing', status, reason, message },
  })
  if (deployment.spec.paused === true) {
    return before?.reason === 'DeploymentPaused'
      ? undefined
      : state('Unknown', 'DeploymentPaused', 'Deployment is paused')
  }
  if (before?.reason === 'DeploymentPaused') return state('Unknown', 'DeploymentResumed', 'Deployment is resumed')
  const { current } = observed.sets
  const subject =
    current === undefined ? `Deployment "${deployment.metadata.name}"` : `ReplicaSet "${current.metadata.name}"`
  if (isComplete(deployment, observed)) {
    return state('True', 'NewReplicaSetAvailable', `${subject} has successfully progressed.`)
  }
  if (before === undefined || hasMoved(deployment, observed)) {
    return { ...state('True', 'ReplicaSetUpdated', `${subject} is progressing.`), moved: true }
  }
  if (before.reason === 'NewReplicaSetAvailable') return undefined
  const late = since(context.clock, before.lastUpdateTime) >= deployment.spec.progressDeadlineSeconds * 1000
  return late ? state('False', 'ProgressDeadlineExceeded', `${subject} has timed out progressing.`) : undefined
}

function isComplete(deployment: Deployment, { counts, sets }: Observed): boolean {
  const wanted = deployment.spec.replicas ?? 1
  const all = [counts.updatedReplicas ?? 0, counts.replicas ?? 0, counts.availableReplicas ?? 0]
  return sets.current !== undefined && all.every((value) => value === wanted) && oldPods(sets.old) === 0
}

function oldPods(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + (set.status?.replicas ?? 0), 0)
}

function hasMoved(deployment: Deployment, { counts }: Observed): boolean {
  const before = deployment.status ?? {}
  const oldBefore = (before.replicas ?? 0) - (before.updatedReplicas ?? 0)
  const oldNow = (counts.replicas ?? 0) - (counts.updatedReplicas ?? 0)
  return (
    (counts.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    oldNow < oldBefore ||
    (counts.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (counts.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  )
}

function untilDeadline(
  context: ControllerContext,
  deployment: Deployment,
  conditions: readonly Condition[],
): number | undefined {
  const progress = findCondition(conditions, 'Progressing')
  const deadline = deployment.spec.progressDeadlineSeconds
  if (deadline === undefined || progress?.status !== 'True' || progress.reason === 'NewReplicaSetAvailable')
    return undefined
  return Math.max(0, deadline * 1000 - since(context.clock, progress.lastUpdateTime)) + 1
}
