import { Failure } from '../evaluate/failure.ts'
import { type Machine, unexpectedType } from '../evaluate/machine.ts'
import { compareValues, finite } from '../evaluate/operators.ts'
import type { ArrayValue, Lazy, Value } from '../evaluate/value.ts'
import { formatOrModulo, modulo } from './format-operator.ts'
import { array, boolean, func, type Library, lazy, number, numberFor, strict } from './signature.ts'

const unary = (compute: (x: number) => number) => strict('x', (_, x: Value) => finite(compute(number(x))))
const test = (holds: (x: number) => boolean) => strict('x', (_, x: Value) => holds(number(x)))

/** Numbers. */
export const mathFunctions: Library = {
  abs: strict('n', (_, n: Value) => Math.abs(numberFor(n, 'abs'))),
  sign: strict('n', (_, n: Value) => Math.sign(numberFor(n, 'sign'))),
  max: strict('a b', (_, a: Value, b: Value) =>
    Math.max(numberFor(a, 'max first param'), numberFor(b, 'max second param')),
  ),
  min: strict('a b', (_, a: Value, b: Value) =>
    Math.min(numberFor(a, 'min first param'), numberFor(b, 'min second param')),
  ),
  pow: strict('x n', (_, x: Value, n: Value) => finite(power(number(x), number(n)))),
  exp: unary(Math.exp),
  log: unary(Math.log),
  log2: unary(log2),
  log10: unary((x) => log2(x) * (Math.LN2 / Math.LN10)),
  floor: unary(Math.floor),
  ceil: unary(Math.ceil),
  round: unary((x) => Math.sign(x) * Math.floor(Math.abs(x) + 0.5)),
  sqrt: unary(Math.sqrt),
  sin: unary(Math.sin),
  cos: unary(Math.cos),
  tan: unary(Math.tan),
  asin: unary(Math.asin),
  acos: unary(Math.acos),
  atan: unary(Math.atan),
  atan2: strict('y x', (_, y: Value, x: Value) => Math.atan2(number(y), number(x))),
  hypot: strict('a b', (_, a: Value, b: Value) => finite(Math.hypot(number(a), number(b)))),
  deg2rad: unary((x) => (x * Math.PI) / 180),
  rad2deg: unary((x) => (x * 180) / Math.PI),
  mantissa: unary((x) => split(x).mantissa),
  exponent: unary((x) => split(x).exponent),
  modulo: strict('x y', (_, x: Value, y: Value) => modulo(number(x), number(y))),
  mod: strict('a b', formatOrModulo),
  clamp: strict('x minVal maxVal', (machine, x: Value, low: Value, high: Value) => {
    if (compareValues(machine, x, low) < 0) return low
    return compareValues(machine, x, high) > 0 ? high : x
  }),
  isEven: test((x) => Math.trunc(x) % 2 === 0),
  isOdd: test((x) => Math.trunc(x) % 2 !== 0),
  isInteger: test((x) => Math.round(x) === x),
  isDecimal: test((x) => Math.round(x) !== x),
  xor: strict('x y', (_, x: Value, y: Value) => boolean(x) !== boolean(y)),
  xnor: strict('x y', (_, x: Value, y: Value) => boolean(x) === boolean(y)),
  sum: strict('arr', (machine, arr: Value) => finite(sum(machine, array(arr)))),
  avg: strict('arr', (machine, arr: Value) => {
    const items = array(arr)
    if (items.items.length === 0) throw new Failure('Cannot calculate average of an empty array.')
    return finite(sum(machine, items) / items.items.length)
  }),
  minArray: lazy('arr keyF? onEmpty?', (machine, args) => extreme(machine, args, -1)),
  maxArray: lazy('arr keyF? onEmpty?', (machine, args) => extreme(machine, args, 1)),
}

/** The logarithm by mantissa and exponent, which is how the tool computes it. */
function log2(x: number): number {
  if (!(x > 0)) return Math.log2(x)
  const { mantissa, exponent } = split(x)
  return mantissa === 0.5 ? exponent - 1 : Math.log(mantissa) * (1 / Math.LN2) + exponent
}

function sum(machine: Machine, items: ArrayValue): number {
  let total = 0
  for (const item of machine.itemsOf(items)) {
    if (typeof item !== 'number') throw unexpectedType(item, 'number')
    total += item
  }
  return total
}

/** Powers by repeated squaring of mantissas, so that whole exponents round as in the tool. */
function power(x: number, n: number): number {
  if (Math.abs(n) === 0.5 || Math.abs(n) > 2 ** 30 || x === 0 || (x < 0 && !Number.isInteger(n))) return x ** n
  let { mantissa, exponent } = split(x)
  const whole = Math.floor(Math.abs(n) + 0.5)
  const part = Math.abs(n) - whole
  let result = part === 0 ? 1 : Math.exp(part * Math.log(x))
  let resultExponent = 0
  for (let rest = whole; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      result *= mantissa
      resultExponent += exponent
    }
    mantissa *= mantissa
    exponent *= 2
    if (Math.abs(mantissa) < 0.5) {
      mantissa += mantissa
      exponent -= 1
    }
    if (Math.abs(exponent) > 4096) return x ** n
  }
  return n < 0 ? scale(1 / result, -resultExponent) : scale(result, resultExponent)
}

/** `mantissa * 2 ** exponent`, in two steps where the power itself would overflow. */
function scale(mantissa: number, exponent: number): number {
  const half = Math.trunc(exponent / 2)
  return mantissa * 2 ** half * 2 ** (exponent - half)
}

/** `x = mantissa * 2 ** exponent` with the mantissa in [0.5, 1). */
function split(x: number): { mantissa: number; exponent: number } {
  if (x === 0) return { mantissa: x, exponent: 0 }
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1)
  let mantissa = x * 2 ** -exponent
  while (Math.abs(mantissa) < 0.5) {
    mantissa *= 2
    exponent -= 1
  }
  while (Math.abs(mantissa) >= 1) {
    mantissa /= 2
    exponent += 1
  }
  return { mantissa, exponent }
}

/** The first element whose key is the smallest (-1) or largest (1). */
function extreme(machine: Machine, args: (Lazy | undefined)[], direction: number): Value {
  const [list = null, keyF, onEmpty] = args
  const items = array(machine.force(list))
  if (items.items.length === 0) {
    if (onEmpty !== undefined) return machine.force(onEmpty)
    throw new Failure('Expected at least one element in array. Got none')
  }
  const key = keyF === undefined ? (item: Value) => item : keyed(machine, keyF)
  let best = machine.item(items, 0)
  let bestKey = key(best)
  for (let i = 1; i < items.items.length; i++) {
    const item = machine.item(items, i)
    const itemKey = key(item)
    if (compareValues(machine, itemKey, bestKey) * direction > 0) {
      best = item
      bestKey = itemKey
    }
  }
  return best
}

function keyed(machine: Machine, keyF: Lazy): (item: Value) => Value {
  const callee = func(machine.force(keyF))
  return (item) => machine.call(callee, [item])
}
