import { formatKey, type KubeObject } from '@driftless/kube-objects'
import {
  isCompleted,
  type OperationPhase,
  type ResourceResult,
  type ResultCode,
  type SyncPhase,
} from '@driftless/model'
import { type SyncTask, taskId } from '../plan/sync-task.ts'

/** Results by task id. */
export type ResultsById = ReadonlyMap<string, ResourceResult>

/** Indexes the results of a state. */
export function indexResults(results: readonly ResourceResult[]): ResultsById {
  return new Map(results.map((result) => [resultId(result), result]))
}

/** The id of the task that a result belongs to. */
export function resultId(result: ResourceResult): string {
  const { group, kind, namespace, name } = result
  return `${formatKey({ group, kind, namespace, name })}/${result.syncPhase ?? 'Sync'}`
}

/** A result of a task. */
export function taskResult(
  task: SyncTask,
  outcome: { status?: ResultCode; hookPhase: OperationPhase; message: string; object?: KubeObject | undefined },
): ResourceResult {
  const images = imagesOf(outcome.object ?? task.target)
  return {
    group: task.key.group,
    version: task.version,
    kind: task.key.kind,
    namespace: task.key.namespace,
    name: task.key.name,
    ...(outcome.status === undefined ? {} : { status: outcome.status }),
    message: outcome.message,
    ...(task.hookType === undefined ? {} : { hookType: task.hookType }),
    hookPhase: outcome.hookPhase,
    syncPhase: task.phase satisfies SyncPhase,
    ...(images.length === 0 ? {} : { images }),
  }
}

/** True when a result will not change any more. */
export function isDone(result: ResourceResult | undefined): boolean {
  return result?.hookPhase !== undefined && isCompleted(result.hookPhase)
}

/** True when a task has ended badly. */
export function hasFailed(result: ResourceResult | undefined): boolean {
  return result?.hookPhase === 'Failed' || result?.hookPhase === 'Error'
}

/** Replaces or adds results, keeping the order in which tasks were first recorded. */
export function mergeResults(
  results: readonly ResourceResult[],
  changes: readonly ResourceResult[],
): readonly ResourceResult[] {
  if (changes.length === 0) return results
  const merged = new Map(indexResults(results))
  for (const change of changes) merged.set(resultId(change), change)
  return [...merged.values()]
}

/** The result of a task, if it has one. */
export function resultOf(results: ResultsById, task: SyncTask): ResourceResult | undefined {
  return results.get(taskId(task))
}

/** Images at the places where kinds keep a pod's spec. */
function imagesOf(object: KubeObject | undefined): string[] {
  const spec = fieldOf(object, 'spec')
  const podSpecs = [
    spec,
    fieldOf(fieldOf(spec, 'template'), 'spec'),
    fieldOf(fieldOf(fieldOf(fieldOf(spec, 'jobTemplate'), 'spec'), 'template'), 'spec'),
  ]
  const images = podSpecs.flatMap((podSpec) =>
    ['initContainers', 'containers'].flatMap((list) => {
      const containers = fieldOf(podSpec, list)
      return Array.isArray(containers) ? containers.map((container: unknown) => fieldOf(container, 'image')) : []
    }),
  )
  return [...new Set(images.filter((image) => typeof image === 'string'))]
}

function fieldOf(value: unknown, field: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined
  return (value as Record<string, unknown>)[field]
}
