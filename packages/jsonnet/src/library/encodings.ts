import { createHash } from 'node:crypto'
import { isFlat } from '../evaluate/code-points.ts'
import { Failure } from '../evaluate/failure.ts'
import type { Machine } from '../evaluate/machine.ts'
import { ArrayValue, typeOf, type Value } from '../evaluate/value.ts'
import { printBrief } from '../manifest/number.ts'
import { array, type Library, strict, text } from './signature.ts'

const hash = (algorithm: string) =>
  strict('s', (_, s: Value) => createHash(algorithm).update(text(s), 'utf8').digest('hex'))

/** Hashes, base64 and UTF-8. */
export const encodingFunctions: Library = {
  md5: hash('md5'),
  sha1: hash('sha1'),
  sha256: hash('sha256'),
  sha512: hash('sha512'),
  sha3: hash('sha3-512'),
  base64: strict('input', (machine, input: Value) => {
    if (typeof input === 'string') refuseWide(input)
    if (typeof input === 'string') return Buffer.from(input, 'utf8').toString('base64')
    if (!(input instanceof ArrayValue)) {
      throw new Failure(`base64 can only base64 encode strings / arrays of single bytes, got ${typeOf(input)}`)
    }
    return Buffer.from(bytesOf(machine, input, (value) => base64Reason(value))).toString('base64')
  }),
  base64Decode: strict('str', (_, str: Value) => decodeBase64(str).toString('utf8')),
  base64DecodeBytes: strict('str', (_, str: Value) => new ArrayValue([...decodeBase64(str)])),
  encodeUTF8: strict('str', (machine, str: Value) => {
    const bytes = Buffer.from(text(str), 'utf8')
    machine.spend(bytes.length)
    return new ArrayValue([...bytes])
  }),
  decodeUTF8: strict('arr', (machine, arr: Value) => {
    const bytes = bytesOf(machine, array(arr), (value) =>
      typeof value === 'number'
        ? `Bytes must be integers in range [0, 255], got ${printBrief(value)}`
        : `Unexpected type ${typeOf(value)}, expected number`,
    )
    return Buffer.from(bytes).toString('utf8')
  }),
}

/** Characters above 255 are refused, though those below are encoded as UTF-8. */
function refuseWide(input: string): void {
  const wide = /[^\0-\xff]/u.exec(input)?.[0]
  if (wide !== undefined) throw new Failure(base64Reason(wide.codePointAt(0) as number))
}

function base64Reason(value: Value): string {
  return typeof value === 'number'
    ? `base64 encountered invalid codepoint value in the array (must be 0 <= X <= 255), got ${value}`
    : `base64 encountered a non-integer value in the array, got ${typeOf(value)}`
}

function bytesOf(machine: Machine, list: ArrayValue, reason: (value: Value) => string): Uint8Array {
  const values = machine.itemsOf(list)
  return Uint8Array.from(values, (value) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255) return value
    throw new Failure(reason(value))
  })
}

function decodeBase64(encoded: Value): Buffer {
  if (typeof encoded !== 'string') {
    throw new Failure(`base64DecodeBytes requires a string, got ${typeOf(encoded)}`)
  }
  const size = Buffer.byteLength(encoded)
  if (size % 4 !== 0) {
    throw new Failure(`input string appears not to be a base64 encoded string. Wrong length found (${size})`)
  }
  const plain = encoded.replace(/[\r\n]/g, '')
  const wrong = /[^A-Za-z0-9+/]/.exec(plain.replace(/={1,2}$/, ''))
  if (!isFlat(plain) || wrong !== null || plain.length % 4 !== 0) {
    const at = wrong?.index ?? plain.length - (plain.length % 4)
    throw new Failure(`failed to decode: illegal base64 data at input byte ${at}`)
  }
  return Buffer.from(plain, 'base64')
}
