import { type Clock, DriftlessError, messageOf, redactUrls } from '@driftless/foundation'
import { type ChangeFeed, startChangeFeed } from './change-feed.ts'
import { createEmbeddedEngine } from './embedded-engine.ts'
import { StoreErrors } from './errors.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'
import { applyMigrations, migrationNames } from './migrations.ts'
import { createServerEngine } from './server-engine.ts'

/** The client inside a transaction. Every query of a transaction must use it: the embedded database has one session. */
export type Transaction = Prisma.TransactionClient

/** An open, migrated database. */
export interface Database {
  readonly prisma: PrismaClient
  readonly changes: ChangeFeed
  /** Runs `work` in one short transaction and wakes the change feed when it is committed. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Where the database is: in a directory of its own (embedded), in memory (tests), or on a PostgreSQL server. */
export type DatabaseLocation =
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'memory' }
  | { readonly kind: 'server'; readonly url: string }

export interface DatabaseOptions {
  readonly clock: Clock
  /** Refuses a server's database whose loop another process runs; an embedded one always has one opener. */
  readonly exclusive?: boolean
}

/** Opens the database and brings it to the newest migration. Throws `STORE_LOCKED`, `STORE_IN_USE`, `STORE_UNREACHABLE`. */
export async function openDatabase(location: DatabaseLocation, options: DatabaseOptions): Promise<Database> {
  const engine =
    location.kind === 'server'
      ? createServerEngine(location.url, { clock: options.clock, exclusive: options.exclusive === true })
      : await createEmbeddedEngine(location)
  const prisma = new PrismaClient({
    adapter: engine.factory,
    transactionOptions: { maxWait: 60_000, timeout: 60_000 },
  })
  try {
    await engine.claim()
    if (!(await isMigrated(prisma))) await applyMigrations(engine.factory)
    const changes = await startChangeFeed(prisma, { clock: options.clock, pollMs: engine.pollMs })
    engine.listen(changes.wake)
    return {
      prisma,
      changes,
      async transaction(work) {
        const result = await prisma.$transaction(work)
        changes.wake()
        return result
      },
      async close() {
        changes.stop()
        await prisma.$disconnect()
        await engine.close()
      },
    }
  } catch (cause) {
    await prisma.$disconnect().catch(() => undefined)
    await engine.close()
    if (cause instanceof DriftlessError) throw cause
    const target = location.kind === 'server' ? redactUrls(location.url) : 'embedded in the data directory'
    throw StoreErrors.UNREACHABLE({ target, reason: redactUrls(messageOf(cause)) }, { cause })
  }
}

/** True when every migration is recorded as applied, which spares loading the migration engine at a start. */
async function isMigrated(prisma: PrismaClient): Promise<boolean> {
  const [table] = await prisma.$queryRaw<{ exists: boolean }[]>`
    SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS exists`
  if (table?.exists !== true) return false
  const rows = await prisma.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL`
  const applied = new Set(rows.map((row) => row.name))
  return migrationNames().every((name) => applied.has(name))
}
