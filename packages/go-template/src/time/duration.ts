import { FunctionError } from '../errors.ts'
import { quoteGo } from '../format/quote.ts'

const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}

/** Nanoseconds of a text such as `1h15m30.918s`, by Go's `time.ParseDuration`; raises its wording. */
export function parseDuration(text: string): bigint {
  const invalid = (reason = 'invalid duration') => new FunctionError(`time: ${reason} ${quoteGo(text)}`)
  const body = text.replace(/^[+-]/, '')
  if (body === '0') return 0n
  if (body === '') throw invalid()
  let total = 0n
  let rest = body
  while (rest !== '') {
    const match = /^(\d*)(?:\.(\d*))?([^\d.]*)/.exec(rest) as RegExpExecArray
    const [all, whole = '', fraction = '', unit = ''] = match
    if (whole === '' && fraction === '') throw invalid()
    if (unit === '') throw invalid('missing unit in duration')
    const size = Object.hasOwn(units, unit) ? units[unit] : undefined
    if (size === undefined) throw invalid(`unknown unit ${quoteGo(unit)} in duration`)
    total += BigInt(whole || '0') * size + fractionOf(fraction.slice(0, 18), size)
    if (total > 2n ** 63n) throw invalid()
    rest = rest.slice(all.length)
  }
  if (text.startsWith('-')) return -total
  if (total > 2n ** 63n - 1n) throw invalid()
  return total
}

function fractionOf(digits: string, unit: bigint): bigint {
  return digits === '' ? 0n : (BigInt(digits) * unit) / 10n ** BigInt(digits.length)
}

/** A duration in nanoseconds as Go prints it: `72h3m0.5s`. */
export function printDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (size < 1_000n) return `${sign}${size}ns`
  if (size < 1_000_000n) return `${sign}${withFraction(size, 3)}µs`
  if (size < 1_000_000_000n) return `${sign}${withFraction(size, 6)}ms`
  const minutes = size / 60_000_000_000n
  const seconds = `${withFraction(size % 60_000_000_000n, 9)}s`
  if (minutes === 0n) return sign + seconds
  if (minutes < 60n) return `${sign}${minutes}m${seconds}`
  return `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`
}

function withFraction(value: bigint, digits: number): string {
  const text = value.toString().padStart(digits + 1, '0')
  const fraction = text.slice(-digits).replace(/0+$/, '')
  return fraction === '' ? text.slice(0, -digits) : `${text.slice(0, -digits)}.${fraction}`
}
