import type { ClusterDirectory, RegisteredCluster } from '@driftless/applications'
import {
  type Cluster,
  type ClusterConfig,
  type ClusterInput,
  type ConnectionState,
  clusterConfig,
  stringMap,
} from '@driftless/model'
import { recordChange } from './change-log.ts'
import type { Database, Transaction } from './database.ts'
import { StoreErrors } from './errors.ts'
import type { Cluster as ClusterRow } from './generated/client.ts'
import type { Vault } from './vault.ts'

/** A registered cluster with everything needed to connect; `address` is where requests go when it is not `server`. */
export interface ClusterConnection extends RegisteredCluster {
  readonly address: string | undefined
}

/** Registered clusters; their credentials go in and come out only to connect. */
export interface ClusterStore extends ClusterDirectory {
  list(): Promise<ClusterConnection[]>
  /** All clusters as clients see them, in order of their names. */
  present(): Promise<Cluster[]>
  find(by: { server: string } | { name: string }): Promise<Cluster | undefined>
  connectionOf(server: string): Promise<ClusterConnection | undefined>
  /** Throws `STORE_CLUSTER_EXISTS`, `STORE_CLUSTER_NAME_TAKEN`. */
  create(input: ClusterInput, options: { upsert: boolean }): Promise<Cluster>
  /** Changes what is given; an absent `config` keeps the stored one. Throws `STORE_CLUSTER_NOT_FOUND`, `STORE_CLUSTER_EMBEDDED`. */
  update(server: string, input: Partial<ClusterInput>): Promise<Cluster>
  remove(server: string): Promise<void>
  /** Registers a cluster that this process runs, or brings its address and credentials up to date. */
  registerEmbedded(cluster: { server: string; name: string; address: string; config: ClusterConfig }): Promise<void>
  /** Seals again what is sealed with an older key. */
  reseal(): Promise<void>
  /** Forgets embedded clusters that are not among `servers` any more. */
  keepEmbedded(servers: readonly string[]): Promise<void>
}

interface Parts {
  readonly database: Database
  readonly vault: Vault
  readonly now: () => Date
}

/** Keeps clusters in the database, their credentials sealed by the vault. */
export function createClusterStore(parts: Parts): ClusterStore {
  const { database, vault } = parts
  const connection = (row: ClusterRow): ClusterConnection => ({
    server: row.server,
    name: row.name,
    address: row.address ?? undefined,
    config: clusterConfig.parse(vault.open(row.config, ownerOf(row.server))),
    namespaces: row.namespaces,
  })
  return {
    async list() {
      return (await database.prisma.cluster.findMany({ orderBy: { name: 'asc' } })).map(connection)
    },
    async present() {
      return (await database.prisma.cluster.findMany({ orderBy: { name: 'asc' } })).map(present)
    },
    async find(by) {
      const row = await database.prisma.cluster.findUnique({ where: 'server' in by ? { server: trim(by.server) } : by })
      return row === null ? undefined : present(row)
    },
    async connectionOf(server) {
      const row = await database.prisma.cluster.findUnique({ where: { server: trim(server) } })
      return row === null ? undefined : connection(row)
    },
    create: (input, { upsert }) =>
      database.transaction(async (transaction) => {
        const server = trim(input.server)
        const known = await lock(transaction, server)
        if (known !== null && !upsert) throw StoreErrors.CLUSTER_EXISTS({})
        if (known?.embedded === true) throw StoreErrors.CLUSTER_EMBEDDED({ name: known.name })
        return write(transaction, { ...parts, known, input: { ...input, server } })
      }),
    update: (server, input) =>
      database.transaction(async (transaction) => {
        const known = await requireRow(transaction, server)
        if (known.embedded && input.config !== undefined) throw StoreErrors.CLUSTER_EMBEDDED({ name: known.name })
        return write(transaction, { ...parts, known, input: { ...input, server: known.server } })
      }),
    async remove(server) {
      await database.transaction(async (transaction) => {
        const known = await requireRow(transaction, server)
        if (known.embedded) throw StoreErrors.CLUSTER_EMBEDDED({ name: known.name })
        await removeRow(transaction, known)
      })
    },
    async recordConnection(server, observation) {
      await database.transaction((transaction) => recordConnection(transaction, server, observation))
    },
    async registerEmbedded(cluster) {
      await database.transaction((transaction) => registerEmbedded(transaction, parts, cluster))
    },
    async reseal() {
      const rows = await database.prisma.cluster.findMany({ select: { server: true, config: true } })
      for (const { server, config } of rows) {
        if (!vault.isStale(config)) continue
        const renewed = vault.seal(vault.open(config, ownerOf(server)), ownerOf(server))
        await database.prisma.cluster.updateMany({ where: { server, config }, data: { config: renewed } })
      }
    },
    async keepEmbedded(servers) {
      const gone = await database.prisma.cluster.findMany({
        where: { embedded: true, server: { notIn: [...servers] } },
      })
      for (const row of gone) await database.transaction((transaction) => removeRow(transaction, row))
    },
  }
}

async function lock(transaction: Transaction, server: string): Promise<ClusterRow | null> {
  await transaction.$queryRaw`SELECT 1 FROM "Cluster" WHERE server = ${server} FOR UPDATE`
  return transaction.cluster.findUnique({ where: { server } })
}

async function requireRow(transaction: Transaction, server: string): Promise<ClusterRow> {
  const row = await lock(transaction, trim(server))
  if (row === null) throw StoreErrors.CLUSTER_NOT_FOUND({ id: server })
  return row
}

