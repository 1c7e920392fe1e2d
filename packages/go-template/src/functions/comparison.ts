import { FunctionError } from '../errors.ts'
import { printValue } from '../format/print.ts'
import { sprintf } from '../format/printf.ts'
import { compareText, GoObject, type GoValue } from '../value/go-value.ts'
import { Int } from '../value/int.ts'
import { kindName, typeName } from '../value/kind.ts'
import { fn, type TemplateFunction, variadic } from './signature.ts'

type Basic = 'bool' | 'int' | 'uint' | 'float' | 'string' | undefined

function basicKind(value: GoValue): Basic {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'number':
      return 'float'
    case 'boolean':
      return 'bool'
  }
  return value instanceof Int ? (value.unsigned ? 'uint' : 'int') : undefined
}

const isNil = (value: GoValue) => value === undefined || value === null
const isWhole = (kind: Basic) => kind === 'int' || kind === 'uint'

/** `eq`: whether the first equals any of the others. */
export function equalsAny(first: GoValue, others: readonly GoValue[]): boolean {
  if (others.length === 0) throw new FunctionError('missing argument for comparison')
  return others.some((other) => equals(first, other))
}

function equals(a: GoValue, b: GoValue): boolean {
  const x = basicKind(a)
  const y = basicKind(b)
  if (x !== y && !(isWhole(x) && isWhole(y))) {
    if (isNil(a) || isNil(b)) return false
    throw incompatible(a, b)
  }
  if (isWhole(x)) return (a as Int).value === (b as Int).value
  if (x !== undefined) return a === b
  return equalCompounds(a, b)
}

function equalCompounds(a: GoValue, b: GoValue): boolean {
  if (isNil(a) || isNil(b)) return isNil(a) === isNil(b)
  if (kindName(a) !== kindName(b)) {
    throw new FunctionError(
      `non-comparable types ${sprintf('%s', [a])}: ${typeName(a)}, ${typeName(b)}: ${printValue(b)}`,
    )
  }
  if (!(b instanceof GoObject)) throw new FunctionError(`non-comparable type ${sprintf('%s', [b])}: ${typeName(b)}`)
  return a === b
}

function incompatible(a: GoValue, b: GoValue): FunctionError {
  return new FunctionError(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`)
}

function lessThan(a: GoValue, b: GoValue): boolean {
  const x = basicKind(a)
  const y = basicKind(b)
  if (x === undefined || y === undefined) throw new FunctionError('invalid type for comparison')
  if (isWhole(x) && isWhole(y)) return (a as Int).value < (b as Int).value
  if (x !== y) throw incompatible(a, b)
  if (x === 'bool') throw new FunctionError('invalid type for comparison')
  return x === 'string' ? compareText(a as string, b as string) < 0 : (a as number) < (b as number)
}

const lessOrEqual = (a: GoValue, b: GoValue) => lessThan(a, b) || equals(a, b)

/** The comparison functions of text/template. */
export const comparisons: Readonly<Record<string, TemplateFunction>> = {
  eq: variadic(['value'], 'value', ([first], others) => equalsAny(first, others)),
  ne: fn(['value', 'value'], (a, b) => !equals(a, b)),
  lt: fn(['value', 'value'], lessThan),
  le: fn(['value', 'value'], lessOrEqual),
  gt: fn(['value', 'value'], (a, b) => !lessOrEqual(a, b)),
  ge: fn(['value', 'value'], (a, b) => !lessThan(a, b)),
}
