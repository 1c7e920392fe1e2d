import { ApplicationErrors, type ApplicationRecord, type ApplicationRef } from '@driftless/applications'
import { recordChange } from '../change-log.ts'
import type { Database, Transaction } from '../database.ts'
import type { Prisma } from '../generated/client.ts'
import { children, newestOperations, readRecord } from './read-record.ts'

/** What the methods of the store share. */
export interface StoreContext {
  readonly database: Database
  readonly now: () => Date
}

/** Reads an application as it is now. */
export async function findRecord(
  transaction: Transaction,
  ref: ApplicationRef,
): Promise<ApplicationRecord | undefined> {
  const row = await transaction.application.findUnique({ where: { namespace_name: only(ref) }, include: children })
  if (row === null) return undefined
  const newest = await newestOperations(transaction, [row])
  return readRecord(row, newest.get(row.id))
}

/** Locks an application's row until the transaction ends, and reads it. */
export async function lockRecord(
  transaction: Transaction,
  ref: ApplicationRef,
): Promise<ApplicationRecord | undefined> {
  await transaction.$queryRaw`
    SELECT 1 FROM "Application" WHERE namespace = ${ref.namespace} AND name = ${ref.name} FOR UPDATE`
  return findRecord(transaction, ref)
}

/** As `lockRecord`; throws `APPLICATION_NOT_FOUND`. */
export async function requireRecord(transaction: Transaction, ref: ApplicationRef): Promise<ApplicationRecord> {
  const record = await lockRecord(transaction, ref)
  if (record === undefined) throw ApplicationErrors.NOT_FOUND({ name: ref.name })
  return record
}

/** Writes columns of a locked application together with its change event. */
export async function writeApplication(
  transaction: Transaction,
  record: ApplicationRecord,
  data: Prisma.ApplicationUncheckedUpdateInput,
): Promise<void> {
  const version = await recordChange(transaction, { type: 'MODIFIED', kind: 'Application', ...only(record) })
  await transaction.application.update({ where: { id: record.uid }, data: { ...data, version } })
}

/** The name of an application, without what else its holder carries. */
export function only(ref: ApplicationRef): { namespace: string; name: string } {
  return { namespace: ref.namespace, name: ref.name }
}
