import type { Database } from './database.ts'
import { StoreErrors } from './errors.ts'

/** A local account as sign-in needs it. */
export interface AccountRecord {
  readonly name: string
  readonly enabled: boolean
  readonly capabilities: readonly string[]
  readonly passwordHash: string | undefined
  readonly passwordChangedAt: Date
  readonly initialPassword: boolean
  readonly failedLogins: number
  readonly lastFailedAt: Date | undefined
}

/** Local accounts. Failed logins are counted here, so that neither a restart nor a flood of other names resets a count. */
export interface AccountStore {
  get(name: string): Promise<AccountRecord | undefined>
  /** Creates an account; does nothing when it exists. True when it was created. */
  create(account: {
    name: string
    capabilities: string[]
    passwordHash: string
    initialPassword: boolean
  }): Promise<boolean>
  /** Throws `STORE_ACCOUNT_NOT_FOUND`. */
  setPassword(name: string, passwordHash: string): Promise<void>
  setEnabled(name: string, enabled: boolean): Promise<void>
  /** Counts a failed login; the count begins anew when the last failure is before `windowStart`. */
  recordFailure(name: string, windowStart: Date): Promise<void>
  recordSuccess(name: string): Promise<void>
}

/** Keeps accounts in the database. */
export function createAccountStore(options: { database: Database; now: () => Date }): AccountStore {
  const { database, now } = options
  const { account } = database.prisma
  return {
    async get(name) {
      const row = await account.findUnique({ where: { name } })
      if (row === null) return undefined
      return { ...row, passwordHash: row.passwordHash ?? undefined, lastFailedAt: row.lastFailedAt ?? undefined }
    },
    async create(fields) {
      const { count } = await account.createMany({
        data: [{ ...fields, passwordChangedAt: now() }],
        skipDuplicates: true,
      })
      return count === 1
    },
    async setPassword(name, passwordHash) {
      const { count } = await account.updateMany({
        where: { name },
        data: { passwordHash, passwordChangedAt: now(), initialPassword: false, failedLogins: 0, lastFailedAt: null },
      })
      if (count === 0) throw StoreErrors.ACCOUNT_NOT_FOUND({ name })
    },
    async setEnabled(name, enabled) {
      const { count } = await account.updateMany({ where: { name }, data: { enabled } })
      if (count === 0) throw StoreErrors.ACCOUNT_NOT_FOUND({ name })
    },
    async recordFailure(name, windowStart) {
      await database.prisma.$executeRaw`
        UPDATE "Account"
        SET "failedLogins" = CASE WHEN "lastFailedAt" IS NULL OR "lastFailedAt" < ${windowStart} THEN 1 ELSE "failedLogins" + 1 END,
            "lastFailedAt" = ${now()}
        WHERE name = ${name}`
    },
    async recordSuccess(name) {
      await account.updateMany({
        where: { name, failedLogins: { gt: 0 } },
        data: { failedLogins: 0, lastFailedAt: null },
      })
    },
  }
}
