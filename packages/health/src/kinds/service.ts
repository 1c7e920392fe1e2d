import { listAt, textAt } from '../fields.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

/** Service: only a load balancer can be waited for. */
export const service: HealthCheck = (object): Health => {
  const waits =
    textAt(object, 'spec', 'type') === 'LoadBalancer' &&
    listAt(object, 'status', 'loadBalancer', 'ingress').length === 0
  return health(waits ? 'Progressing' : 'Healthy')
}
