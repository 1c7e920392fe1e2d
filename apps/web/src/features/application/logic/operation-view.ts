import type { OperationState, ResourceResult } from '@driftless/model'
import type { Tone } from '@driftless/ui'

/** What an operation was: a sync that deploys recorded sources again is a rollback. */
export function operationKind(state: Pick<OperationState, 'operation'>): 'sync' | 'rollback' {
  const { sync } = state.operation
  return sync?.source !== undefined || (sync?.sources?.length ?? 0) > 0 ? 'rollback' : 'sync'
}

/** What became of one object: the phase of a hook, else whether it was applied; undefined while it is being applied. */
export function outcomeOf(
  result: Pick<ResourceResult, 'status' | 'hookPhase' | 'hookType'>,
): ResourceResult['status'] | ResourceResult['hookPhase'] {
  // Objects that are no hooks carry a phase too, which tells how far their wave is.
  return result.hookType === undefined ? (result.status ?? result.hookPhase) : (result.hookPhase ?? result.status)
}

/** The colour of one object's result. */
export function resultTone(result: Pick<ResourceResult, 'status' | 'hookPhase' | 'hookType'>): Tone {
  switch (outcomeOf(result)) {
    case 'SyncFailed':
    case 'Failed':
    case 'Error':
      return 'degraded'
    case 'PruneSkipped':
      return 'outofsync'
    case 'Running':
    case 'Terminating':
    case undefined:
      return 'progressing'
    default:
      return 'synced'
  }
}

/** How far an operation is, as a share of 0 to 1 of what it has named so far. */
export function doneShare(results: readonly Pick<ResourceResult, 'status' | 'hookPhase' | 'hookType'>[]): number {
  if (results.length === 0) return 0
  return results.filter((result) => resultTone(result) !== 'progressing').length / results.length
}
