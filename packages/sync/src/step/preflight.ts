import type { SyncPlan } from '../plan/sync-task.ts'
import type { SyncAction } from './sync-state.ts'
import { isUnchanged, isWanted } from './wanted.ts'

/** The namespace is made for real, then everything else is tried. */
export function firstActions(plan: SyncPlan, options: { preflight?: boolean }): SyncAction[] {
  if (plan.options.dryRun === true) return []
  const preflight = options.preflight ?? plan.waves.length > 1
  if (!preflight) return []
  const namespaces = plan.tasks.filter((task) => task.createsNamespace === true && task.live === undefined)
  const made = newNamespaces(plan)
  const tried = plan.tasks.filter(
    (task) =>
      task.target !== undefined &&
      task.skipDryRun !== true &&
      !made.has(task.key.namespace) &&
      isWanted(plan, task) &&
      !isUnchanged(plan, task),
  )
  return [
    ...namespaces.map((task): SyncAction => ({ type: 'create', task, group: 0 })),
    ...tried
      .filter((task) => !namespaces.includes(task))
      .map((task): SyncAction => ({ type: 'dry-run', task, group: 1 })),
  ]
}

/** Namespaces that the sync itself will make: nothing in them can be tried before. */
function newNamespaces(plan: SyncPlan): Set<string> {
  const tasks = plan.tasks.filter(
    ({ key, target, live, createsNamespace }) =>
      key.kind === 'Namespace' && target !== undefined && live === undefined && createsNamespace !== true,
  )
  return new Set(tasks.map(({ key }) => key.name))
}
