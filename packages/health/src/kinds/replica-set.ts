import { conditionOf, conditionsOf } from '../condition.ts'
import { numberAt, valueAt } from '../fields.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

/** apps/ReplicaSet. */
export const replicaSet: HealthCheck = (object): Health => {
  if (numberAt(object, 'metadata', 'generation') > numberAt(object, 'status', 'observedGeneration'))
    return health(
      'Progressing',
      'Waiting for rollout to finish: observed replica set generation less than desired generation',
    )
  const failure = conditionOf(conditionsOf(object), 'ReplicaFailure')
  if (failure?.status === 'True') return health('Degraded', failure.message)
  const desired = valueAt(object, 'spec', 'replicas')
  const available = numberAt(object, 'status', 'availableReplicas')
  if (typeof desired === 'number' && available < desired)
    return health(
      'Progressing',
      `Waiting for rollout to finish: ${available} out of ${desired} new replicas are available...`,
    )
  return health('Healthy')
}
