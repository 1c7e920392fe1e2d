import { isCompleted, type ResourceResult, type SyncPhase } from '@driftless/model'
import { hookFinalizer } from '../plan/hook.ts'
import { isPrune, type SyncPlan, type SyncTask } from '../plan/sync-task.ts'
import { invalidPlan, waitingFor, withReasons } from './messages.ts'
import { firstActions } from './preflight.ts'
import { updateRunning } from './running.ts'
import type { NextStep, Observation, SyncAction, SyncState } from './sync-state.ts'
import { hasFailed, indexResults, isDone, mergeResults, type ResultsById, resultOf, taskResult } from './task-result.ts'
import { isWanted } from './wanted.ts'

export interface StepOptions {
  /** True once somebody has agreed to the prunes that need a word. */
  readonly confirmed?: boolean
  /** Tries every object before the first is changed; default: when there is more than one wave. */
  readonly preflight?: boolean
}

interface Step {
  readonly plan: SyncPlan
  readonly state: SyncState
  readonly results: ResultsById
  readonly observe: Observation
  readonly options: StepOptions
}

/** Decides what a sync does next from where it stands and what is true in the cluster; pure (spec: sync §7). */
export function nextStep(plan: SyncPlan, state: SyncState, observe: Observation, options: StepOptions = {}): NextStep {
  if (isCompleted(state.phase)) return { state, actions: [] }
  if (plan.problems.length > 0) return finish(state, 'Failed', invalidPlan(plan.problems))
  if (state.results.length === 0 && state.tried !== true) {
    const first = firstActions(plan, options)
    if (first.length > 0) return { state, actions: first }
  }
  const step: Step = { plan, state, results: indexResults(state.results), observe, options }
  const over = endAllRun(step)
  if (over !== undefined) return over
  const updated = withRunningUpdated(step)
  return (
    endNotApplied(updated) ??
    waitForRunning(updated) ??
    waitForPruned(updated) ??
    releaseHooks(updated) ??
    endFailed(updated) ??
    endComplete(updated) ??
    runWave(updated)
  )
}

function withRunningUpdated(step: Step): Step {
  const changes: ResourceResult[] = []
  for (const task of step.plan.tasks) {
    const result = resultOf(step.results, task)
    if (result === undefined || isDone(result)) continue
    const updated = updateRunning(task, result, step.observe(task.key))
    if (updated !== result) changes.push(updated)
  }
  return changes.length === 0 ? step : withResults(step, changes)
}

function withResults(step: Step, changes: readonly ResourceResult[]): Step {
  const results = mergeResults(step.state.results, changes)
  return { ...step, state: { ...step.state, results }, results: indexResults(results) }
}

/** Waits for what earlier waves started; a single wave without hooks is over as soon as it is applied. */
function waitForRunning(step: Step): NextStep | undefined {
  const { plan, results } = step
  const pending = pendingTasks(step)[0]
  const running = plan.tasks.filter((task) => {
    const result = resultOf(results, task)
    return result !== undefined && !isDone(result) && (pending === undefined || isOtherWave(task, pending))
  })
  const hooks = running.filter((task) => task.hookType !== undefined)
  if (running.length === 0 || (plan.waves.length <= 1 && hooks.length === 0)) return undefined
  const message =
    hooks.length > 0
      ? waitingFor('completion of hook', hooks, 'hooks')
      : waitingFor('healthy state of', running, 'resources')
  return waitOn(step, { tasks: running, message, wait: 'health' })
}

function waitForPruned(step: Step): NextStep | undefined {
  const going = step.plan.tasks.filter((task) => {
    if (!isPrune(task) || resultOf(step.results, task)?.status !== 'Pruned') return false
    const observed = step.observe(task.key)
    return observed?.exists === true && observed.deleting
  })
  if (going.length === 0 || step.plan.options.dryRun === true) return undefined
  return waitOn(step, { tasks: going, message: waitingFor('deletion of', going, 'resources'), wait: 'delete' })
}

