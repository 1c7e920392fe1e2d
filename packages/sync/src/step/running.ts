import type { ResourceResult } from '@driftless/model'
import type { SyncTask } from '../plan/sync-task.ts'
import { missing } from './messages.ts'
import type { ObservedObject } from './sync-state.ts'

/** What a running task has become, by its object's health. */
export function updateRunning(
  task: SyncTask,
  result: ResourceResult,
  observed: ObservedObject | undefined,
): ResourceResult {
  if (observed === undefined) return result
  if (!observed.exists) return { ...result, status: 'SyncFailed', hookPhase: 'Error', message: missing(task.key) }
  const { health } = observed
  const message = health === undefined || health.message === '' ? result.message : health.message
  if (health === undefined || health.status === 'Healthy') return { ...result, hookPhase: 'Succeeded', message }
  if (health.status === 'Degraded') return { ...result, hookPhase: 'Failed', message }
  if (task.hookType !== undefined && health.status === 'Unknown') return { ...result, hookPhase: 'Failed', message }
  return message === result.message ? result : { ...result, message }
}
