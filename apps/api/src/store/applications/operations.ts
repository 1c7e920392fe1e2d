import { randomUUID } from 'node:crypto'
import {
  ApplicationErrors,
  type ApplicationRecord,
  type ApplicationRef,
  type ApplicationStore,
  type OperationProgress,
} from '@driftless/applications'
import { canonicalJson } from '@driftless/kube-objects'
import { isCompleted, type ResourceResult } from '@driftless/model'
import type { Transaction } from '../database.ts'
import type { Prisma } from '../generated/client.ts'
import { jsonColumn, optionalJsonColumn } from '../json-column.ts'
import { findRecord, lockRecord, requireRecord, type StoreContext, writeApplication } from './locked-record.ts'
import { readOperation } from './read-record.ts'

type OperationMethods = Pick<
  ApplicationStore,
  | 'startOperation'
  | 'recordProgress'
  | 'completeOperation'
  | 'terminateOperation'
  | 'unfinishedOperations'
  | 'operations'
>

/** The methods of the store that keep operations and the deployments that come of them. */
export function operationMethods(context: StoreContext): OperationMethods {
  const { database } = context
  return {
    startOperation: (ref, kind, operation) => startOperation(context, ref, { kind, operation }),
    async recordProgress(ref, operationId, progress) {
      await database.transaction(async (transaction) => {
        const record = await lockRecord(transaction, ref)
        if (record?.operation?.id !== operationId) return
        await writeProgress(transaction, record, progress)
      })
    },
    async completeOperation(ref, operationId, outcome) {
      await database.transaction(async (transaction) => {
        const record = await lockRecord(transaction, ref)
        if (record?.operation?.id !== operationId) return
        await complete(transaction, record, outcome)
      })
    },
    async terminateOperation(ref) {
      await database.transaction(async (transaction) => {
        const record = await requireRecord(transaction, ref)
        const running = record.operation
        if (running === undefined || isCompleted(running.phase)) throw ApplicationErrors.NO_OPERATION({})
        if (running.phase !== 'Terminating') {
          await writeProgress(transaction, record, { phase: 'Terminating', message: 'operation is terminating' })
        }
      })
    },
    async unfinishedOperations() {
      return database.prisma.application.findMany({
        where: { operationPhase: { in: ['Running', 'Terminating'] } },
        select: { namespace: true, name: true },
        orderBy: [{ namespace: 'asc' }, { name: 'asc' }],
      })
    },
    async operations(ref, limit) {
      const rows = await database.prisma.operation.findMany({
        where: { application: { namespace: ref.namespace, name: ref.name } },
        include: { results: { orderBy: { position: 'asc' } } },
        orderBy: { sequence: 'desc' },
        take: limit,
      })
      return rows.map(readOperation)
    },
  }
}

function startOperation(
  { database, now }: StoreContext,
  ref: ApplicationRef,
  {
    kind,
    operation,
  }: {
    kind: Parameters<ApplicationStore['startOperation']>[1]
    operation: Parameters<ApplicationStore['startOperation']>[2]
  },
): Promise<ApplicationRecord> {
  return database.transaction(async (transaction) => {
    const record = await requireRecord(transaction, ref)
    if (record.operation !== undefined && !isCompleted(record.operation.phase))
      throw ApplicationErrors.OPERATION_RUNNING({})
    const id = randomUUID()
    const startedAt = now()
    await writeApplication(transaction, record, {
      operationId: id,
      operationKind: kind,
      operationPhase: 'Running',
      operationMessage: null,
      operationStartedAt: startedAt,
      operationFinishedAt: null,
    })
    await transaction.operation.create({
      data: {
        id,
        applicationId: record.uid,
        kind,
        operation: jsonColumn(operation),
        phase: 'Running',
        message: '',
        startedAt,
      },
    })
    const started = await findRecord(transaction, ref)
    if (started === undefined) throw ApplicationErrors.NOT_FOUND({ name: ref.name })
    return started
  })
}

