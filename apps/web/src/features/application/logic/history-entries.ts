import type { OperationRecord } from '@driftless/contract'
import type { OperationInitiator, OperationPhase, RevisionHistory } from '@driftless/model'

/** One line of the history: an attempt, or a recorded deployment whose attempt is no longer known. */
export interface HistoryEntry {
  readonly key: string
  readonly phase: OperationPhase
  readonly kind: 'sync' | 'rollback' | 'delete'
  readonly revisions: readonly string[]
  readonly message: string | undefined
  readonly by: OperationInitiator
  readonly startedAt: string
  readonly finishedAt: string | undefined
  /** Id in `status.history`; without it there is nothing to return to. */
  readonly deployment: number | undefined
  /** True for the deployment that runs now. */
  readonly current: boolean
  /** Seconds for which this deployment was, or is, the running one. */
  readonly activeFrom: string | undefined
  readonly activeUntil: string | undefined
  readonly source: RevisionHistory | undefined
}

/** Attempts and deployments as one list, newest first. */
export function historyEntries(
  history: readonly RevisionHistory[],
  operations: readonly OperationRecord[],
): HistoryEntry[] {
  const deployments = [...history].sort((a, b) => a.id - b.id)
  const until = new Map(deployments.map((deployment, index) => [deployment.id, deployments[index + 1]?.deployedAt]))
  const byId = new Map(deployments.map((deployment) => [deployment.id, deployment]))
  const newest = deployments.at(-1)?.id
  const recorded = new Set<number>()
  const entries: HistoryEntry[] = operations
    .filter((operation) => !operation.dryRun)
    .map((operation) => {
      const deployment = operation.deploymentId === undefined ? undefined : byId.get(operation.deploymentId)
      if (deployment !== undefined) recorded.add(deployment.id)
      return {
        key: operation.id,
        phase: operation.phase,
        kind: operation.kind,
        revisions: revisionsOf(operation.syncResult ?? deployment ?? {}),
        message: operation.message,
        by: operation.initiatedBy,
        startedAt: operation.startedAt,
        finishedAt: operation.finishedAt,
        ...deploymentPart(deployment, until, newest),
      }
    })
  for (const deployment of deployments) {
    if (recorded.has(deployment.id)) continue
    entries.push({
      key: `deployment-${deployment.id}`,
      phase: 'Succeeded',
      kind: 'sync',
      revisions: revisionsOf(deployment),
      message: undefined,
      by: deployment.initiatedBy ?? {},
      startedAt: deployment.deployStartedAt ?? deployment.deployedAt,
      finishedAt: deployment.deployedAt,
      ...deploymentPart(deployment, until, newest),
    })
  }
  return entries.sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt))
}

function deploymentPart(
  deployment: RevisionHistory | undefined,
  until: ReadonlyMap<number, string | undefined>,
  newest: number | undefined,
) {
  return {
    deployment: deployment?.id,
    current: deployment !== undefined && deployment.id === newest,
    activeFrom: deployment?.deployedAt,
    activeUntil: deployment === undefined ? undefined : until.get(deployment.id),
    source: deployment,
  }
}

function revisionsOf(from: {
  revision?: string | undefined
  revisions?: readonly string[] | undefined
}): readonly string[] {
  if (from.revisions !== undefined && from.revisions.length > 0) return from.revisions
  return from.revision === undefined || from.revision === '' ? [] : [from.revision]
}
