import { randomUUID } from 'node:crypto'
import type { RepositoryDirectory } from '@driftless/applications'
import { type GitCredentials, type GitRemote, normalizeRepositoryUrl, parseRepositoryUrl } from '@driftless/git'
import { type ConnectionState, type Repository, type RepositoryInput, repositoryType } from '@driftless/model'
import { z } from 'zod'
import { recordChange } from './change-log.ts'
import type { Database, Transaction } from './database.ts'
import { StoreErrors } from './errors.ts'
import type { Repository as RepositoryRow } from './generated/client.ts'
import type { Vault } from './vault.ts'

/** Connected repositories; secrets go in and never come out but to reach the repository. */
export interface RepositoryStore extends RepositoryDirectory {
  list(): Promise<Repository[]>
  /** The repository of a URL, of the project or of every project. */
  get(url: string, project: string): Promise<Repository | undefined>
  /** Adds a repository; with `upsert` replaces one of the same URL. Throws `STORE_REPOSITORY_EXISTS`, `GIT_URL_REFUSED`. */
  create(input: RepositoryInput, options: { upsert: boolean }): Promise<Repository>
  /** Replaces a repository; absent secrets are kept. Throws `STORE_REPOSITORY_NOT_FOUND`. */
  update(url: string, input: RepositoryInput): Promise<Repository>
  remove(url: string, project: string): Promise<void>
  recordConnection(url: string, project: string, connection: ConnectionState): Promise<void>
  /** Seals again what is sealed with an older key. */
  reseal(): Promise<void>
  /** The remote that an input describes, with the stored secrets for what the input leaves out. */
  remoteFor(input: Partial<RepositoryInput> & { repo: string }): Promise<GitRemote>
}

const secretsSchema = z.object({
  password: z.string().optional(),
  bearerToken: z.string().optional(),
  sshPrivateKey: z.string().optional(),
  tlsClientCertKey: z.string().optional(),
})
type Secrets = z.infer<typeof secretsSchema>

/** Keeps repositories in the database, their secrets sealed by the vault. */
export function createRepositoryStore(options: { database: Database; vault: Vault; now: () => Date }): RepositoryStore {
  const { database, vault } = options
  const find = (transaction: Transaction, url: string, project: string) =>
    transaction.repository.findFirst({
      where: { normalizedUrl: comparable(url), project: { in: project === '' ? [''] : [project, ''] } },
      orderBy: { project: 'desc' },
    })
  const secretsOf = (row: RepositoryRow | null): Secrets =>
    row?.secrets == null ? {} : secretsSchema.parse(vault.open(row.secrets, ownerOf(row.id)))
  const remoteOf = async (url: string, project: string): Promise<GitRemote> => {
    const row = await find(database.prisma, url, project)
    if (row !== null) return { url, credentials: credentialsOf(row, secretsOf(row)) }
    return { url, credentials: await templateCredentials(database, vault, url) }
  }

  return {
    remoteOf,
    async list() {
      const rows = await database.prisma.repository.findMany({ orderBy: [{ url: 'asc' }, { project: 'asc' }] })
      return rows.map(present)
    },
    async get(url, project) {
      const row = await find(database.prisma, url, project)
      return row === null ? undefined : present(row)
    },
    create: (input, { upsert }) =>
      database.transaction(async (transaction) => {
        const known = await lock(transaction, input.repo, input.project ?? '')
        if (known !== null && !upsert) throw StoreErrors.REPOSITORY_EXISTS({})
        return present(await write(transaction, { ...options, known, input, secrets: secretsSchema.parse(input) }))
      }),
    update: (url, input) =>
      database.transaction(async (transaction) => {
        const known = await lock(transaction, url, input.project ?? '')
        if (known === null) throw StoreErrors.REPOSITORY_NOT_FOUND({ url })
        const secrets = { ...secretsOf(known), ...definedOf(secretsSchema.parse(input)) }
        const kept = { username: known.username ?? undefined, tlsClientCertData: known.tlsClientCertData ?? undefined }
        const next = { ...definedOf(kept), ...definedOf(input), repo: known.url, type: input.type }
        return present(await write(transaction, { ...options, known, input: next, secrets }))
      }),
    async remove(url, project) {
      await database.transaction(async (transaction) => {
        const known = await lock(transaction, url, project)
        if (known === null) throw StoreErrors.REPOSITORY_NOT_FOUND({ url })
        await recordChange(transaction, changeOf('DELETED', known.url))
        await transaction.repository.delete({ where: { id: known.id } })
      })
    },
    async recordConnection(url, project, connection) {
      await database.transaction(async (transaction) => {
        const known = await lock(transaction, url, project)
        if (known === null) return
        const data = {
          connectionStatus: connection.status,
          connectionMessage: connection.message,
          connectionAttemptedAt: connection.attemptedAt === undefined ? null : new Date(connection.attemptedAt),
        }
        const same =
          known.connectionStatus === data.connectionStatus && known.connectionMessage === data.connectionMessage
        const version = same ? known.version : await recordChange(transaction, changeOf('MODIFIED', known.url))
        await transaction.repository.update({ where: { id: known.id }, data: { ...data, version } })
      })
    },
    async reseal() {
      const rows = await database.prisma.repository.findMany({ select: { id: true, secrets: true } })
      for (const { id, secrets } of rows) {
        if (secrets === null || !vault.isStale(secrets)) continue
        const renewed = vault.seal(vault.open(secrets, ownerOf(id)), ownerOf(id))
        await database.prisma.repository.updateMany({ where: { id, secrets }, data: { secrets: renewed } })
      }
    },
    async remoteFor(input) {
      const stored = await remoteOf(input.repo, input.project ?? '')
      const given = definedOf({ ...secretsSchema.parse(input), ...connectionFields(input) })
      return { url: input.repo, credentials: { ...stored.credentials, ...given } }
    },
  }
}

