/** One field of a protobuf message: a number for varints and fixed sizes, bytes for the rest. */
export interface ProtoField {
  number: number
  value: bigint | Uint8Array
}

/** Bytes that are no protobuf message. */
export class ProtoFault extends Error {
  override readonly name = 'ProtoFault'
}

/** Splits a message into its fields, in order. Throws {@link ProtoFault}. */
export function* readFields(bytes: Uint8Array): Generator<ProtoField> {
  const cursor = { bytes, at: 0 }
  while (cursor.at < bytes.length) {
    const tag = readVarint(cursor)
    const number = Number(tag >> 3n)
    switch (Number(tag & 7n)) {
      case 0:
        yield { number, value: readVarint(cursor) }
        break
      case 1:
        yield { number, value: readFixed(cursor, 8) }
        break
      case 2:
        yield { number, value: take(cursor, Number(readVarint(cursor))) }
        break
      case 5:
        yield { number, value: readFixed(cursor, 4) }
        break
      default:
        throw new ProtoFault(`proto: illegal wireType ${tag & 7n}`)
    }
  }
}

interface Cursor {
  bytes: Uint8Array
  at: number
}

function readVarint(cursor: Cursor): bigint {
  let result = 0n
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = cursor.bytes[cursor.at]
    if (byte === undefined) throw new ProtoFault('unexpected EOF')
    cursor.at += 1
    result |= BigInt(byte & 0x7f) << shift
    if (byte < 0x80) return BigInt.asUintN(64, result)
  }
  throw new ProtoFault('proto: integer overflow')
}

function readFixed(cursor: Cursor, size: 4 | 8): bigint {
  const part = take(cursor, size)
  const view = new DataView(part.buffer, part.byteOffset, size)
  return size === 8 ? view.getBigUint64(0, true) : BigInt(view.getUint32(0, true))
}

function take(cursor: Cursor, length: number): Uint8Array {
  const end = cursor.at + length
  if (!Number.isSafeInteger(length) || length < 0 || end > cursor.bytes.length) throw new ProtoFault('unexpected EOF')
  const part = cursor.bytes.subarray(cursor.at, end)
  cursor.at = end
  return part
}
