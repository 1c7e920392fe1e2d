import type { OperationState, ResourceResult } from '@driftless/model'
import type { Tone } from '@driftless/ui'

/** What an operation was: a sync that deploys recorded sources again is a rollback. */
export function operationKind(state: Pick<OperationState, 'operation'>): 'sync' | 'rollback' {
  const { sync } = state.operation
  return sync?.source !== undefined || (sync?.sources?.length ?? 0) > 0 ? 'rollback' : 'sync'
}

/** The colour of one object's result. */
export function resultTone(result: Pick<ResourceResult, 'status' | 'hookPhase'>): Tone {
  if (result.status === 'SyncFailed' || result.hookPhase === 'Failed' || result.hookPhase === 'Error') return 'degraded'
  if (result.status === 'PruneSkipped') return 'outofsync'
  if (result.hookPhase === 'Running' || result.hookPhase === 'Terminating') return 'progressing'
  if (result.status === undefined && result.hookPhase === undefined) return 'progressing'
  return 'synced'
}

/** How far an operation is, as a share of 0 to 1 of what it has named so far. */
export function doneShare(results: readonly Pick<ResourceResult, 'status' | 'hookPhase'>[]): number {
  if (results.length === 0) return 0
  return results.filter((result) => resultTone(result) !== 'progressing').length / results.length
}
