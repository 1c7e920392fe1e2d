import { QuantityErrors } from './errors.ts'

/** An exact quantity: `value / 10^scale`. */
export interface Quantity {
  value: bigint
  scale: number
}

type Format = 'decimal' | 'binary' | 'exponent'

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:([eE])([+-]?\d{1,4})|([numkMGTPE]|[KMGTPE]i)?)$/
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
/** Digits kept behind the point; what is smaller rounds away from zero. */
const nano = 9
const largest = 2n ** 63n - 1n

/** Parses a quantity exactly (to a billionth, as the API server does). Throws `QUANTITY_INVALID`. */
export function parseQuantity(text: string | number): Quantity {
  const { nanos } = parse(text)
  let [value, scale] = [nanos, nano]
  while (scale > 0 && value % 10n === 0n) {
    value /= 10n
    scale--
  }
  return { value, scale }
}

/** Compares two quantities by value. Throws `QUANTITY_INVALID`. */
export function compareQuantities(a: string | number, b: string | number): -1 | 0 | 1 {
  const [left, right] = [parse(a).nanos, parse(b).nanos]
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** The quantity as the API server prints it: `1000m` becomes `1`, `0.5` becomes `500m`. Throws `QUANTITY_INVALID`. */
export function canonicalQuantity(text: string | number): string {
  const { nanos, format, kept } = parse(text)
  return kept ?? quantityText(nanos, format)
}

/** The amount of a resource as the API server prints it: canonical, and rounded up to a thousandth. */
export function resourceQuantity(text: string | number): string {
  const { nanos, format, kept } = parse(text)
  const rest = nanos % 1_000_000n
  if (rest === 0n) return kept ?? quantityText(nanos, format)
  return quantityText(nanos - rest + (nanos < 0n ? -1_000_000n : 1_000_000n), format)
}

/** The sum of two quantities, written in the manner of the first. Throws `QUANTITY_INVALID`. */
export function addQuantities(a: string | number, b: string | number): string {
  const [left, right] = [parse(a), parse(b)]
  return quantityText(left.nanos + right.nanos, left.format)
}

function quantityText(nanos: bigint, format: Format): string {
  const size = nanos < 0n ? -nanos : nanos
  const unit = 10n ** BigInt(nano)
  if (format === 'binary' && size >= 1024n * unit && size % unit === 0n) return binaryText(nanos / unit)
  return decimalText(nanos, format === 'exponent')
}

interface Parsed {
  /** Billionths. */
  nanos: bigint
  format: Format
  /** The text, when the API server takes it for canonical and keeps it. */
  kept: string | undefined
}

function parse(text: string | number): Parsed {
  const source = String(text).trim()
  const match = source.length > 200 ? null : pattern.exec(source)
  const [whole, fraction] = [(match?.[2] ?? '').replace(/^0+/, ''), match?.[3] ?? '']
  if (match === null || (match[2] ?? '') + fraction === '') throw QuantityErrors.INVALID({ text: source.slice(0, 60) })
  const suffix = match[6] ?? ''
  const binary = suffix === '' ? 0 : Math.max(binarySuffixes.indexOf(suffix), 0)
  const exponent = binary > 0 ? 0 : match[4] ? Number(match[5]) : (decimalSuffixes.indexOf(suffix) - 3) * 3
  const digits = whole + fraction
  const amount = BigInt(digits === '' ? '0' : digits) * 1024n ** BigInt(binary)
  const scale = exponent - fraction.length
  const nanos = scaled(amount, scale + nano)
  const exact = binary > 0 ? fraction === '' && isSmallBinary(whole, binary) : digits.length <= 18 && scale >= -nano
  const capped = !exact && nanos > largest * 10n ** 9n ? largest * 10n ** 9n : nanos
  const keeps =
    exact &&
    (binary > 0 ? Number(whole.slice(-3)) % 8 !== 0 : scale % 3 === 0 && whole !== '' && !digits.endsWith('000'))
  const format = binary > 0 ? 'binary' : match[4] ? 'exponent' : 'decimal'
  return { nanos: match[1] === '-' ? -capped : capped, format, kept: keeps ? source : undefined }
}

/** Whether the API server computes the amount in 64 bits. */
function isSmallBinary(whole: string, group: number): boolean {
  return 15 - whole.length - group * 3 - 1 >= 0
}

/** `value * 10^power`, rounded up. */
function scaled(value: bigint, power: number): bigint {
  if (value === 0n) return 0n
  if (power >= 0) return power > 60 ? 10n ** 60n : value * 10n ** BigInt(power)
  const divisor = 10n ** BigInt(Math.min(-power, 10_000))
  return (value + divisor - 1n) / divisor
}

function decimalText(nanos: bigint, exponentForm: boolean): string {
  if (nanos === 0n) return '0'
  let value = nanos
  let group = 0
  while (value % 1000n === 0n && group < decimalSuffixes.length - 1) {
    value /= 1000n
    group++
  }
  if (!exponentForm) return `${value}${decimalSuffixes[group]}`
  const exponent = (group - 3) * 3
  return exponent === 0 ? `${value}` : `${value}e${exponent}`
}

function binaryText(units: bigint): string {
  let value = units
  let group = 0
  while (value % 1024n === 0n && group < binarySuffixes.length - 1) {
    value /= 1024n
    group++
  }
  return `${value}${binarySuffixes[group]}`
}
