import { systemClock } from '@driftless/foundation'
import { afterAll, beforeAll, describe } from 'vitest'
import { type Database, openDatabase } from '../store/database.ts'
import { findPostgres, type PostgresServer, startPostgres } from './postgres-server.ts'

/** What the tests of a store get: the open database, and another process's view of the same one where there can be one. */
export interface StoreTest {
  readonly database: () => Database
  /** Opens the same database again, as another replica would; undefined where there is one opener only. */
  readonly openReplica: ((options?: { exclusive?: boolean }) => Promise<Database>) | undefined
}

/** Runs the same tests on the embedded database and on PostgreSQL; the latter is skipped where it is not installed. */
export function describeOnDatabases(name: string, tests: (context: StoreTest) => void): void {
  describe(`${name}, on the embedded database`, () => {
    let database: Database | undefined
    beforeAll(async () => {
      database = await openDatabase({ kind: 'memory' }, { clock: systemClock })
    })
    afterAll(() => database?.close())
    tests({ database: () => required(database), openReplica: undefined })
  })

  const bin = findPostgres()
  describe.skipIf(bin === undefined)(`${name}, on PostgreSQL${bin === undefined ? ' (not installed)' : ''}`, () => {
    let server: PostgresServer | undefined
    let database: Database | undefined
    let url = ''
    beforeAll(async () => {
      server = await startPostgres(bin ?? '')
      url = await server.createDatabase()
      database = await openDatabase({ kind: 'server', url }, { clock: systemClock })
    })
    afterAll(async () => {
      await database?.close()
      await server?.stop()
    })
    tests({
      database: () => required(database),
      openReplica: (options) => openDatabase({ kind: 'server', url }, { clock: systemClock, ...options }),
    })
  })
}

function required(database: Database | undefined): Database {
  if (database === undefined) throw new Error('the database is not open')
  return database
}
