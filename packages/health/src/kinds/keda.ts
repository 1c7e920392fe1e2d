import { conditionOf, conditionsOf } from '../condition.ts'
import { type HealthCheck, health } from '../health.ts'

/** keda.sh/ScaledObject. */
export const scaledObject: HealthCheck = (object) => {
  const fallback = conditionOf(conditionsOf(object), 'Fallback')
  if (fallback?.status === 'True') return health('Degraded', fallback.message)
  return scaled(object)
}

/** keda.sh/ScaledJob. */
export const scaledJob: HealthCheck = (object) => {
  const ready = conditionOf(conditionsOf(object), 'Ready')
  return ready?.status === 'Unknown' ? health('Degraded', ready.message) : scaled(object)
}

const scaled: HealthCheck = (object) => {
  const conditions = conditionsOf(object)
  const ready = conditionOf(conditions, 'Ready')
  if (ready?.status === 'False') return health('Degraded', ready.message)
  if (ready?.status !== 'True') return health('Progressing', ready?.message || 'Waiting for condition Ready')
  const paused = conditionOf(conditions, 'Paused')
  return paused?.status === 'True' ? health('Suspended', paused.message) : health('Healthy', ready.message)
}
