import type { Database } from './database.ts'
import type { Vault } from './vault.ts'

/** Settings of the installation, by key. */
export interface SettingStore {
  get(key: string): Promise<unknown>
  set(key: string, value: string | number | boolean): Promise<void>
  /** The secret of a key, made by `make` at first use; stored sealed. The first of several processes wins. */
  secret(key: string, make: () => string): Promise<string>
  /** Seals again what is sealed with an older key. */
  reseal(): Promise<void>
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
    async reseal() {
      for (const { key, value } of await database.prisma.setting.findMany({ where: { secret: true } })) {
        if (!vault.isStale(String(value))) continue
        const renewed = vault.seal(vault.open(String(value), ownerOf(key)), ownerOf(key))
        await database.prisma.setting.update({ where: { key }, data: { value: renewed } })
      }
    },
    async secret(key, make) {
      const owner = ownerOf(key)
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

function ownerOf(key: string): string {
  return `setting:${key}`
}
