import { createHash } from 'node:crypto'
import { bytesToText, textToBytes } from '../../value/bytes.ts'
import { fn, type TemplateFunction } from '../signature.ts'

const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function encodeBase32(bytes: Uint8Array): string {
  let out = ''
  for (let at = 0; at < bytes.length; at += 5) {
    const group = bytes.subarray(at, at + 5)
    let bits = 0n
    for (let index = 0; index < 5; index += 1) bits = (bits << 8n) | BigInt(group[index] ?? 0)
    const chars = Array.from(
      { length: 8 },
      (_item, index) => base32Alphabet[Number((bits >> BigInt(35 - index * 5)) & 31n)],
    )
    const used = Math.ceil((group.length * 8) / 5)
    out += chars.slice(0, used).join('') + '='.repeat(8 - used)
  }
  return out
}

/** Bytes of a text in a base-2^n alphabet with padding, or Go's message naming the first wrong byte. */
function decodeBase(
  text: string,
  code: { name: string; alphabet: string; bits: number; group: number },
): Uint8Array | string {
  const clean = text.replace(/[\r\n]/g, '')
  const corrupt = (offset: number) => `illegal ${code.name} data at input byte ${offset}`
  const body = clean.replace(/=+$/, '')
  const wrong = Array.from(body).findIndex((char) => !code.alphabet.includes(char))
  if (wrong >= 0) return corrupt(wrong)
  if (clean.length % code.group !== 0) return corrupt(clean.length - (clean.length % code.group))
  if (clean.length - body.length >= code.group - 1) return corrupt(body.length)
  const out: number[] = []
  let held = 0
  let value = 0
  for (const char of body) {
    value = ((value << code.bits) | code.alphabet.indexOf(char)) & 0xffff
    held += code.bits
    if (held < 8) continue
    held -= 8
    out.push((value >> held) & 0xff)
  }
  return Uint8Array.from(out)
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const validBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

function decodeBase64(text: string): string {
  if (validBase64.test(text)) return bytesToText(Buffer.from(text, 'base64'))
  const decoded = decodeBase(text, { name: 'base64', alphabet: base64Alphabet, bits: 6, group: 4 })
  return typeof decoded === 'string' ? decoded : bytesToText(decoded)
}

function decodeBase32(text: string): string {
  const decoded = decodeBase(text, { name: 'base32', alphabet: base32Alphabet, bits: 5, group: 8 })
  return typeof decoded === 'string' ? decoded : bytesToText(decoded)
}

function adler32(bytes: Uint8Array): number {
  let a = 1
  let b = 0
  for (const byte of bytes) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return ((b << 16) | a) >>> 0
}

const digest = (algorithm: string) =>
  fn(['string'], (text) => createHash(algorithm).update(textToBytes(text)).digest('hex'))

/** Encodings and checksums of sprig. */
export const encoding: Readonly<Record<string, TemplateFunction>> = {
  b64enc: fn(['string'], (text) => Buffer.from(textToBytes(text)).toString('base64')),
  b64dec: fn(['string'], decodeBase64),
  b32enc: fn(['string'], (text) => encodeBase32(textToBytes(text))),
  b32dec: fn(['string'], decodeBase32),
  sha1sum: digest('sha1'),
  sha256sum: digest('sha256'),
  sha512sum: digest('sha512'),
  adler32sum: fn(['string'], (text) => String(adler32(textToBytes(text)))),
}
