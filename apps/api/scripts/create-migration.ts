// Writes the migration that brings the database to prisma/schema.prisma: `pnpm --filter @driftless/api run migration <name>`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { migrationsDirectory, missingMigration } from '../src/store/migrations.ts'

const name = process.argv[2]
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Give the migration a name of lower-case letters, digits and underscores.')
  process.exit(1)
}
mkdirSync(migrationsDirectory, { recursive: true })
const database = new PGlite()
const script = await missingMigration(new PrismaPGlite(database))
await database.close()
if (script === undefined) {
  console.log('The migrations and the schema agree: nothing to create.')
} else {
  const directory = `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`
  mkdirSync(join(migrationsDirectory, directory), { recursive: true })
  writeFileSync(join(migrationsDirectory, directory, 'migration.sql'), script)
  writeFileSync(join(migrationsDirectory, 'migration_lock.toml'), 'provider = "postgresql"\n')
  console.log(`Created prisma/migrations/${directory}.`)
}
