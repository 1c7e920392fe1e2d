import { isObject, listAt, textAt, valueAt } from '../fields.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

/** batch/CronJob. */
export const cronJob: HealthCheck = (object): Health => {
  if (valueAt(object, 'spec', 'suspend') === true) return health('Healthy', 'CronJob is Suspended')
  if (!isObject(object.status)) return health('Progressing', 'Waiting for the CronJob to be observed')
  const scheduled = textAt(object, 'status', 'lastScheduleTime')
  if (scheduled === '') return health('Healthy', 'CronJob has not been scheduled yet')
  if (listAt(object, 'status', 'active').length > 0) return health('Healthy', 'CronJob has active jobs')
  const succeeded = textAt(object, 'status', 'lastSuccessfulTime')
  if (succeeded === '') return health('Healthy', 'CronJob has not completed its last run successfully, or never did')
  // Both are RFC 3339 in UTC, so their texts order as their times do.
  if (succeeded < scheduled) return health('Degraded', 'CronJob has not completed its last execution successfully')
  return health('Healthy', 'CronJob has completed its last execution successfully')
}
