import { messageOf } from '@driftless/foundation'
import type { ResourceResult } from '@driftless/model'
import type { SyncPlan } from '../plan/sync-task.ts'
import type { SyncState } from '../step/sync-state.ts'
import { indexResults, isDone, mergeResults, resultOf } from '../step/task-result.ts'
import type { ClusterPort } from './cluster-port.ts'
import { releaseHook } from './perform-action.ts'

/** Stops a sync: running hooks are deleted, everything else stays as it is. */
export async function terminateSync(request: {
  plan: SyncPlan
  state: SyncState
  cluster: ClusterPort
}): Promise<SyncState> {
  const { plan, state, cluster } = request
  const results = indexResults(state.results)
  const changes: ResourceResult[] = []
  const failures: string[] = []
  for (const task of plan.tasks) {
    const result = resultOf(results, task)
    if (task.hookType === undefined || result === undefined || isDone(result)) continue
    try {
      await releaseHook(task, cluster)
      await cluster.delete({ ...task.key, version: task.version }, { propagation: 'foreground' })
      changes.push({ ...result, hookPhase: 'Failed', message: 'Terminated' })
    } catch (error) {
      failures.push(`${task.key.kind}/${task.key.name}: ${messageOf(error)}`)
    }
  }
  const merged = mergeResults(state.results, changes)
  if (failures.length === 0) return { ...state, results: merged, phase: 'Failed', message: 'Operation terminated' }
  const message = `Operation terminated, but hooks could not be removed: ${failures.join('; ')}`
  return { ...state, results: merged, phase: 'Error', message }
}
