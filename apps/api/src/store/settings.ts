import type { Database } from './database.ts'
import type { Vault } from './vault.ts'

/** Settings of the installation, by key. */
export interface SettingStore {
  get(key: string): Promise<unknown>
  set(key: string, value: string | number | boolean): Promise<void>
  /** The secret of a key, made by `make` at first use; stored sealed. The first of several processes wins. */
  secret(key: string, make: () => string): Promise<string>
}

/** Keeps settings in the database; secrets are sealed by the vault. */
export function createSettingStore(options: { database: Database; vault: Vault; now: () => Date }): SettingStore {
  const { database, vault, now } = options
  const read = (key: string) => database.prisma.setting.findUnique({ where: { key } })
  return {
    async get(key) {
      const row = await read(key)
      return row === null || row.secret ? undefined : row.value
    },
    async set(key, value) {
      const data = { value, secret: false, updatedAt: now() }
      await database.prisma.setting.upsert({ where: { key }, create: { key, ...data }, update: data })
    },
    async secret(key, make) {
      const owner = `setting:${key}`
      const open = async () => {
        const row = await read(key)
        return row === null ? undefined : String(vault.open(String(row.value), owner))
      }
      const known = await open()
      if (known !== undefined) return known
      const row = { key, value: vault.seal(make(), owner), secret: true, updatedAt: now() }
      await database.prisma.setting.createMany({ data: [row], skipDuplicates: true })
      const made = await open()
      if (made === undefined) throw new Error(`the setting ${key} could not be stored`)
      return made
    },
  }
}
