import type { Change } from '@driftless/model'
import type { Transaction } from './database.ts'

/** Key of the advisory lock under which versions are drawn. */
const versionLock = 7_341_905

/**
 * Draws the next version and writes the change event, in the caller's transaction. The lock is held until that transaction
 * ends, so versions are committed in their order, also with several writers. Lock existing rows before calling this, write
 * rows after it: the other way round two writers can wait for each other.
 */
export async function recordChange(transaction: Transaction, change: Omit<Change, 'version'>): Promise<bigint> {
  const rows = await transaction.$queryRaw<{ version: bigint }[]>`
    WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(${versionLock}), pg_notify('driftless_changes', ''))
    INSERT INTO "Event" (type, kind, namespace, name, at)
    SELECT ${change.type}, ${change.kind}, ${change.namespace}, ${change.name}, clock_timestamp() FROM turn
    RETURNING version`
  const version = rows[0]?.version
  if (version === undefined) throw new Error('the database gave no version to a change')
  return version
}
