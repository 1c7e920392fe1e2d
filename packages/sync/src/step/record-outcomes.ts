import type { ResourceResult, ResultCode } from '@driftless/model'
import type { SyncPlan } from '../plan/sync-task.ts'
import { withReasons } from './messages.ts'
import type { ActionOutcome, SyncState } from './sync-state.ts'
import { mergeResults, taskResult } from './task-result.ts'

/** Folds what the actions of a step came to into the state. */
export function recordOutcomes(plan: SyncPlan, state: SyncState, outcomes: readonly ActionOutcome[]): SyncState {
  const trial = outcomes.filter(({ action }) => action.type === 'dry-run' || action.type === 'create')
  if (plan.options.dryRun !== true && trial.length > 0) return recordTrial(state, trial)
  const changes = outcomes.flatMap((outcome) => resultOfOutcome(plan, outcome) ?? [])
  return { ...state, results: mergeResults(state.results, changes) }
}

/** A trial records nothing unless it fails: the sync then ends with nothing changed. */
function recordTrial(state: SyncState, outcomes: readonly ActionOutcome[]): SyncState {
  const failed = outcomes.filter(({ ok }) => !ok)
  if (failed.length === 0) return { ...state, tried: true }
  const results = failed.map(({ action, message }) =>
    taskResult(action.task, { status: 'SyncFailed', hookPhase: 'Failed', message }),
  )
  const message = withReasons(
    'one or more objects failed to apply (dry run)',
    failed.map((outcome) => outcome.message),
  )
  return { results, phase: 'Failed', message }
}

function resultOfOutcome(plan: SyncPlan, outcome: ActionOutcome): ResourceResult | undefined {
  const { action, ok, message, object } = outcome
  const { task } = action
  if (action.type === 'remove-hook-finalizer' || action.type === 'delete-hook') {
    return ok ? undefined : taskResult(task, { status: 'SyncFailed', hookPhase: 'Error', message })
  }
  if (!ok) return taskResult(task, { status: 'SyncFailed', hookPhase: 'Failed', message, object })
  const status: ResultCode = action.type === 'prune' ? 'Pruned' : 'Synced'
  const hookPhase = action.type === 'prune' || plan.options.dryRun === true ? 'Succeeded' : 'Running'
  return taskResult(task, { status, hookPhase, message, object })
}