/** Writes progress unless it says nothing new. */
async function writeProgress(
  transaction: Transaction,
  record: ApplicationRecord,
  progress: OperationProgress,
  more: { operation?: Prisma.OperationUncheckedUpdateInput; application?: Prisma.ApplicationUncheckedUpdateInput } = {},
): Promise<void> {
  const before = record.operation
  if (before === undefined) return
  const results = progress.results ?? before.results
  const after = {
    phase: progress.phase,
    message: progress.message,
    retryCount: progress.retryCount ?? before.retryCount,
    retryAt: 'retryAt' in progress ? progress.retryAt : before.retryAt,
    syncResult: progress.syncResult ?? before.syncResult,
  }
  const { phase, message, retryCount, retryAt, syncResult } = before
  const unchanged =
    canonicalJson({ ...after, results }) ===
    canonicalJson({ phase, message, retryCount, retryAt, syncResult, results: before.results })
  if (unchanged && Object.keys(more).length === 0) return
  await writeApplication(transaction, record, {
    operationPhase: after.phase,
    operationMessage: after.message,
    ...more.application,
  })
  await transaction.operation.update({
    where: { id: before.id },
    data: {
      ...after,
      retryAt: after.retryAt === undefined ? null : new Date(after.retryAt),
      syncResult: optionalJsonColumn(after.syncResult),
      ...more.operation,
    },
  })
  await writeResults(transaction, before.id, { before: before.results, after: results })
}

async function complete(
  transaction: Transaction,
  record: ApplicationRecord,
  outcome: Parameters<ApplicationStore['completeOperation']>[2],
): Promise<void> {
  const { finishedAt, deployment, historyLimit, ...progress } = outcome
  const operation: Prisma.OperationUncheckedUpdateInput = { finishedAt: new Date(finishedAt), retryAt: null }
  const application: Prisma.ApplicationUncheckedUpdateInput = { operationFinishedAt: new Date(finishedAt) }
  if (deployment !== undefined) {
    const { nextDeployment: id } = await transaction.application.findUniqueOrThrow({
      where: { id: record.uid },
      select: { nextDeployment: true },
    })
    operation.deploymentId = id
    application.nextDeployment = id + 1
    await writeProgress(transaction, record, { ...progress, retryAt: undefined }, { operation, application })
    await recordDeployment(transaction, record.uid, { id, deployment, historyLimit })
    return
  }
  await writeProgress(transaction, record, { ...progress, retryAt: undefined }, { operation, application })
}

async function recordDeployment(
  transaction: Transaction,
  applicationId: string,
  entry: {
    id: number
    deployment: NonNullable<Parameters<ApplicationStore['completeOperation']>[2]['deployment']>
    historyLimit: number | undefined
  },
): Promise<void> {
  const { deployedAt, deployStartedAt, revisions, source, sources, initiatedBy, revision } = entry.deployment
  await transaction.deployment.create({
    data: {
      applicationId,
      id: entry.id,
      revision: revision ?? null,
      revisions: revisions ?? [],
      source: optionalJsonColumn(source),
      sources: optionalJsonColumn(sources),
      deployedAt: new Date(deployedAt),
      deployStartedAt: deployStartedAt === undefined ? null : new Date(deployStartedAt),
      initiatedBy: optionalJsonColumn(initiatedBy),
    },
  })
  if (entry.historyLimit === undefined) return
  await transaction.deployment.deleteMany({
    where: { applicationId, id: { lte: entry.id - Math.max(0, entry.historyLimit) } },
  })
}

/** Brings the result rows of an operation to `after`, touching only those that changed. */
async function writeResults(
  transaction: Transaction,
  operationId: string,
  change: { before: readonly ResourceResult[]; after: readonly ResourceResult[] },
): Promise<void> {
  const changed = change.after
    .map((result, position) => ({ result, position }))
    .filter(({ result, position }) => {
      const known = change.before[position]
      return known === undefined || canonicalJson(known) !== canonicalJson(result)
    })
  const stale = changed.filter(({ position }) => position < change.before.length).map(({ position }) => position)
  const beyond = change.before.length > change.after.length ? [{ position: { gte: change.after.length } }] : []
  if (stale.length > 0 || beyond.length > 0) {
    await transaction.operationResult.deleteMany({
      where: { operationId, OR: [{ position: { in: stale } }, ...beyond] },
    })
  }
  if (changed.length === 0) return
  await transaction.operationResult.createMany({
    data: changed.map(({ result, position }) => ({ operationId, position, ...result, images: result.images ?? [] })),
  })
}
