/** Encodes DER values: tag, length, content. */
function tlv(tag: number, content: Uint8Array): Uint8Array {
  const length: number[] = []
  if (content.length < 0x80) length.push(content.length)
  else {
    for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256)
    length.unshift(0x80 | length.length)
  }
  return Uint8Array.from([tag, ...length, ...content])
}

const join = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))

export const sequence = (...parts: Uint8Array[]) => tlv(0x30, join(parts))
export const set = (...parts: Uint8Array[]) => tlv(0x31, join(parts))
export const octets = (content: Uint8Array) => tlv(0x04, content)
export const boolean = (value: boolean) => tlv(0x01, Uint8Array.of(value ? 0xff : 0))

/** `[number] EXPLICIT` around a value. */
export const explicit = (number: number, content: Uint8Array) => tlv(0xa0 | number, content)

/** `[number] IMPLICIT` primitive. */
export const implicit = (number: number, content: Uint8Array) => tlv(0x80 | number, content)

/** A non-negative integer from its big-endian bytes. */
export function integer(bytes: Uint8Array): Uint8Array {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1
  const body = bytes.subarray(start)
  return tlv(0x02, ((body[0] ?? 0) & 0x80) === 0 ? body : Uint8Array.from([0, ...body]))
}

/** Bits from whole bytes, `unused` of the last one not counting. */
export const bits = (content: Uint8Array, unused = 0) => tlv(0x03, Uint8Array.from([unused, ...content]))

/** An object identifier such as `2.5.4.3`. */
export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const body = [first * 40 + second]
  for (const number of rest) {
    const septets = [number & 0x7f]
    for (let left = number >> 7; left > 0; left >>= 7) septets.unshift((left & 0x7f) | 0x80)
    body.push(...septets)
  }
  return tlv(0x06, Uint8Array.from(body))
}

/** Text: printable where every character is, else UTF-8. */
export function text(value: string): Uint8Array {
  return tlv(/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value) ? 0x13 : 0x0c, new TextEncoder().encode(value))
}

/** A time of a certificate: two-digit years up to 2049. */
export function time(date: Date): Uint8Array {
  const digits = `${date
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-:T]/g, '')}Z`
  const short = date.getUTCFullYear() < 2050
  return tlv(short ? 0x17 : 0x18, new TextEncoder().encode(short ? digits.slice(2) : digits))
}

/** A DER value taken apart. */
export interface DerValue {
  readonly tag: number
  readonly content: Uint8Array
  /** Tag, length and content. */
  readonly whole: Uint8Array
}

/** The values inside a constructed value's content. */
export function children(content: Uint8Array): DerValue[] {
  const found: DerValue[] = []
  for (let at = 0; at < content.length; ) {
    const tag = content[at] as number
    let length = content[at + 1] ?? 0
    let start = at + 2
    if (length >= 0x80) {
      const count = length & 0x7f
      length = content.subarray(start, start + count).reduce((total, byte) => total * 256 + byte, 0)
      start += count
    }
    const end = Math.min(start + length, content.length)
    found.push({ tag, content: content.subarray(start, end), whole: content.subarray(at, end) })
    at = end
  }
  return found
}
