import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatePassword, hashPassword } from '../auth/password.ts'
import type { AccountStore } from '../store/accounts.ts'

/** The file with the first password of `admin`; it lies there until that password is changed. */
export function passwordFile(dataDirectory: string): string {
  return join(dataDirectory, 'admin-password')
}

/** Makes the account `admin` at the first start, with the given password or a generated one. */
export async function ensureAdmin(
  accounts: AccountStore,
  options: { dataDirectory: string; given: string | undefined },
): Promise<void> {
  if ((await accounts.get('admin')) !== undefined) return
  const password = options.given ?? generatePassword()
  // The file comes first: a kill between the two must not leave an account whose password nobody knows.
  writeFileSync(passwordFile(options.dataDirectory), `${password}\n`, { mode: 0o600 })
  const passwordHash = await hashPassword(password)
  await accounts.create({ name: 'admin', capabilities: ['login'], passwordHash, initialPassword: true })
}

/** The first password while it is still the password. */
export async function firstPassword(accounts: AccountStore, dataDirectory: string): Promise<string | undefined> {
  const admin = await accounts.get('admin')
  const file = passwordFile(dataDirectory)
  return admin?.initialPassword === true && existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

/** Removes the file once the password was changed. */
export function forgetFirstPassword(dataDirectory: string): void {
  rmSync(passwordFile(dataDirectory), { force: true })
}
