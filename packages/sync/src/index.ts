// The front door of @driftless/sync: explicit names only.
export { deletionWaves } from './plan/deletion-waves.ts'
export {
  type HookDeletePolicy,
  type HookType,
  hookDeletePolicies,
  hookFinalizer,
  hookTypes,
  isHook,
  isIgnoredHook,
  isSkipped,
  syncPhases,
} from './plan/hook.ts'
export { type OrderedTask, orderTasks } from './plan/order-tasks.ts'
export { type PlanRequest, planSync } from './plan/plan-sync.ts'
export {
  isKeptOnDeletion,
  type PropagationPolicy,
  prunePropagation,
  requiresConfirmation,
  resourceSyncOptions,
} from './plan/sync-option.ts'
export type { PlanProblem, SyncOptions, SyncPlan, SyncTask, SyncWave } from './plan/sync-task.ts'
export { isPrune, taskId } from './plan/sync-task.ts'
export { waveOf } from './plan/wave.ts'
