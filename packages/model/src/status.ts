import { z } from 'zod'

/** Whether the cluster shows what git says. */
export const syncStatusCode = z.enum(['Synced', 'OutOfSync', 'Unknown'])
export type SyncStatusCode = z.infer<typeof syncStatusCode>

/** How an object or an application is doing, best first (spec: health §1). */
export const healthStatusCode = z.enum(['Healthy', 'Suspended', 'Progressing', 'Missing', 'Degraded', 'Unknown'])
export type HealthStatusCode = z.infer<typeof healthStatusCode>

export const operationPhase = z.enum(['Running', 'Terminating', 'Succeeded', 'Failed', 'Error'])
export type OperationPhase = z.infer<typeof operationPhase>

export const syncPhase = z.enum(['PreSync', 'Sync', 'PostSync', 'SyncFail'])
export type SyncPhase = z.infer<typeof syncPhase>

export const resultCode = z.enum(['Synced', 'SyncFailed', 'Pruned', 'PruneSkipped'])
export type ResultCode = z.infer<typeof resultCode>

export const healthStatus = z.object({
  status: healthStatusCode.optional(),
  message: z.string().optional(),
  lastTransitionTime: z.string().optional(),
})
export type HealthStatus = z.infer<typeof healthStatus>

const order: readonly HealthStatusCode[] = healthStatusCode.options

/** True when `candidate` is worse than `current` (spec: health §1). */
export function isWorseHealth(candidate: HealthStatusCode, current: HealthStatusCode): boolean {
  return order.indexOf(candidate) > order.indexOf(current)
}

/** True when an operation phase is final. */
export function isCompleted(phase: OperationPhase): boolean {
  return phase === 'Succeeded' || phase === 'Failed' || phase === 'Error'
}
