import { parseGoInteger } from '../parse/number.ts'
import type { GoValue } from '../value/go-value.ts'
import { Int, int64 } from '../value/int.ts'

const maxInt64 = 2n ** 63n - 1n

/** An integer of any value as sprig's `int64` makes it; 0 where there is none. */
export function toInteger(value: GoValue): bigint {
  if (typeof value === 'number') return int64(value).value
  if (value instanceof Int) return BigInt.asIntN(64, value.value)
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value !== 'string') return 0n
  const parsed = parseGoInteger(value.replace(/^([^.]*)\.0+$/, '$1'))
  return parsed === undefined || parsed > maxInt64 || parsed < -maxInt64 - 1n ? 0n : parsed
}

/** A floating-point number of any value as sprig's `float64` makes it; 0 where there is none. */
export function toFloat(value: GoValue): number {
  if (typeof value === 'number') return value
  if (value instanceof Int) return Number(value.value)
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' ? (parseFloatText(value) ?? 0) : 0
}

/** Reads text as Go's `strconv.ParseFloat`; `undefined` when it is no number. */
export function parseFloatText(text: string): number | undefined {
  if (/^[+-]?(?:inf|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  if (/^[+-]?nan$/i.test(text)) return Number.NaN
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined
  return Number(text)
}
