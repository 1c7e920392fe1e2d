import { createCipheriv, createDecipheriv, createHmac, scryptSync } from 'node:crypto'
import { encodeBase64, hashSync } from 'bcryptjs'
import { FunctionError } from '../../errors.ts'
import type { Runtime } from '../../execute/runtime.ts'
import { bytesToText, textToBytes } from '../../value/bytes.ts'
import type { GoValue } from '../../value/go-value.ts'
import { Int } from '../../value/int.ts'
import { type TemplateFunction, withRun } from '../signature.ts'

/** Steps that a slow hash is worth, so that templates cannot keep a thread busy with them. */
const hashSteps = 200_000

function bcrypt(run: Runtime, password: string): string {
  run.step(hashSteps)
  if (textToBytes(password).length > 72)
    return 'failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes'
  const salt = `$2a$10$${encodeBase64(run.options.randomBytes(16), 16)}`
  return hashSync(password, salt)
}

const lower = 'bcdfghjklmnpqrstvwxyz'
const alphabets: Readonly<Record<string, string>> = {
  V: 'AEIOU',
  C: lower.toUpperCase(),
  v: 'aeiou',
  c: lower,
  A: `AEIOU${lower.toUpperCase()}`,
  a: `AEIOUaeiou${lower.toUpperCase()}${lower}`,
  n: '0123456789',
  o: "@&%?,=[]_:-+*$#!'^~;()/.",
  x: `AEIOUaeiou${lower.toUpperCase()}${lower}0123456789!@#$%^&*()`,
}

const shapes: Readonly<Record<string, readonly string[]>> = {
  maximum: ['anoxxxxxxxxxxxxxxxxx', 'axxxxxxxxxxxxxxxxxno'],
  long: (
    'CvcvnoCvcvCvcv CvcvCvcvnoCvcv CvcvCvcvCvcvno CvccnoCvcvCvcv CvccCvcvnoCvcv CvccCvcvCvcvno CvcvnoCvccCvcv CvcvCvccnoCvcv CvcvCvccCvcvno ' +
    'CvcvnoCvcvCvcc CvcvCvcvnoCvcc CvcvCvcvCvccno CvccnoCvccCvcv CvccCvccnoCvcv CvccCvccCvcvno CvcvnoCvccCvcc CvcvCvccnoCvcc CvcvCvccCvccno ' +
    'CvccnoCvcvCvcc CvccCvcvnoCvcc CvccCvcvCvccno'
  ).split(' '),
  medium: ['CvcnoCvc', 'CvcCvcno'],
  short: ['Cvcn'],
  basic: ['aaanaaan', 'aannaaan', 'aaannaaa'],
  pin: ['nnnn'],
}

function counted(text: string): Uint8Array {
  const bytes = textToBytes(text)
  return Buffer.concat([number32(bytes.length), bytes])
}

function number32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32BE(value >>> 0)
  return buffer
}

/** The Master Password algorithm. */
function derivePassword(
  run: Runtime,
  counter: GoValue,
  options: { type: string; password: string; user: string; site: string },
): string {
  const { type, password, user, site } = options
  const known = Object.hasOwn(shapes, type) ? shapes[type] : undefined
  if (known === undefined) return `cannot find password template ${type}`
  run.step(hashSteps)
  const seedText = textToBytes('com.lyndir.masterpassword')
  const salt = Buffer.concat([seedText, counted(user)])
  const key = scryptSync(textToBytes(password), salt, 64, { N: 32_768, r: 8, p: 2, maxmem: 64 * 1024 * 1024 })
  const count = counter instanceof Int ? Number(counter.value) : 0
  const seed = createHmac('sha256', key)
    .update(Buffer.concat([seedText, counted(site), number32(count)]))
    .digest()
  const shape = known[(seed[0] as number) % known.length] as string
  return Array.from(shape, (kind, index) => {
    const alphabet = alphabets[kind] as string
    return alphabet[(seed[index + 1] as number) % alphabet.length]
  }).join('')
}

function aesKey(password: string): Buffer {
  const key = Buffer.alloc(32)
  key.set(textToBytes(password).subarray(0, 32))
  return key
}

function encrypt(run: Runtime, password: string, plain: string): string {
  if (plain === '') return ''
  const iv = run.options.randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', aesKey(password), iv)
  return Buffer.concat([iv, cipher.update(textToBytes(plain)), cipher.final()]).toString('base64')
}

function decrypt(_run: Runtime, password: string, text: string): string {
  if (text === '') return ''
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length < 32 || bytes.length % 16 !== 0) throw new FunctionError('crypto/cipher: input not full blocks')
  const decipher = createDecipheriv('aes-256-cbc', aesKey(password), bytes.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()])
  const padding = plain.at(-1) as number
  if (padding > plain.length) throw new FunctionError('runtime error: slice bounds out of range [:-1]')
  return bytesToText(plain.subarray(0, plain.length - padding))
}

/** Password functions of sprig; randomness is the caller's. */
export const passwords: Readonly<Record<string, TemplateFunction>> = {
  bcrypt: withRun(['string'], bcrypt),
  htpasswd: withRun(['string', 'string'], (run, user, password) =>
    user.includes(':') ? `invalid username: ${user}` : `${user}:${bcrypt(run, password)}`,
  ),
  derivePassword: withRun(
    ['uint32', 'string', 'string', 'string', 'string'],
    (run, counter, type, password, user, site) => derivePassword(run, counter, { type, password, user, site }),
  ),
  encryptAES: withRun(['string', 'string'], encrypt),
  decryptAES: withRun(['string', 'string'], decrypt),
}
