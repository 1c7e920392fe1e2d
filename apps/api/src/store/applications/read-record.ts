import type {
  ApplicationRecord,
  ObservedState,
  OperationKind,
  OperationRow,
  RefreshType,
} from '@driftless/applications'
import {
  applicationCondition,
  applicationSource,
  applicationSpec,
  comparedTo,
  type HealthStatusCode,
  healthStatus,
  type OperationPhase,
  operation,
  operationInitiator,
  type ResourceResult,
  type ResourceStatus,
  type RevisionHistory,
  resourceResult,
  type SyncStatusCode,
  sourceType,
  stringMap,
  syncOperationResult,
} from '@driftless/model'
import { z } from 'zod'
import type { Transaction } from '../database.ts'
import type {
  Application,
  ApplicationCondition,
  ApplicationResource,
  Deployment,
  Operation,
  OperationResult,
} from '../generated/client.ts'

/** An application row with its child rows. */
export type ApplicationRows = Application & {
  resources: ApplicationResource[]
  conditions: ApplicationCondition[]
  deployments: Deployment[]
}
export type OperationRows = Operation & { results: OperationResult[] }

/** How child rows are read. */
export const children = {
  resources: { orderBy: { position: 'asc' } },
  conditions: { orderBy: { position: 'asc' } },
  deployments: { orderBy: { id: 'asc' } },
} as const

const sources = z.array(applicationSource)

/** Reads the newest operations of applications, by application id. */
export async function newestOperations(
  transaction: Transaction,
  rows: readonly { id: string; operationId: string | null }[],
): Promise<Map<string, OperationRows>> {
  const ids = rows.map((row) => row.operationId).filter((id) => id !== null)
  if (ids.length === 0) return new Map()
  const operations = await transaction.operation.findMany({
    where: { id: { in: ids } },
    include: { results: { orderBy: { position: 'asc' } } },
  })
  return new Map(operations.map((row) => [row.applicationId, row]))
}

/** The record of an application from its rows. */
export function readRecord(row: ApplicationRows, newest: OperationRows | undefined): ApplicationRecord {
  return {
    namespace: row.namespace,
    name: row.name,
    uid: row.id,
    version: Number(row.version),
    generation: row.generation,
    createdAt: row.createdAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString(),
    labels: stringMap.parse(row.labels),
    annotations: stringMap.parse(row.annotations),
    finalizers: row.finalizers,
    spec: applicationSpec.parse(row.spec),
    refresh:
      row.refreshRequestedAt === null
        ? undefined
        : { type: row.refreshType as RefreshType, requestedAt: row.refreshRequestedAt.toISOString() },
    state: row.reconciledAt === null ? undefined : readState(row, row.reconciledAt),
    operation: newest === undefined ? undefined : readOperation(newest),
    history: row.deployments.map(readDeployment),
  }
}

/** One attempt from its rows. */
export function readOperation(row: OperationRows): OperationRow {
  return {
    id: row.id,
    kind: row.kind as OperationKind,
    operation: operation.parse(row.operation),
    phase: row.phase as OperationPhase,
    message: row.message,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString(),
    retryCount: row.retryCount,
    retryAt: row.retryAt?.toISOString(),
    syncResult:
      row.syncResult === null ? undefined : syncOperationResult.omit({ resources: true }).parse(row.syncResult),
    results: row.results.map(readResult),
    deploymentId: row.deploymentId ?? undefined,
  }
}

/** One managed resource from its row; the core group and absent fields are left out. */
export function readResource(row: ApplicationResource): ResourceStatus {
  return {
    ...(row.group === '' ? {} : { group: row.group }),
    ...(row.version === null ? {} : { version: row.version }),
    kind: row.kind,
    ...(row.namespace === '' ? {} : { namespace: row.namespace }),
    name: row.name,
    ...(row.sync === null ? {} : { status: row.sync as SyncStatusCode }),
    ...(row.health === null ? {} : { health: healthStatus.parse(row.health) }),
    ...(row.hook === null ? {} : { hook: row.hook }),
    ...(row.requiresPruning === null ? {} : { requiresPruning: row.requiresPruning }),
    ...(row.requiresDeletionConfirmation === null
      ? {}
      : { requiresDeletionConfirmation: row.requiresDeletionConfirmation }),
    ...(row.syncWave === null ? {} : { syncWave: row.syncWave }),
  }
}

function readState(row: ApplicationRows, reconciledAt: Date): ObservedState {
  return {
    sync: row.sync as SyncStatusCode,
    revisions: row.revisions,
    comparedTo: row.comparedTo === null ? undefined : comparedTo.parse(row.comparedTo),
    health: row.health as HealthStatusCode,
    healthMessage: row.healthMessage ?? undefined,
    healthSince: (row.healthSince ?? reconciledAt).toISOString(),
    resources: row.resources.map(readResource),
    conditions: row.conditions.map((condition) =>
      applicationCondition.parse({ ...condition, lastTransitionTime: condition.lastTransitionTime ?? undefined }),
    ),
    sourceTypes: z.array(sourceType).parse(row.sourceTypes),
    images: row.images,
    externalUrls: row.externalUrls,
    reconciledAt: reconciledAt.toISOString(),
    observedAt: row.observedAt?.toISOString(),
    commitMessage: row.commitMessage ?? undefined,
    commitAuthor: row.commitAuthor ?? undefined,
  }
}

function readResult(row: OperationResult): ResourceResult {
  const present = Object.entries(row).filter(
    ([key, value]) => value !== null && key !== 'operationId' && key !== 'position',
  )
  const result = resourceResult.parse(Object.fromEntries(present))
  return result.images?.length === 0 ? { ...result, images: undefined } : result
}

function readDeployment(row: Deployment): RevisionHistory {
  return {
    id: row.id,
    ...(row.revision === null ? {} : { revision: row.revision }),
    ...(row.revisions.length === 0 ? {} : { revisions: row.revisions }),
    ...(row.source === null ? {} : { source: applicationSource.parse(row.source) }),
    ...(row.sources === null ? {} : { sources: sources.parse(row.sources) }),
    deployedAt: row.deployedAt.toISOString(),
    ...(row.deployStartedAt === null ? {} : { deployStartedAt: row.deployStartedAt.toISOString() }),
    ...(row.initiatedBy === null ? {} : { initiatedBy: operationInitiator.parse(row.initiatedBy) }),
  }
}
