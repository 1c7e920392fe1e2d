import { conditionOf, conditionsOf } from '../condition.ts'
import { numberAt, valueAt } from '../fields.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

/** apps/Deployment. */
export const deployment: HealthCheck = (object): Health => {
  if (valueAt(object, 'spec', 'paused') === true) return health('Suspended', 'Deployment is paused')
  const waiting = (text: string) => health('Progressing', `Waiting for rollout to finish: ${text}`)
  if (numberAt(object, 'metadata', 'generation') > numberAt(object, 'status', 'observedGeneration'))
    return waiting('observed deployment generation less than desired generation')
  if (conditionOf(conditionsOf(object), 'Progressing')?.reason === 'ProgressDeadlineExceeded')
    return health('Degraded', `Deployment "${object.metadata.name ?? ''}" exceeded its progress deadline`)
  const desired = valueAt(object, 'spec', 'replicas')
  const updated = numberAt(object, 'status', 'updatedReplicas')
  const replicas = numberAt(object, 'status', 'replicas')
  const available = numberAt(object, 'status', 'availableReplicas')
  if (typeof desired === 'number' && updated < desired)
    return waiting(`${updated} out of ${desired} new replicas have been updated...`)
  if (replicas > updated) return waiting(`${replicas - updated} old replicas are pending termination...`)
  if (available < updated) return waiting(`${available} of ${updated} updated replicas are available...`)
  return health('Healthy')
}
