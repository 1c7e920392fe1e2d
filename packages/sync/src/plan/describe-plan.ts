import type { Plan, PlannedAction, PlannedTask } from '@driftless/model'
import { restartsPods } from './pod-restart.ts'
import { carriesOption } from './sync-option.ts'
import { isPrune, type SyncOptions, type SyncPlan, type SyncTask } from './sync-task.ts'

/** The plan as a console shows it: what would happen to each object, wave by wave, and how often. */
export function describePlan(plan: SyncPlan, options: SyncOptions = plan.options): Plan {
  const counts: Plan['counts'] = {
    create: 0,
    update: 0,
    replace: 0,
    prune: 0,
    'prune-skipped': 0,
    hook: 0,
    unchanged: 0,
  }
  const waves = plan.waves.map(({ phase, wave, tasks }) => ({
    phase,
    wave,
    tasks: tasks.map((task): PlannedTask => {
      const action = actionOf(task, options)
      counts[action] += 1
      return plannedTask(task, action)
    }),
  }))
  return { revision: plan.revision, waves, problems: plan.problems.map((problem) => ({ ...problem })), counts }
}

/** What happens to an object, in the words of a plan. */
export function actionOf(task: SyncTask, options: SyncOptions): PlannedAction {
  if (isPrune(task)) return task.pruneSkipped === undefined ? 'prune' : 'prune-skipped'
  if (task.hookType !== undefined) return 'hook'
  if (task.live === undefined) return 'create'
  if (task.modified === false && options.force !== true) return 'unchanged'
  const replaced =
    options.syncOptions?.includes('Replace=true') === true || carriesOption('Replace=true', task.target, task.live)
  return replaced ? 'replace' : 'update'
}

function plannedTask(task: SyncTask, action: PlannedAction): PlannedTask {
  const { group, kind, namespace, name } = task.key
  const message = task.pruneSkipped ?? (task.needsConfirmation === true ? 'waits for confirmation' : undefined)
  return {
    action,
    group,
    version: task.version,
    kind,
    namespace,
    name,
    ...(task.hookType === undefined ? {} : { hookType: task.hookType }),
    ...((action === 'update' || action === 'replace') && restartsPods(task) ? { restartsPods: true } : {}),
    ...(message === undefined ? {} : { message }),
  }
}