function waitOn(
  { state }: Step,
  { tasks, message, wait }: { tasks: readonly SyncTask[]; message: string; wait: NonNullable<NextStep['wait']> },
): NextStep {
  return { state: { ...state, message }, actions: [], wait, waitFor: tasks.map(({ key }) => key) }
}

function releaseHooks(step: Step): NextStep | undefined {
  const held = step.plan.tasks.filter(
    (task) => task.hookType !== undefined && isDone(resultOf(step.results, task)) && holdsFinalizer(step, task),
  )
  if (held.length === 0) return undefined
  return act(step.state, 'remove-hook-finalizer', held)
}

function holdsFinalizer({ observe }: Step, task: SyncTask): boolean {
  const observed = observe(task.key)
  return observed?.exists === true && (observed.finalizers ?? []).includes(hookFinalizer)
}

/** What could not be applied ends the sync without waiting for the rest of its wave. */
function endNotApplied(step: Step): NextStep | undefined {
  const refused = step.plan.tasks.some((task) => task.phase !== 'SyncFail' && wasRefused(step, task))
  return refused ? endFailed(step) : undefined
}

function endFailed(step: Step): NextStep | undefined {
  const { plan, results, state } = step
  const failed = plan.tasks.filter((task) => task.phase !== 'SyncFail' && hasFailed(resultOf(results, task)))
  if (failed.length === 0) return undefined
  const cleaning = hooksToDelete(step, 'HookFailed')
  if (cleaning.length > 0) return act(state, 'delete-hook', cleaning)
  const rescue = plan.tasks.filter((task) => task.phase === 'SyncFail')
  const open = rescue.filter((task) => resultOf(results, task) === undefined)
  if (open.length > 0) return runTasks(step, firstWave(open))
  const running = rescue.filter((task) => !isDone(resultOf(results, task)))
  if (running.length > 0)
    return waitOn(step, { tasks: running, message: waitingFor('completion of hook', running, 'hooks'), wait: 'health' })
  const summary = failed.some((task) => wasRefused(step, task))
    ? 'one or more objects failed to apply'
    : 'one or more synchronization tasks completed unsuccessfully'
  const reasons = failed.map((task) => resultOf(results, task)?.message ?? '')
  const rescueFailed = rescue.filter((task) => hasFailed(resultOf(results, task)))
  const postscript =
    rescueFailed.length === 0
      ? ''
      : `\n${withReasons(
          'one or more SyncFail hooks failed',
          rescueFailed.map((task) => resultOf(results, task)?.message ?? ''),
        )}`
  return finish(state, 'Failed', withReasons(summary, reasons) + postscript)
}

/** True when the cluster did not take an object; one that went missing later is another matter. */
function wasRefused({ results }: Step, task: SyncTask): boolean {
  const result = resultOf(results, task)
  return result?.status === 'SyncFailed' && result.hookPhase === 'Failed'
}

function endComplete(step: Step): NextStep | undefined {
  if (pendingTasks(step).length > 0) return undefined
  const cleaning = hooksToDelete(step, 'HookSucceeded')
  if (cleaning.length > 0) return act(step.state, 'delete-hook', cleaning)
  return finish(step.state, 'Succeeded', 'successfully synced (no more tasks)')
}

/** Finished hooks whose policy says that they go now; a hook that is going already is left alone. */
function hooksToDelete(step: Step, policy: 'HookSucceeded' | 'HookFailed'): SyncTask[] {
  if (step.plan.options.dryRun === true) return []
  return step.plan.tasks.filter((task) => {
    if (task.deletePolicies?.includes(policy) !== true || !isDone(resultOf(step.results, task))) return false
    if (task.phase === 'SyncFail' && policy === 'HookFailed') return false
    const observed = step.observe(task.key)
    return observed?.exists === true && !observed.deleting
  })
}

function runWave(step: Step): NextStep {
  return runTasks(step, firstWave(pendingTasks(step)))
}

