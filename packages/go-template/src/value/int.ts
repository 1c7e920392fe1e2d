/** The Go integer types that templates can meet. */
export type IntKind = 'int' | 'int8' | 'int16' | 'int32' | 'int64' | 'uint' | 'uint8' | 'uint16' | 'uint32' | 'uint64'

const bits: Readonly<Record<IntKind, number>> = {
  int: 64,
  int8: 8,
  int16: 16,
  int32: 32,
  int64: 64,
  uint: 64,
  uint8: 8,
  uint16: 16,
  uint32: 32,
  uint64: 64,
}

/** A Go integer with its type; plain JavaScript numbers are Go `float64`. */
export class Int {
  readonly kind: IntKind
  readonly value: bigint

  constructor(kind: IntKind, value: bigint) {
    this.kind = kind
    this.value = value
  }

  /** True for the unsigned types. */
  get unsigned(): boolean {
    return this.kind.startsWith('u')
  }

  toString(): string {
    return this.value.toString()
  }

  toJSON(): number | string {
    return Number(this.value)
  }
}

const small = Array.from({ length: 257 }, (_, index) => new Int('int', BigInt(index)))

/** A Go `int`, wrapped around at 64 bits. */
export function int(value: number | bigint): Int {
  if (typeof value === 'number' && value >= 0 && value <= 256 && Number.isInteger(value)) return small[value] as Int
  return makeInt('int', value)
}

/** A Go `int64`, wrapped around at 64 bits. */
export function int64(value: number | bigint): Int {
  return makeInt('int64', value)
}

/** An integer of any Go type; too large values wrap around as Go conversions do. */
export function makeInt(kind: IntKind, value: number | bigint): Int {
  const whole = typeof value === 'bigint' ? value : floatToBigint(value)
  return new Int(kind, kind.startsWith('u') ? BigInt.asUintN(bits[kind], whole) : BigInt.asIntN(bits[kind], whole))
}

const minInt64 = -(2n ** 63n)

/** Truncates as Go's conversion on amd64 does: what does not fit in 64 bits becomes the smallest integer. */
function floatToBigint(value: number): bigint {
  if (!Number.isFinite(value) || value >= 2 ** 63 || value < -(2 ** 63)) return minInt64
  return BigInt(Math.trunc(value))
}
