import { bytesToText } from './bytes.ts'
import { type GoList, GoObject, type GoValue, typedList } from './go-value.ts'
import { makeInt } from './int.ts'

/** A Go `[]byte`; its bytes become integers only when a template looks at them one by one. */
export class GoBytes extends GoObject {
  readonly goType = '[]uint8'
  override readonly goKind = 'slice'
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    super()
    this.bytes = bytes
  }

  field(): GoValue {
    return undefined
  }

  override elements(): GoList {
    return typedList(
      Array.from(this.bytes, (byte) => makeInt('uint8', byte)),
      'uint8',
    )
  }

  override size(): number {
    return this.bytes.length
  }

  /** The bytes as text. */
  text(): string {
    return bytesToText(this.bytes)
  }

  print(): string {
    return `[${this.bytes.join(' ')}]`
  }

  plain(): unknown {
    return Buffer.from(this.bytes).toString('base64')
  }
}
