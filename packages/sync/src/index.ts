// The front door of @driftless/sync: explicit names only.
export type { ApplyOptions, ClusterPort, VersionedKey } from './execute/cluster-port.ts'
export { type ExecuteRequest, executeSync } from './execute/execute-sync.ts'
export { friendlyError } from './execute/friendly-error.ts'
export { observationOf } from './execute/live-view.ts'
export { fieldManager } from './execute/perform-action.ts'
export { terminateSync } from './execute/terminate-sync.ts'
export { deletionWaves } from './plan/deletion-waves.ts'
export { actionOf, describePlan } from './plan/describe-plan.ts'
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
export { nextStep, type StepOptions } from './step/next-step.ts'
export { recordOutcomes } from './step/record-outcomes.ts'
export {
  type ActionOutcome,
  initialState,
  type NextStep,
  type Observation,
  type ObservedObject,
  type SyncAction,
  type SyncState,
} from './step/sync-state.ts'
