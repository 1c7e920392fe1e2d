import { FunctionError } from '../../errors.ts'
import { printValue } from '../../format/print.ts'
import type { GoValue } from '../../value/go-value.ts'
import { int, int64 } from '../../value/int.ts'
import { toFloat, toInteger } from '../cast.ts'
import { fn, type TemplateFunction, variadic } from '../signature.ts'
import { addDecimal, type Decimal, decimalOf, divideDecimal, multiplyDecimal, negate, toNumber } from './decimal.ts'

function divide(a: GoValue, b: GoValue, operation: (x: bigint, y: bigint) => bigint): GoValue {
  const divisor = toInteger(b)
  if (divisor === 0n) throw new FunctionError('runtime error: integer divide by zero')
  return int64(operation(toInteger(a), divisor))
}

function extreme(a: GoValue, others: readonly GoValue[], wins: (x: bigint, y: bigint) => boolean): GoValue {
  return int64(others.map(toInteger).reduce((best, next) => (wins(next, best) ? next : best), toInteger(a)))
}

function chain(a: GoValue, others: readonly GoValue[], operation: (x: Decimal, y: Decimal) => Decimal): number {
  return toNumber(
    others.reduce<Decimal>((total, next) => operation(total, decimalOf(toFloat(next))), decimalOf(toFloat(a))),
  )
}

function round(value: GoValue, places: number, roundOn = 0.5): number {
  const power = 10 ** places
  const digit = power * toFloat(value)
  return (digit - Math.trunc(digit) >= roundOn ? Math.ceil(digit) : Math.floor(digit)) / power
}

function toDecimal(value: GoValue): GoValue {
  const text = printValue(value)
  if (!/^[+-]?[0-7]+$/.test(text)) return int64(0)
  const whole = BigInt(`0o${text.replace(/^[+-]/, '')}`)
  if (whole >= 2n ** 63n) return int64(0)
  return int64(text.startsWith('-') ? -whole : whole)
}

function atoi(text: string): GoValue {
  if (!/^[+-]?\d+$/.test(text)) return int(0)
  const value = BigInt(text)
  if (value >= 2n ** 63n) return int(2n ** 63n - 1n)
  return int(value < -(2n ** 63n) ? -(2n ** 63n) : value)
}

const max = variadic(['any'], 'any', ([a], others) => extreme(a, others, (x, y) => x > y))

/** Numeric functions of sprig. */
export const numbers: Readonly<Record<string, TemplateFunction>> = {
  atoi: fn(['string'], atoi),
  int: fn(['any'], (value) => int(toInteger(value))),
  int64: fn(['any'], (value) => int64(toInteger(value))),
  float64: fn(['any'], toFloat),
  toDecimal: fn(['any'], toDecimal),
  add1: fn(['any'], (value) => int64(toInteger(value) + 1n)),
  add: variadic([], 'any', (_fixed, values) => int64(values.map(toInteger).reduce((sum, next) => sum + next, 0n))),
  sub: fn(['any', 'any'], (a, b) => int64(toInteger(a) - toInteger(b))),
  div: fn(['any', 'any'], (a, b) => divide(a, b, (x, y) => x / y)),
  mod: fn(['any', 'any'], (a, b) => divide(a, b, (x, y) => x % y)),
  mul: variadic(['any'], 'any', ([a], others) =>
    int64(others.map(toInteger).reduce((product, next) => BigInt.asIntN(64, product * next), toInteger(a))),
  ),
  add1f: fn(['any'], (value) => chain(value, [1], addDecimal)),
  addf: variadic([], 'any', (_fixed, values) => chain(0, values, addDecimal)),
  subf: variadic(['any'], 'any', ([a], others) => chain(a, others, (x, y) => addDecimal(x, negate(y)))),
  divf: variadic(['any'], 'any', ([a], others) => chain(a, others, divideDecimal)),
  mulf: variadic(['any'], 'any', ([a], others) => chain(a, others, multiplyDecimal)),
  max,
  biggest: max,
  min: variadic(['any'], 'any', ([a], others) => extreme(a, others, (x, y) => x < y)),
  maxf: variadic(['any'], 'any', ([a], others) => Math.max(toFloat(a), ...others.map(toFloat))),
  minf: variadic(['any'], 'any', ([a], others) => Math.min(toFloat(a), ...others.map(toFloat))),
  ceil: fn(['any'], (value) => Math.ceil(toFloat(value))),
  floor: fn(['any'], (value) => Math.floor(toFloat(value))),
  round: variadic(['any', 'int'], 'float64', ([value, places], [roundOn]) => round(value, places, roundOn)),
}