/** One wave: prunes first, then old hooks make room, then everything is applied kind by kind. */
function runTasks(step: Step, tasks: readonly SyncTask[]): NextStep {
  const skipped = tasks.filter((task) => task.pruneSkipped !== undefined)
  if (skipped.length > 0) {
    const changes = skipped.map((task) =>
      taskResult(task, { status: 'PruneSkipped', hookPhase: 'Succeeded', message: task.pruneSkipped ?? '' }),
    )
    return advance(withResults(step, changes))
  }
  const { plan, state, observe, options } = step
  const prunes = tasks.filter(isPrune)
  if (prunes.length > 0) {
    const unconfirmed = prunes.filter((task) => task.needsConfirmation === true)
    if (unconfirmed.length > 0 && options.confirmed !== true && plan.options.dryRun !== true)
      return waitOn(step, {
        tasks: unconfirmed,
        message: waitingFor('pruning confirmation of', unconfirmed, 'resources'),
        wait: 'confirmation',
      })
    return act(state, 'prune', prunes)
  }
  if (plan.options.dryRun !== true) {
    const old = tasks.filter((task) => blocksCreation(step, task))
    const held = old.filter((task) => holdsFinalizer(step, task))
    if (held.length > 0) return act(state, 'remove-hook-finalizer', held)
    const present = old.filter((task) => observe(task.key)?.deleting !== true)
    if (present.length > 0) return act(state, 'delete-hook', present)
    if (old.length > 0)
      return waitOn(step, { tasks: old, message: waitingFor('deletion of', old, 'hooks'), wait: 'delete' })
  }
  return { state, actions: applyActions(plan, tasks) }
}

/** After results were recorded without any call, the next step follows at once. */
function advance({ plan, state, observe, options }: Step): NextStep {
  return nextStep(plan, state, observe, options)
}

function blocksCreation({ observe }: Step, task: SyncTask): boolean {
  if (task.deletePolicies?.includes('BeforeHookCreation') !== true) return false
  return observe(task.key)?.exists === true
}

function applyActions(plan: SyncPlan, tasks: readonly SyncTask[]): SyncAction[] {
  let group = 0
  let kind: string | undefined
  return tasks.map((task): SyncAction => {
    if (kind !== undefined && kind !== task.key.kind) group += 1
    kind = task.key.kind
    return { type: plan.options.dryRun === true ? 'dry-run' : 'apply', task, group }
  })
}

function act(state: SyncState, type: SyncAction['type'], tasks: readonly SyncTask[]): NextStep {
  return { state, actions: tasks.map((task): SyncAction => ({ type, task, group: 0 })) }
}

function finish(state: SyncState, phase: SyncState['phase'], message: string): NextStep {
  return { state: { ...state, phase, message }, actions: [] }
}

/** Tasks that have not been run, in order; SyncFail tasks wait for a failure. */
function pendingTasks({ plan, results }: Pick<Step, 'plan' | 'results'>): SyncTask[] {
  return plan.tasks.filter(
    (task) => task.phase !== 'SyncFail' && resultOf(results, task) === undefined && isWanted(plan, task),
  )
}

function firstWave(tasks: readonly SyncTask[]): SyncTask[] {
  const first = tasks[0]
  return first === undefined ? [] : tasks.filter((task) => !isOtherWave(task, first))
}

function isOtherWave(task: { phase: SyncPhase; wave: number }, other: { phase: SyncPhase; wave: number }): boolean {
  return task.phase !== other.phase || task.wave !== other.wave
}

/** A sync whose last wave has no hooks is over once that wave is applied, healthy or not (spec: sync §7, step 10). */
function endAllRun(step: Step): NextStep | undefined {
  const { plan, results, state } = step
  const run = plan.tasks.filter((task) => task.phase !== 'SyncFail' && resultOf(results, task) !== undefined)
  const last = run.at(-1)
  if (last === undefined || pendingTasks(step).length > 0) return undefined
  if (run.some((task) => hasFailed(resultOf(results, task)))) return undefined
  const endsWithHooks = plan.tasks.some((task) => !isOtherWave(task, last) && task.hookType !== undefined)
  if (endsWithHooks && plan.options.dryRun !== true) return undefined
  const cleaning = hooksToDelete(step, 'HookSucceeded')
  if (cleaning.length > 0) return act(state, 'delete-hook', cleaning)
  return finish(state, 'Succeeded', 'successfully synced (all tasks run)')
}
