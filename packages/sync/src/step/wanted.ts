import type { SyncPlan, SyncTask } from '../plan/sync-task.ts'

/** False for what ApplyOutOfSyncOnly leaves out. */
export function isWanted(plan: SyncPlan, task: SyncTask): boolean {
  if (plan.options.syncOptions?.includes('ApplyOutOfSyncOnly=true') !== true) return true
  return task.hookType !== undefined || task.modified !== false || task.live === undefined
}

/** True when applying the object would change nothing, so that no call is needed. */
export function isUnchanged(plan: SyncPlan, task: SyncTask): boolean {
  return (
    task.hookType === undefined && task.modified === false && task.live !== undefined && plan.options.force !== true
  )
}
