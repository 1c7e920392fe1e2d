import { conditionsOf } from '../condition.ts'
import { type HealthCheck, health } from '../health.ts'

const required = new Set(['ConfigurationsReady', 'RoutesReady', 'Ready'])

/** serving.knative.dev/Service: three conditions, all of them True. */
export const knativeService: HealthCheck = (object) => {
  const conditions = conditionsOf(object).filter(({ type }) => required.has(type))
  const failed = conditions.find(({ status }) => status === 'False')
  if (failed !== undefined) return health('Degraded', failed.message)
  const ready = conditions.filter(({ status }) => status === 'True').length === required.size
  const open = conditions.some(({ status }) => status === 'Unknown')
  return ready && !open
    ? health('Healthy', 'Knative Service is healthy.')
    : health('Progressing', 'Waiting for healthy status')
}
