import { formatGroupKind, formatKey, gvkOf } from '@driftless/kube-objects'
import { kindProvided } from './order-tasks.ts'
import type { DraftTask, PlanRequest } from './plan-sync.ts'
import { carriesOption } from './sync-option.ts'
import type { PlanProblem } from './sync-task.ts'

/** Finds what the cluster does not know and what the project refuses; the tasks come back with what may not be tried before. */
export function findProblems(
  request: PlanRequest,
  tasks: readonly DraftTask[],
): { tasks: DraftTask[]; problems: PlanProblem[] } {
  const defined = new Set(tasks.flatMap((task) => (task.target === undefined ? [] : (kindProvided(task.target) ?? []))))
  const problems: PlanProblem[] = []
  const checked = tasks.map((task) => {
    const object = task.target ?? task.live
    if (object === undefined) return task
    const refusal = request.permitted?.(object)
    if (refusal !== undefined) problems.push({ object: formatKey(task.key), message: refusal })
    const kind = gvkOf(object)
    if (request.scopeOf(kind) !== undefined) return task
    const comes = defined.has(formatGroupKind(kind))
    if (comes || skipsDryRun(task, request)) return { ...task, skipDryRun: true }
    if (task.target !== undefined) problems.push({ object: formatKey(task.key), message: unknownKind(task) })
    return task
  })
  return { tasks: checked, problems }
}

function skipsDryRun(task: DraftTask, { options }: PlanRequest): boolean {
  const option = 'SkipDryRunOnMissingResource=true'
  return options.syncOptions?.includes(option) === true || carriesOption(option, task.target)
}

function unknownKind({ key, version }: DraftTask): string {
  const kind = key.group === '' ? `${version}/${key.kind}` : `${key.group}/${version}/${key.kind}`
  const name = key.namespace === '' ? key.name : `${key.namespace}/${key.name}`
  return `The destination cluster does not serve ${kind}, which ${name} needs. Install the CustomResourceDefinition of "${key.kind}" first, or add it to the application.`
}
