import type { KubeObject } from '@driftless/kube-objects'
import { conditionOf, conditionsOf } from '../condition.ts'
import { isObject, listAt, numberAt, textAt, valueAt } from '../fields.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

const byPhase = { Healthy: 'Healthy', Degraded: 'Degraded', Progressing: 'Progressing', Paused: 'Suspended' } as const

/** argoproj.io/Rollout. */
export const rollout: HealthCheck = (object): Health => {
  if (!isObject(object.status))
    return health('Progressing', 'Waiting for rollout to finish: status has not been observed')
  if (!isObserved(object)) return health('Progressing', 'Waiting for rollout spec update to be observed')
  const phase = textAt(object, 'status', 'phase')
  if (phase !== '')
    return health(
      Object.hasOwn(byPhase, phase) ? byPhase[phase as keyof typeof byPhase] : 'Unknown',
      textAt(object, 'status', 'message'),
    )
  return withoutPhase(object)
}

/** Rollouts write what they observed as text; an old controller wrote a hash there, which tells nothing. */
function isObserved(object: KubeObject): boolean {
  const observed = valueAt(object, 'status', 'observedGeneration')
  const known = typeof observed === 'number' || (typeof observed === 'string' && /^\d+$/.test(observed))
  if (known && numberAt(object, 'metadata', 'generation') > Number(observed)) return false
  if (!isObject(valueAt(object, 'spec', 'workloadRef'))) return true
  const workload = object.metadata.annotations?.['rollout.argoproj.io/workload-generation']
  const seen = valueAt(object, 'status', 'workloadObservedGeneration')
  return workload === undefined || seen === undefined || String(seen) === workload
}

/** Controllers before 1.0 have no phase: the same is read from conditions and counts. */
function withoutPhase(object: KubeObject): Health {
  for (const condition of conditionsOf(object)) {
    if (condition.type === 'InvalidSpec') return health('Degraded', condition.message)
    if (condition.type === 'Progressing' && ['RolloutAborted', 'ProgressDeadlineExceeded'].includes(condition.reason))
      return health('Degraded', condition.message)
  }
  const paused = valueAt(object, 'spec', 'paused') === true || listAt(object, 'status', 'pauseConditions').length > 0
  if (paused || conditionOf(conditionsOf(object), 'Progressing')?.reason === 'RolloutPaused')
    return health('Suspended', 'Rollout is paused')
  return byReplicas(object) ?? byStrategy(object) ?? health('Healthy')
}

function byReplicas(object: KubeObject): Health | undefined {
  const replicas = valueAt(object, 'spec', 'replicas')
  const desired = typeof replicas === 'number' ? replicas : 1
  const updated = numberAt(object, 'status', 'updatedReplicas')
  const total = numberAt(object, 'status', 'replicas')
  const available = numberAt(object, 'status', 'availableReplicas')
  if (updated < desired)
    return health('Progressing', 'Waiting for roll out to finish: More replicas need to be updated')
  if (isObject(valueAt(object, 'spec', 'strategy', 'blueGreen')) ? available < updated : total > updated)
    return health('Progressing', 'Waiting for roll out to finish: old replicas are pending termination')
  if (available < updated)
    return health('Progressing', 'Waiting for roll out to finish: updated replicas are still becoming available')
  return undefined
}

function byStrategy(object: KubeObject): Health | undefined {
  const current = textAt(object, 'status', 'currentPodHash')
  if (isObject(valueAt(object, 'spec', 'strategy', 'blueGreen'))) {
    if (textAt(object, 'status', 'blueGreen', 'activeSelector') !== current)
      return health('Progressing', 'active service cutover pending')
    return undefined
  }
  const stable = textAt(object, 'status', 'stableRS') || textAt(object, 'status', 'canary', 'stableRS')
  return stable === current ? undefined : health('Progressing', 'waiting for all steps to complete')
}
