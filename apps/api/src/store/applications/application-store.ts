import { randomUUID } from 'node:crypto'
import {
  ApplicationErrors,
  type ApplicationRecord,
  type ApplicationRef,
  type ApplicationStore,
} from '@driftless/applications'
import { canonicalJson } from '@driftless/kube-objects'
import { recordChange } from '../change-log.ts'
import type { Transaction } from '../database.ts'
import { Prisma } from '../generated/client.ts'
import { specColumns } from './columns.ts'
import { findRecord, lockRecord, only, requireRecord, type StoreContext, writeApplication } from './locked-record.ts'
import { operationMethods } from './operations.ts'
import { children, newestOperations, readRecord } from './read-record.ts'
import { stateColumns, statesDiffer, stateTimes, writeConditions, writeResources } from './write-state.ts'

/** Keeps applications in the database. */
export function createApplicationStore(context: StoreContext): ApplicationStore {
  const { database } = context
  return {
    get: (ref) => findRecord(database.prisma, ref),
    async list() {
      const rows = await database.prisma.application.findMany({
        include: children,
        orderBy: [{ namespace: 'asc' }, { name: 'asc' }],
      })
      const newest = await newestOperations(database.prisma, rows)
      return rows.map((row) => readRecord(row, newest.get(row.id)))
    },
    create: (application) => create(context, application),
    update: (ref, change) => update(context, ref, change),
    markDeleted: (ref, finalizers) => markDeleted(context, ref, finalizers),
    async remove(ref) {
      await database.transaction(async (transaction) => {
        const record = await lockRecord(transaction, ref)
        if (record === undefined) return
        await recordChange(transaction, { type: 'DELETED', kind: 'Application', ...only(ref) })
        await transaction.application.delete({ where: { id: record.uid } })
      })
    },
    requestRefresh: (ref, type) => requestRefresh(context, ref, type),
    recordState: (ref, state, clearRefreshUntil) => recordState(context, ref, { state, clearRefreshUntil }),
    ...operationMethods(context),
  }
}

async function reread(transaction: Transaction, ref: ApplicationRef): Promise<ApplicationRecord> {
  const record = await findRecord(transaction, ref)
  if (record === undefined) throw ApplicationErrors.NOT_FOUND({ name: ref.name })
  return record
}

async function create(
  { database, now }: StoreContext,
  application: Parameters<ApplicationStore['create']>[0],
): Promise<ApplicationRecord> {
  const taken = ApplicationErrors.EXISTS({ name: application.name })
  try {
    return await database.transaction(async (transaction) => {
      if ((await findRecord(transaction, application)) !== undefined) throw taken
      const version = await recordChange(transaction, { type: 'ADDED', kind: 'Application', ...only(application) })
      await transaction.application.create({
        data: {
          id: randomUUID(),
          ...only(application),
          version,
          createdAt: now(),
          labels: application.metadata.labels ?? {},
          annotations: application.metadata.annotations ?? {},
          finalizers: application.metadata.finalizers ?? [],
          ...specColumns(application.spec),
        },
      })
      return reread(transaction, application)
    })
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw taken
    throw error
  }
}

function update(
  { database }: StoreContext,
  ref: ApplicationRef,
  change: Parameters<ApplicationStore['update']>[1],
): Promise<ApplicationRecord> {
  return database.transaction(async (transaction) => {
    const record = await requireRecord(transaction, ref)
    if (change.expectedVersion !== undefined && change.expectedVersion !== record.version) {
      throw ApplicationErrors.CONFLICT({ name: ref.name })
    }
    const specChanged = change.spec !== undefined && canonicalJson(change.spec) !== canonicalJson(record.spec)
    const { labels, annotations, finalizers } = change
    const metadata = { labels, annotations, finalizers }
    const metadataChanged = (['labels', 'annotations', 'finalizers'] as const).some(
      (field) => metadata[field] !== undefined && canonicalJson(metadata[field]) !== canonicalJson(record[field]),
    )
    if (!specChanged && !metadataChanged) return record
    await writeApplication(transaction, record, {
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(finalizers === undefined ? {} : { finalizers }),
      ...(specChanged && change.spec !== undefined
        ? { ...specColumns(change.spec), generation: record.generation + 1 }
        : {}),
    })
    return reread(transaction, ref)
  })
}

function markDeleted({ database, now }: StoreContext, ref: ApplicationRef, finalizers: readonly string[]) {
  return database.transaction(async (transaction) => {
    const record = await requireRecord(transaction, ref)
    if (record.deletedAt !== undefined && canonicalJson(record.finalizers) === canonicalJson(finalizers)) return record
    await writeApplication(transaction, record, {
      deletedAt: record.deletedAt ?? now(),
      finalizers: [...finalizers],
    })
    return reread(transaction, ref)
  })
}

function requestRefresh({ database, now }: StoreContext, ref: ApplicationRef, type: 'normal' | 'hard') {
  return database.transaction(async (transaction) => {
    const record = await requireRecord(transaction, ref)
    // A hard refresh that waits is not weakened by a normal one asked for later.
    const refreshType = record.refresh?.type === 'hard' ? 'hard' : type
    await writeApplication(transaction, record, { refreshType, refreshRequestedAt: now() })
    return reread(transaction, ref)
  })
}

async function recordState(
  { database }: StoreContext,
  ref: ApplicationRef,
  {
    state,
    clearRefreshUntil,
  }: { state: Parameters<ApplicationStore['recordState']>[1]; clearRefreshUntil: string | undefined },
): Promise<void> {
  await database.transaction(async (transaction) => {
    const record = await lockRecord(transaction, ref)
    if (record === undefined) return
    const refreshDone =
      record.refresh !== undefined &&
      clearRefreshUntil !== undefined &&
      new Date(record.refresh.requestedAt) <= new Date(clearRefreshUntil)
    if (!refreshDone && !statesDiffer(record.state, state)) {
      // Nothing that a watcher shows has changed: no version, no event.
      await transaction.application.update({ where: { id: record.uid }, data: stateTimes(state) })
      return
    }
    await writeApplication(transaction, record, {
      ...stateColumns(state),
      ...stateTimes(state),
      ...(refreshDone ? { refreshType: null, refreshRequestedAt: null } : {}),
    })
    const before = record.state
    await writeResources(transaction, record.uid, { before: before?.resources ?? [], after: state.resources })
    await writeConditions(transaction, record.uid, { before: before?.conditions ?? [], after: state.conditions })
  })
}
