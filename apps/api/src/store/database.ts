import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Clock, messageOf, redactUrls } from '@driftless/foundation'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { Client } from 'pg'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { type ChangeFeed, startChangeFeed } from './change-feed.ts'
import { lockDirectory } from './data-lock.ts'
import { StoreErrors } from './errors.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'
import { applyMigrations, migrationNames } from './migrations.ts'

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

interface Engine {
  readonly factory: SqlMigrationAwareDriverAdapterFactory
  readonly pollMs: number | undefined
  /** Calls back whenever another process committed something. */
  listen(wake: () => void): Promise<void>
  close(): Promise<void>
}

/** Opens the database and brings it to the newest migration. Throws `STORE_LOCKED`, `STORE_UNREACHABLE`. */
export async function openDatabase(location: DatabaseLocation, options: { clock: Clock }): Promise<Database> {
  const engine = location.kind === 'server' ? serverEngine(location.url, options.clock) : await embeddedEngine(location)
  const prisma = new PrismaClient({
    adapter: engine.factory,
    transactionOptions: { maxWait: 60_000, timeout: 60_000 },
  })
  try {
    if (!(await isMigrated(prisma))) await applyMigrations(engine.factory)
    const changes = await startChangeFeed(prisma, { clock: options.clock, pollMs: engine.pollMs })
    await engine.listen(changes.wake)
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
    const target = location.kind === 'server' ? redactUrls(location.url) : 'embedded in the data directory'
    throw StoreErrors.UNREACHABLE({ target, reason: redactUrls(messageOf(cause)) }, { cause })
  }
}

async function embeddedEngine(location: { kind: 'directory'; path: string } | { kind: 'memory' }): Promise<Engine> {
  let unlock = (): void => undefined
  if (location.kind === 'directory') {
    mkdirSync(dirname(location.path), { recursive: true, mode: 0o700 })
    unlock = lockDirectory(location.path)
  }
  try {
    const database = await PGlite.create(location.kind === 'directory' ? { dataDir: location.path } : {})
    return {
      factory: new PrismaPGlite(database),
      pollMs: undefined,
      listen: async () => undefined,
      async close() {
        if (!database.closed) await database.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

function serverEngine(url: string, clock: Clock): Engine {
  let listener: Client | undefined
  let closed = false
  const connect = async (wake: () => void): Promise<void> => {
    if (closed) return
    const client = new Client({ connectionString: url })
    listener = client
    client.on('notification', wake)
    client.on('error', () => undefined)
    client.once('end', () => clock.after(1_000, () => void connect(wake).catch(() => undefined)))
    await client.connect()
    await client.query('LISTEN driftless_changes')
    wake()
  }
  return {
    factory: new PrismaPg({ connectionString: url }),
    // Notifications arrive within a millisecond; the poll covers a lost listener connection.
    pollMs: 5_000,
    listen: connect,
    async close() {
      closed = true
      listener?.removeAllListeners('end')
      await listener?.end().catch(() => undefined)
    },
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
