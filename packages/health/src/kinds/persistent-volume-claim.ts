import { textAt } from '../fields.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

const byPhase = { Bound: 'Healthy', Pending: 'Progressing', Lost: 'Degraded' } as const

/** PersistentVolumeClaim. */
export const persistentVolumeClaim: HealthCheck = (object): Health => {
  const phase = textAt(object, 'status', 'phase')
  return health(Object.hasOwn(byPhase, phase) ? byPhase[phase as keyof typeof byPhase] : 'Unknown')
}
