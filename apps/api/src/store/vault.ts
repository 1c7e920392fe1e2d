import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { StoreErrors } from './errors.ts'

/** Encrypts what must not lie readable in the database (AES-256-GCM). */
export interface Vault {
  /** Seals a JSON value; `owner` names the row it belongs to, so that a sealed value cannot be moved to another row. */
  seal(value: unknown, owner: string): string
  /** Throws `STORE_KEY_MISSING` or `STORE_SECRET_DAMAGED`. */
  open(sealed: string, owner: string): unknown
  /** True when the value was sealed with an older key and should be sealed again. */
  isStale(sealed: string): boolean
}

interface Key {
  readonly id: string
  readonly bytes: Buffer
}

/** Makes a vault of keys in base64, one a line: the first seals, all of them open. */
export function createVault(keyText: string, source: string): Vault {
  const keys = keyText
    .split(/\s+/)
    .filter((line) => line !== '')
    .map((line) => readKey(line, source))
  const [current] = keys
  if (current === undefined) throw StoreErrors.KEY_FILE_INVALID({ source })
  return {
    seal(value, owner) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', current.bytes, iv).setAAD(Buffer.from(owner))
      const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `v1:${current.id}:${iv.toString('base64')}:${body.toString('base64')}`
    },
    open(sealed, owner) {
      const [version, id, iv, body] = sealed.split(':')
      if (version !== 'v1' || id === undefined || iv === undefined || body === undefined)
        throw StoreErrors.SECRET_DAMAGED({})
      const key = keys.find((candidate) => candidate.id === id)
      if (key === undefined) throw StoreErrors.KEY_MISSING({ keyId: id })
      return decrypt(key, Buffer.from(iv, 'base64'), { body: Buffer.from(body, 'base64'), owner })
    },
    isStale: (sealed) => !sealed.startsWith(`v1:${current.id}:`),
  }
}

/** The keys of an installation: given ones, else those of a file that is made at first use (mode 0600). */
export function loadVault(keyFile: string, given: string | undefined): Vault {
  if (given !== undefined) return createVault(given, 'DRIFTLESS_ENCRYPTION_KEYS')
  if (!existsSync(keyFile)) {
    mkdirSync(dirname(keyFile), { recursive: true })
    writeFileSync(keyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  }
  return createVault(readFileSync(keyFile, 'utf8'), keyFile)
}

function readKey(line: string, source: string): Key {
  const bytes = Buffer.from(line, 'base64')
  if (bytes.length !== 32) throw StoreErrors.KEY_FILE_INVALID({ source })
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes }
}

function decrypt(key: Key, iv: Buffer, sealed: { body: Buffer; owner: string }): unknown {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, iv).setAAD(Buffer.from(sealed.owner))
    decipher.setAuthTag(sealed.body.subarray(-16))
    const text = Buffer.concat([decipher.update(sealed.body.subarray(0, -16)), decipher.final()]).toString('utf8')
    return JSON.parse(text)
  } catch (cause) {
    throw StoreErrors.SECRET_DAMAGED({}, { cause })
  }
}
