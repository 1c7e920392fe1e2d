import { checkPrimeSync, createECDH, createPrivateKey, type KeyObject } from 'node:crypto'
import { FunctionError } from '../errors.ts'

/** Gives random bytes; the caller of the engine provides it. */
export type RandomBytes = (count: number) => Uint8Array

/** Makes an RSA key of `size` bits from the given randomness. */
export function generateRsaKey(size: number, random: RandomBytes): KeyObject {
  const e = 65_537n
  for (;;) {
    const p = randomPrime(size / 2, random)
    const q = randomPrime(size / 2, random)
    const phi = (p - 1n) * (q - 1n)
    if (p === q || phi % e === 0n) continue
    const d = inverse(e, phi)
    const parts = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
    const jwk = Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, toBase64Url(value)]))
    return createPrivateKey({ key: { kty: 'RSA', ...jwk }, format: 'jwk' })
  }
}

/** Makes a P-256 key from the given randomness. */
export function generateEcKey(random: RandomBytes): KeyObject {
  const curve = createECDH('prime256v1')
  for (;;) {
    const secret = random(32)
    if (!setSecret(curve, secret)) continue
    const point = curve.getPublicKey()
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
    return createPrivateKey({
      key: { kty: 'EC', crv: 'P-256', d: Buffer.from(secret).toString('base64url'), x, y },
      format: 'jwk',
    })
  }
}

function setSecret(curve: ReturnType<typeof createECDH>, secret: Uint8Array): boolean {
  try {
    curve.setPrivateKey(secret)
    return true
  } catch {
    return false
  }
}

const ed25519Prefix = Uint8Array.of(
  0x30,
  0x2e,
  0x02,
  0x01,
  0x00,
  0x30,
  0x05,
  0x06,
  0x03,
  0x2b,
  0x65,
  0x70,
  0x04,
  0x22,
  0x04,
  0x20,
)

/** Makes an Ed25519 key from the given randomness. */
export function generateEdKey(random: RandomBytes): KeyObject {
  const key = Buffer.from([...ed25519Prefix, ...random(32)])
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

/** A key as sprig prints it: PKCS 1, SEC 1 or PKCS 8 in PEM. */
export function printKey(key: KeyObject): string {
  const types = { rsa: 'pkcs1', ec: 'sec1' } as const
  const type =
    key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'ec' ? types[key.asymmetricKeyType] : 'pkcs8'
  return key.export({ type, format: 'pem' }).toString()
}

/** Reads a private key from PEM; raises sprig's wording. */
export function parseKey(pem: string): KeyObject {
  const type = /-----BEGIN ([^-]*)-----/.exec(pem)?.[1]
  if (type === undefined) throw new FunctionError('no PEM data in input')
  if (type !== 'PRIVATE KEY' && !type.endsWith(' PRIVATE KEY'))
    throw new FunctionError(`no private key data in PEM block of type ${type}`)
  try {
    return createPrivateKey(pem)
  } catch {
    throw new FunctionError(
      `parsing ${type.replace(/ ?PRIVATE KEY$/, '') || 'PKCS#8'} private key from PEM: malformed key`,
    )
  }
}

const smallPrimes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113,
  127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193, 197, 199, 211, 223, 227, 229, 233, 239, 241,
  251,
].map(BigInt)

function randomPrime(size: number, random: RandomBytes): bigint {
  const bytes = Uint8Array.from(random(size / 8))
  bytes[0] = (bytes[0] as number) | 0xc0
  let candidate = BigInt(`0x${Buffer.from(bytes).toString('hex')}`) | 1n
  while (smallPrimes.some((prime) => candidate % prime === 0n) || !checkPrimeSync(candidate)) candidate += 2n
  return candidate
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b] = [value % modulus, modulus]
  let [x, y] = [1n, 0n]
  while (b > 0n) {
    const quotient = a / b
    ;[a, b] = [b, a % b]
    ;[x, y] = [y, x - quotient * y]
  }
  return ((x % modulus) + modulus) % modulus
}

function toBase64Url(value: bigint): string {
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url')
}
