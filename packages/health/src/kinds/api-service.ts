import { conditionOf, conditionsOf } from '../condition.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

/** apiregistration.k8s.io/APIService. */
export const apiService: HealthCheck = (object): Health => {
  const available = conditionOf(conditionsOf(object), 'Available')
  if (available === undefined) return health('Progressing', 'Waiting to be processed')
  return health(available.status === 'True' ? 'Healthy' : 'Progressing', `${available.reason}: ${available.message}`)
}