async function lock(transaction: Transaction, url: string, project: string): Promise<RepositoryRow | null> {
  const normalizedUrl = comparable(url)
  await transaction.$queryRaw`
    SELECT 1 FROM "Repository" WHERE "normalizedUrl" = ${normalizedUrl} AND project = ${project} FOR UPDATE`
  return transaction.repository.findUnique({ where: { normalizedUrl_project: { normalizedUrl, project } } })
}

async function write(
  transaction: Transaction,
  request: { vault: Vault; now: () => Date; known: RepositoryRow | null; input: RepositoryInput; secrets: Secrets },
): Promise<RepositoryRow> {
  const { known, input, vault } = request
  if (input.type === 'git') parseRepositoryUrl(input.repo)
  const version = await recordChange(transaction, changeOf(known === null ? 'ADDED' : 'MODIFIED', input.repo))
  const id = known?.id ?? randomUUID()
  const secrets = definedOf(request.secrets)
  const data = {
    url: input.repo,
    normalizedUrl: comparable(input.repo),
    project: input.project ?? '',
    version,
    type: input.type,
    name: input.name ?? '',
    username: input.username ?? null,
    insecure: input.insecure ?? false,
    insecureIgnoreHostKey: input.insecureIgnoreHostKey ?? false,
    enableLfs: input.enableLfs ?? false,
    enableOci: input.enableOCI ?? false,
    forceHttpBasicAuth: input.forceHttpBasicAuth ?? false,
    proxy: input.proxy ?? null,
    noProxy: input.noProxy ?? null,
    tlsClientCertData: input.tlsClientCertData ?? null,
    secrets: Object.keys(secrets).length === 0 ? null : vault.seal(secrets, ownerOf(id)),
  }
  return transaction.repository.upsert({
    where: { id },
    create: { id, createdAt: request.now(), ...data },
    update: data,
  })
}

/** What clients see of a repository: nothing secret. */
function present(row: RepositoryRow): Repository {
  return {
    repo: row.url,
    type: repositoryType.parse(row.type),
    name: row.name === '' ? undefined : row.name,
    project: row.project === '' ? undefined : row.project,
    username: row.username ?? undefined,
    insecure: row.insecure || undefined,
    enableLfs: row.enableLfs || undefined,
    proxy: row.proxy ?? undefined,
    hasCredentials: row.secrets !== null || undefined,
    connectionState: {
      status: row.connectionStatus as ConnectionState['status'],
      message: row.connectionMessage,
      attemptedAt: row.connectionAttemptedAt?.toISOString(),
    },
  }
}

async function templateCredentials(database: Database, vault: Vault, url: string): Promise<GitCredentials | undefined> {
  const target = comparable(url)
  const rows = await database.prisma.repositoryCredentials.findMany()
  const [best] = rows
    .filter((row) => target.startsWith(row.url.toLowerCase().replace(/\.git$/, '')))
    .sort((a, b) => b.url.length - a.url.length)
  if (best === undefined) return undefined
  const secrets =
    best.secrets === null ? {} : secretsSchema.parse(vault.open(best.secrets, `repository-credentials:${best.url}`))
  return credentialsOf({ ...best, insecure: false }, secrets)
}

type ConnectionRow = Pick<
  RepositoryRow,
  'username' | 'insecure' | 'insecureIgnoreHostKey' | 'tlsClientCertData' | 'proxy' | 'noProxy' | 'forceHttpBasicAuth'
>

function credentialsOf(row: ConnectionRow, secrets: Secrets): GitCredentials {
  return definedOf({
    ...secrets,
    username: row.username ?? undefined,
    insecure: row.insecure || undefined,
    insecureIgnoreHostKey: row.insecureIgnoreHostKey || undefined,
    tlsClientCertData: row.tlsClientCertData ?? undefined,
    proxy: row.proxy ?? undefined,
    noProxy: row.noProxy ?? undefined,
    forceHttpBasicAuth: row.forceHttpBasicAuth || undefined,
  })
}

function connectionFields(input: Partial<RepositoryInput>): GitCredentials {
  const { username, insecure, insecureIgnoreHostKey, tlsClientCertData, proxy, noProxy, forceHttpBasicAuth } = input
  return { username, insecure, insecureIgnoreHostKey, tlsClientCertData, proxy, noProxy, forceHttpBasicAuth }
}

/** The spelling under which two URLs of one repository are equal; what is no git URL (a registry) is compared as text. */
function comparable(url: string): string {
  try {
    return normalizeRepositoryUrl(url)
  } catch {
    return url.toLowerCase().replace(/\/+$/, '')
  }
}

function ownerOf(id: string): string {
  return `repository:${id}`
}

function changeOf(type: 'ADDED' | 'MODIFIED' | 'DELETED', url: string) {
  return { type, kind: 'Repository' as const, namespace: '', name: url }
}

function definedOf<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined && field !== '')) as T
}
