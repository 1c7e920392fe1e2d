import { conditionsOf } from '../condition.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

/** policy/PodDisruptionBudget: too few pods is what a budget is for, so it is no fault of its own. */
export const podDisruptionBudget: HealthCheck = (object): Health => {
  const last = conditionsOf(object).at(-1)
  if (last === undefined) return health('Progressing', 'Waiting for status')
  if (last.status === 'False' && last.reason !== 'InsufficientPods')
    return health('Degraded', last.message === '' ? last.reason : last.message)
  return health('Healthy', last.message === '' ? last.reason : last.message)
}