async function removeRow(transaction: Transaction, row: ClusterRow): Promise<void> {
  await recordChange(transaction, changeOf('DELETED', row.server))
  await transaction.cluster.delete({ where: { server: row.server } })
}

async function write(
  transaction: Transaction,
  request: Parts & { known: ClusterRow | null; input: Partial<ClusterInput> & { server: string } },
): Promise<Cluster> {
  const { known, input, vault } = request
  const { server } = input
  const name = input.name ?? known?.name ?? server
  const namesake = await transaction.cluster.findUnique({ where: { name } })
  if (namesake !== null && namesake.server !== server)
    throw StoreErrors.CLUSTER_NAME_TAKEN({ name, server: namesake.server })
  const version = await recordChange(transaction, changeOf(known === null ? 'ADDED' : 'MODIFIED', server))
  const data = {
    name,
    version,
    namespaces: input.namespaces ?? known?.namespaces ?? [],
    clusterResources: input.clusterResources ?? known?.clusterResources ?? false,
    project: input.project ?? known?.project ?? '',
    labels: input.labels ?? stringMap.parse(known?.labels ?? {}),
    annotations: input.annotations ?? stringMap.parse(known?.annotations ?? {}),
  }
  const config = input.config ?? {}
  const sealed =
    input.config === undefined && known !== null
      ? {}
      : { config: vault.seal(config, ownerOf(server)), insecure: config.tlsClientConfig?.insecure ?? false }
  const row = await transaction.cluster.upsert({
    where: { server },
    create: { server, createdAt: request.now(), config: vault.seal(config, ownerOf(server)), ...data, ...sealed },
    update: { ...data, ...sealed },
  })
  return present(row)
}

async function recordConnection(
  transaction: Transaction,
  server: string,
  observation: Parameters<ClusterDirectory['recordConnection']>[1],
): Promise<void> {
  const known = await lock(transaction, trim(server))
  if (known === null) return
  const { connection, serverVersion, lastSeenAt } = observation
  const shown = {
    connectionStatus: connection.status,
    connectionMessage: connection.message,
    serverVersion: serverVersion ?? known.serverVersion,
  }
  const times = {
    connectionAttemptedAt:
      connection.attemptedAt === undefined ? known.connectionAttemptedAt : new Date(connection.attemptedAt),
    lastSeenAt: lastSeenAt === undefined ? known.lastSeenAt : new Date(lastSeenAt),
  }
  const same =
    known.connectionStatus === shown.connectionStatus &&
    known.connectionMessage === shown.connectionMessage &&
    known.serverVersion === shown.serverVersion
  const version = same ? known.version : await recordChange(transaction, changeOf('MODIFIED', known.server))
  await transaction.cluster.update({ where: { server: known.server }, data: { ...shown, ...times, version } })
}

async function registerEmbedded(
  transaction: Transaction,
  { vault, now }: Parts,
  cluster: { server: string; name: string; address: string; config: ClusterConfig },
): Promise<void> {
  const known = await lock(transaction, cluster.server)
  const namesake = await transaction.cluster.findUnique({ where: { name: cluster.name } })
  if (namesake !== null && namesake.server !== cluster.server) {
    // An embedded cluster's port may have changed since the last start: its old registration goes.
    if (!namesake.embedded) throw StoreErrors.CLUSTER_NAME_TAKEN({ name: cluster.name, server: namesake.server })
    await removeRow(transaction, namesake)
  }
  const version = await recordChange(transaction, changeOf(known === null ? 'ADDED' : 'MODIFIED', cluster.server))
  const data = {
    name: cluster.name,
    address: cluster.address === cluster.server ? null : cluster.address,
    embedded: true,
    version,
    config: vault.seal(cluster.config, ownerOf(cluster.server)),
  }
  await transaction.cluster.upsert({
    where: { server: cluster.server },
    create: { server: cluster.server, createdAt: now(), ...data },
    update: data,
  })
}

/** What clients see of a cluster: no credential. */
function present(row: ClusterRow): Cluster {
  const connectionState: ConnectionState = {
    status: row.connectionStatus as ConnectionState['status'],
    message: row.connectionMessage,
    attemptedAt: row.connectionAttemptedAt?.toISOString(),
  }
  return {
    server: row.server,
    name: row.name,
    config: { tlsClientConfig: { insecure: row.insecure } },
    namespaces: row.namespaces.length === 0 ? undefined : row.namespaces,
    clusterResources: row.clusterResources || undefined,
    project: row.project === '' ? undefined : row.project,
    labels: optionalMap(row.labels),
    annotations: optionalMap(row.annotations),
    connectionState,
    serverVersion: row.serverVersion ?? undefined,
    info: {
      connectionState,
      serverVersion: row.serverVersion ?? undefined,
      cacheInfo: { lastCacheSyncTime: row.lastSeenAt?.toISOString() },
    },
  }
}

function optionalMap(value: unknown): Record<string, string> | undefined {
  const map = stringMap.parse(value)
  return Object.keys(map).length === 0 ? undefined : map
}

function trim(server: string): string {
  return server.replace(/\/+$/, '')
}

function ownerOf(server: string): string {
  return `cluster:${server}`
}

function changeOf(type: 'ADDED' | 'MODIFIED' | 'DELETED', server: string) {
  return { type, kind: 'Cluster' as const, namespace: '', name: server }
}
