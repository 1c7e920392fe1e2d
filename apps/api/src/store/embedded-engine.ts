import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { lockDirectory } from './data-lock.ts'
import type { Engine } from './engine.ts'

/** PostgreSQL inside this process (PGlite), in a directory or in memory. Throws `STORE_LOCKED`. */
export async function createEmbeddedEngine(
  location: { readonly kind: 'directory'; readonly path: string } | { readonly kind: 'memory' },
): Promise<Engine> {
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
      // The lock of the directory is the claim.
      claim: async () => undefined,
      listen: () => undefined,
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
