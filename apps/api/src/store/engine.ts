import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'

/** The database program behind the client: in this process, or a server. */
export interface Engine {
  readonly factory: SqlMigrationAwareDriverAdapterFactory
  /** How often to look for what other processes committed, besides being told; undefined where there are none. */
  readonly pollMs: number | undefined
  /** Makes sure that nobody else has what must be had alone. Throws `STORE_IN_USE`. */
  claim(): Promise<void>
  /** Calls back whenever another process committed something. */
  listen(wake: () => void): void
  close(): Promise<void>
}
