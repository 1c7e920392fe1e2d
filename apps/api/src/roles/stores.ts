import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { ApplicationStore } from '@driftless/applications'
import type { Clock } from '@driftless/foundation'
import type { Env } from '../env.ts'
import { type AccountStore, createAccountStore } from '../store/accounts.ts'
import { createApplicationStore } from '../store/applications/application-store.ts'
import { cacheApplications } from '../store/applications/cached-application-store.ts'
import { type ClusterStore, createClusterStore } from '../store/clusters.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { createProjectStore, type ProjectStore } from '../store/projects.ts'
import { createRepositoryStore, type RepositoryStore } from '../store/repositories.ts'
import { createSessionStore, type SessionStore } from '../store/sessions.ts'
import { createSettingStore, type SettingStore } from '../store/settings.ts'
import { loadVault } from '../store/vault.ts'

/** Namespace in which the control plane's own objects live. */
export const controlPlaneNamespace = 'argocd'

/** Everything that is kept. */
export interface Stores {
  readonly database: Database
  readonly applicationStore: ApplicationStore
  readonly repositories: RepositoryStore
  readonly clusters: ClusterStore
  readonly projects: ProjectStore
  readonly accounts: AccountStore
  readonly sessions: SessionStore
  readonly settings: SettingStore
}

/** Opens the database and makes what must always be there. */
export async function openStores(env: Env, clock: Clock): Promise<Stores> {
  const database = await openDatabase(
    env.databaseUrl === undefined
      ? { kind: 'directory', path: join(env.dataDirectory, 'database') }
      : { kind: 'server', url: env.databaseUrl },
    { clock, exclusive: true },
  )
  const vault = loadVault(join(env.dataDirectory, 'encryption.keys'), env.encryptionKeys)
  const now = (): Date => clock.now()
  const parts = { database, vault, now }
  const stores: Stores = {
    database,
    applicationStore: cacheApplications(createApplicationStore({ database, now })),
    repositories: createRepositoryStore(parts),
    clusters: createClusterStore(parts),
    projects: createProjectStore({ database, now, namespace: controlPlaneNamespace }),
    accounts: createAccountStore({ database, now }),
    sessions: createSessionStore({ database, now }),
    settings: createSettingStore(parts),
  }
  await stores.projects.ensureDefault()
  for (const { reseal } of [stores.repositories, stores.clusters, stores.settings]) await reseal()
  return stores
}

/** The key that session tokens are signed with, made at the first start. */
export function tokenKey(settings: SettingStore): Promise<string> {
  return settings.secret('server.secretkey', () => randomBytes(32).toString('base64'))
}
