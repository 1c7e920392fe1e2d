import { conditionOf, conditionsOf } from '../condition.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

/** apiextensions.k8s.io/CustomResourceDefinition. */
export const customResourceDefinition: HealthCheck = (object): Health => {
  const conditions = conditionsOf(object)
  if (conditions.length === 0) return health('Progressing', 'Status conditions not found')
  const of = (type: string) => conditionOf(conditions, type)
  if (of('Terminating')?.status === 'True') return health('Progressing', 'CRD is being terminated')
  const names = of('NamesAccepted')
  if (names?.status === 'False') return health('Degraded', `CRD names have not been accepted: ${names.message}`)
  const shape = of('NonStructuralSchema')
  if (shape?.status === 'True') return health('Degraded', `Schema violations found: ${shape.message}`)
  const established = of('Established')
  if (established?.status === 'True') return health('Healthy', 'CRD is healthy')
  if (established?.status === 'False' && established.reason === 'Installing')
    return health('Progressing', 'CRD is being installed')
  return health('Degraded', 'CRD is not established')
}
