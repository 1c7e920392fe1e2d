import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'

const cost = { N: 1 << 15, r: 8, p: 1, maxmem: 64 << 20 }
const keyLength = 32

/** Rule that a new password follows unless the installation sets another (spec: rbac-auth §3). */
export const passwordPattern = '^.{8,32}$'

/** Hashes a password with scrypt and a salt of its own; the text carries its parameters. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join(':')
}

/** Compares in a time that does not depend on the outcome; without a hash it takes as long and says no. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, , , , salt, key] = (hash ?? '').split(':')
  const expected = Buffer.from(key ?? '', 'base64')
  const actual = await derive(password, Buffer.from(salt ?? '', 'base64'))
  return expected.length === keyLength && timingSafeEqual(expected, actual)
}

/** A first password of 16 letters and digits without look-alikes. */
export function generatePassword(): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'
  return Array.from({ length: 16 }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, keyLength, cost, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })
}
