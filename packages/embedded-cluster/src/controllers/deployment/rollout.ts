import type { Deployment, Pod, ReplicaSet } from '../objects.ts'
import { controlled, isFinished } from '../pod-facts.ts'
import type { ControllerContext } from '../runtime/controller.ts'
import { intOrPercent } from '../runtime/int-or-percent.ts'
import type { DeploymentSets } from './deployment.ts'
import { createSet, takeRevision } from './revisions.ts'
import { scaleSet } from './scaling.ts'

/** How many pods a rollout may have too many and too few. */
export function limits(deployment: Deployment): { surge: number; unavailable: number } {
  if (deployment.spec.strategy?.type === 'Recreate') return { surge: 0, unavailable: 0 }
  const { maxSurge, maxUnavailable } = deployment.spec.strategy?.rollingUpdate ?? {}
  const replicas = deployment.spec.replicas ?? 1
  const surge = intOrPercent(maxSurge, replicas, 'up')
  const unavailable = intOrPercent(maxUnavailable, replicas, 'down')
  // Both zero (by rounding) would stop every rollout.
  return { surge, unavailable: Math.min(surge === 0 && unavailable === 0 ? 1 : unavailable, replicas) }
}

/** One step of a rolling update: the new set grows as far as surge allows, the old ones shrink as availability allows. */
export function rollOver(context: ControllerContext, deployment: Deployment, sets: DeploymentSets): DeploymentSets {
  const wanted = deployment.spec.replicas ?? 1
  const { surge, unavailable } = limits(deployment)
  const room = wanted + surge - sum([...sets.old, ...present(sets.current)], specReplicas)
  let state = sets
  if (sets.current === undefined) {
    state = createSet(context, deployment, sets, Math.max(0, Math.min(wanted, room)))
    if (state.current === undefined) return state
  } else {
    state = takeRevision(context, deployment, sets)
    const size = specReplicas(sets.current)
    const target = size > wanted ? wanted : Math.max(size, Math.min(wanted, size + Math.max(0, room)))
    state = { ...state, current: scaleSet(context, deployment, state.current as ReplicaSet, target) }
  }
  return { ...state, old: shrinkOld(context, deployment, { sets: state, minimum: wanted - unavailable }) }
}

/** One step of a recreation: first all old pods go, then the new set starts. */
export function recreate(context: ControllerContext, deployment: Deployment, sets: DeploymentSets): DeploymentSets {
  const known = takeRevision(context, deployment, sets)
  const old = known.old.map((set) => scaleSet(context, deployment, set, 0))
  const remaining = old.some((set) => controlled<Pod>(context.api, set, 'Pod').some((pod) => !isFinished(pod)))
  if (remaining) return { ...known, old }
  const wanted = deployment.spec.replicas ?? 1
  if (known.current === undefined) return createSet(context, deployment, { ...known, old }, wanted)
  return { current: scaleSet(context, deployment, known.current, wanted), old }
}

/** Pods of old sets that are not available go at once; available ones only as far as the minimum stays served. */
function shrinkOld(
  context: ControllerContext,
  deployment: Deployment,
  state: { sets: DeploymentSets; minimum: number },
): ReplicaSet[] {
  const { sets, minimum } = state
  const { current } = sets
  const all = [...sets.old, ...present(current)]
  const currentUnavailable = current === undefined ? 0 : Math.max(0, specReplicas(current) - available(current))
  let spare = sum(all, specReplicas) - minimum - currentUnavailable
  const unhealthy = sets.old.map((set) => {
    const take = Math.max(0, Math.min(spare, specReplicas(set) - available(set)))
    spare -= take
    return take === 0 ? set : scaleSet(context, deployment, set, specReplicas(set) - take)
  })
  let removable = sum([...unhealthy, ...present(current)], available) - minimum
  return unhealthy.map((set) => {
    const take = Math.max(0, Math.min(removable, specReplicas(set)))
    removable -= take
    return take === 0 ? set : scaleSet(context, deployment, set, specReplicas(set) - take)
  })
}

function present<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value]
}

function specReplicas(set: ReplicaSet): number {
  return set.spec.replicas ?? 1
}

/** Never more than the set still wants: pods about to go do not count. */
function available(set: ReplicaSet): number {
  return Math.min(set.status?.availableReplicas ?? 0, specReplicas(set))
}

function sum(sets: readonly ReplicaSet[], of: (set: ReplicaSet) => number): number {
  return sets.reduce((total, set) => total + of(set), 0)
}
