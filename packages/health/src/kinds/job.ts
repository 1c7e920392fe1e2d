import { conditionsOf } from '../condition.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

/** batch/Job: the presence of a Failed or Complete condition counts, whatever its status. */
export const job: HealthCheck = (object): Health => {
  const conditions = conditionsOf(object).filter((condition) =>
    ['Failed', 'Complete', 'Suspended'].includes(condition.type),
  )
  const failed = conditions.findLast((condition) => condition.type === 'Failed')
  if (failed !== undefined) return health('Degraded', failed.message)
  if (conditions.some((condition) => condition.type === 'Suspended' && condition.status === 'True'))
    return health('Suspended')
  const last = conditions.at(-1)
  return last === undefined ? health('Progressing') : health('Healthy', last.message)
}
