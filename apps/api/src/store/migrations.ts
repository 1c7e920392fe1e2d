import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'

const prismaDirectory = join(import.meta.dirname, '../../../../prisma')
const filters = { externalTables: [], externalEnums: [] }

/** Where migrations are kept in the repository. */
export const migrationsDirectory = join(prismaDirectory, 'migrations')

/** Names of all migrations, oldest first. */
export function migrationNames(): string[] {
  return readdirSync(migrationsDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/** Applies every migration that the database does not have. */
export async function applyMigrations(factory: SqlMigrationAwareDriverAdapterFactory): Promise<void> {
  const engine = await startEngine(factory)
  await engine.applyMigrations({ migrationsList: migrationsList(), filters })
}

/**
 * The SQL that would bring a migrated database to `schema.prisma`; undefined when they agree. The database must be a
 * throw-away PGlite: the engine cannot read a live PostgreSQL schema through the `pg` adapter.
 */
export async function missingMigration(factory: SqlMigrationAwareDriverAdapterFactory): Promise<string | undefined> {
  const engine = await startEngine(factory)
  await engine.applyMigrations({ migrationsList: migrationsList(), filters })
  const difference = await engine.diff({
    from: { tag: 'schemaDatasource', ...schemaFiles(), configDir: prismaDirectory },
    to: { tag: 'schemaDatamodel', ...schemaFiles() },
    script: true,
    exitCode: true,
    filters,
  })
  return difference.exitCode === 0 ? undefined : (difference.stdout ?? '')
}

async function startEngine(factory: SqlMigrationAwareDriverAdapterFactory) {
  const { SchemaEngine } = await import('@prisma/schema-engine-wasm')
  const datamodels = schemaFiles().files.map((file): [string, string] => [file.path, file.content])
  return SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory))
}

function schemaFiles() {
  const path = join(prismaDirectory, 'schema.prisma')
  return { files: [{ path, content: readFileSync(path, 'utf8') }] }
}

function migrationsList() {
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames().map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: readFileSync(join(migrationsDirectory, path, 'migration.sql'), 'utf8') },
      },
    })),
  }
}
