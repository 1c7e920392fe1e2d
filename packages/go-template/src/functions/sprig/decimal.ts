import { FunctionError } from '../../errors.ts'

/** An exact decimal number: coefficient × 10^exponent. */
export interface Decimal {
  readonly coefficient: bigint
  readonly exponent: number
}

/** The decimal that a float's shortest form writes. */
export function decimalOf(value: number): Decimal {
  if (!Number.isFinite(value))
    throw new FunctionError(`Cannot create a Decimal from ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`)
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return { coefficient: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length }
}

/** The nearest float. */
export function toNumber({ coefficient, exponent }: Decimal): number {
  return Number(`${coefficient}e${exponent}`)
}

/** Changes the sign. */
export function negate({ coefficient, exponent }: Decimal): Decimal {
  return { coefficient: -coefficient, exponent }
}

/** Exact sum. */
export function addDecimal(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent)
  return { coefficient: scale(a, exponent) + scale(b, exponent), exponent }
}

/** Exact product. */
export function multiplyDecimal(a: Decimal, b: Decimal): Decimal {
  return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent }
}

const places = 16

/** Quotient rounded half away from zero to 16 decimal places. */
export function divideDecimal(a: Decimal, b: Decimal): Decimal {
  if (b.coefficient === 0n) throw new FunctionError('decimal division by 0')
  const shift = a.exponent - b.exponent + places
  const dividend = shift >= 0 ? a.coefficient * 10n ** BigInt(shift) : a.coefficient
  const divisor = shift >= 0 ? b.coefficient : b.coefficient * 10n ** BigInt(-shift)
  const quotient = dividend / divisor
  const rest = dividend % divisor
  const negative = dividend < 0n !== divisor < 0n
  const up = abs(rest) * 2n >= abs(divisor)
  return { coefficient: up ? quotient + (negative ? -1n : 1n) : quotient, exponent: -places }
}

const abs = (value: bigint) => (value < 0n ? -value : value)

function scale(value: Decimal, exponent: number): bigint {
  return value.coefficient * 10n ** BigInt(value.exponent - exponent)
}
