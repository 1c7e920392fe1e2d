import { isObject, numberAt, textAt, valueAt } from '../fields.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

/** apps/StatefulSet. */
export const statefulSet: HealthCheck = (object): Health => {
  const observed = numberAt(object, 'status', 'observedGeneration')
  if (observed === 0 || numberAt(object, 'metadata', 'generation') > observed)
    return health('Progressing', 'Waiting for statefulset spec update to be observed...')
  const desired = valueAt(object, 'spec', 'replicas')
  const ready = numberAt(object, 'status', 'readyReplicas')
  const updated = numberAt(object, 'status', 'updatedReplicas')
  if (typeof desired === 'number' && ready < desired)
    return health('Progressing', `Waiting for ${desired - ready} pods to be ready...`)
  const strategy = textAt(object, 'spec', 'updateStrategy', 'type')
  const rollingUpdate = valueAt(object, 'spec', 'updateStrategy', 'rollingUpdate')
  if (strategy === 'RollingUpdate' && isObject(rollingUpdate)) {
    if (typeof desired === 'number' && typeof rollingUpdate.partition === 'number') {
      const wanted = desired - rollingUpdate.partition
      if (updated < wanted)
        return health(
          'Progressing',
          `Waiting for partitioned roll out to finish: ${updated} out of ${wanted} new pods have been updated...`,
        )
    }
    return health('Healthy', `partitioned roll out complete: ${updated} new pods have been updated...`)
  }
  if (strategy === 'OnDelete') return health('Healthy', `statefulset has ${ready} ready pods`)
  const updateRevision = textAt(object, 'status', 'updateRevision')
  if (updateRevision !== textAt(object, 'status', 'currentRevision'))
    return health(
      'Progressing',
      `waiting for statefulset rolling update to complete ${updated} pods at revision ${updateRevision}...`,
    )
  const current = numberAt(object, 'status', 'currentReplicas')
  return health(
    'Healthy',
    `statefulset rolling update complete ${current} pods at revision ${textAt(object, 'status', 'currentRevision')}...`,
  )
}
