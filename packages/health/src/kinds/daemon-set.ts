import { numberAt, textAt } from '../fields.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

/** apps/DaemonSet. */
export const daemonSet: HealthCheck = (object): Health => {
  if (numberAt(object, 'metadata', 'generation') > numberAt(object, 'status', 'observedGeneration'))
    return health(
      'Progressing',
      'Waiting for rollout to finish: observed daemon set generation less than desired generation',
    )
  const updated = numberAt(object, 'status', 'updatedNumberScheduled')
  const desired = numberAt(object, 'status', 'desiredNumberScheduled')
  const available = numberAt(object, 'status', 'numberAvailable')
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
    return health('Healthy', `daemon set ${updated} out of ${desired} new pods have been updated`)
  const waiting = (text: string) =>
    health('Progressing', `Waiting for daemon set "${object.metadata.name ?? ''}" rollout to finish: ${text}`)
  if (updated < desired) return waiting(`${updated} out of ${desired} new pods have been updated...`)
  if (available < desired) return waiting(`${available} of ${desired} updated pods are available...`)
  return health('Healthy')
}
