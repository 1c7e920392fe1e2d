import type { Database } from './database.ts'

/** An issued token. */
export interface SessionRecord {
  /** The token's `jti`. */
  readonly id: string
  readonly account: string
  readonly kind: 'login' | 'apiKey'
  readonly issuedAt: Date
  readonly expiresAt: Date | undefined
}

/** Issued tokens; what is not here, or revoked, is not valid whatever its signature says. */
export interface SessionStore {
  create(session: SessionRecord): Promise<void>
  /** The session while it is valid: known, not revoked, not expired, its account enabled. */
  findValid(id: string): Promise<SessionRecord | undefined>
  revoke(id: string): Promise<void>
  /** Revokes every session of an account but `except`. */
  revokeAll(account: string, except: string | undefined): Promise<void>
  /** Forgets sessions that ended. */
  trim(): Promise<void>
}

/** Keeps sessions in the database. */
export function createSessionStore(options: { database: Database; now: () => Date }): SessionStore {
  const { now } = options
  const { session } = options.database.prisma
  return {
    async create({ account, ...fields }) {
      await session.create({ data: { ...fields, expiresAt: fields.expiresAt ?? null, accountName: account } })
    },
    async findValid(id) {
      const row = await session.findFirst({
        where: {
          id,
          revokedAt: null,
          OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
          account: { enabled: true },
        },
      })
      if (row === null) return undefined
      return {
        id: row.id,
        account: row.accountName,
        kind: row.kind === 'apiKey' ? 'apiKey' : 'login',
        issuedAt: row.issuedAt,
        expiresAt: row.expiresAt ?? undefined,
      }
    },
    async revoke(id) {
      await session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now() } })
    },
    async revokeAll(account, except) {
      await session.updateMany({
        where: { accountName: account, revokedAt: null, ...(except === undefined ? {} : { id: { not: except } }) },
        data: { revokedAt: now() },
      })
    },
    async trim() {
      const before = new Date(now().getTime() - 86_400_000)
      await session.deleteMany({ where: { OR: [{ expiresAt: { lt: before } }, { revokedAt: { lt: before } }] } })
    },
  }
}
