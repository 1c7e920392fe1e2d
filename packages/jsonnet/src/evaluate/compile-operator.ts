import { formatOrModulo } from '../library/format-operator.ts'
import { sliceValue } from '../library/slice.ts'
import type { BinaryExpression, Expression } from '../syntax/ast.ts'
import { characterAt, lengthOf } from './code-points.ts'
import { compile, guard, guardAfter, wrongCondition } from './compile.ts'
import { addLine, Failure } from './failure.ts'
import { type Machine, unexpectedType } from './machine.ts'
import { findField } from './object-fields.ts'
import { asBoolean, asNumber, bitNot, elementAt, operations, outOfBounds } from './operators.ts'
import type { Place } from './scope.ts'
import { ArrayValue, type Code, isFunction, ObjectValue, type Value } from './value.ts'

const goTypes: Readonly<Record<string, string>> = {
  number: '*jsonnet.valueNumber',
  boolean: '*jsonnet.valueBoolean',
  object: '*jsonnet.valueNull',
  function: '*jsonnet.valueFunction',
}

export function compileUnary(node: Expression & { kind: 'unary' }, place: Place): Code {
  const { operator } = node
  return guardAfter(compile(node.operand, place), node, place, (value) => {
    if (operator === '!') return !asBoolean(value)
    if (operator === '~') return bitNot(value)
    const number = asNumber(value)
    return operator === '-' ? -number : number
  })
}

export function compileBinary(node: BinaryExpression, place: Place): Code {
  const { operator } = node
  if (operator === '&&' || operator === '||') return compileShortcut(node, place)
  const { machine, source } = place.unit
  const left = compile(node.left, place)
  const right = compile(node.right, place)
  const library = operator === '%' ? formatOrModulo : operator === 'in' ? isIn : undefined
  const operation = library ?? operations[operator]
  if (operation === undefined) throw new Error(`no operator ${operator}`)
  const line = { source, begin: node.begin, end: node.end, context: library === undefined ? place.context : '' }
  const rightFirst = operator === 'in'
  return (frame) => {
    const early = rightFirst ? right(frame) : undefined
    const a = left(frame)
    const b = early === undefined ? right(frame) : early
    try {
      return operation(machine, a, b)
    } catch (thrown) {
      throw addLine(thrown, line)
    }
  }
}

function isIn(_: Machine, name: Value, object: Value): boolean {
  if (!(object instanceof ObjectValue)) throw unexpectedType(object, 'object')
  if (typeof name !== 'string') throw unexpectedType(name, 'string')
  return findField(object, name) !== undefined
}

/** `&&` and `||`, which need not evaluate their right side. */
function compileShortcut(node: BinaryExpression, place: Place): Code {
  const left = compile(node.left, place)
  const right = compile(node.right, place)
  const wrong = wrongCondition(node, place)
  const decides = node.operator === '||'
  return (frame) => {
    const a = left(frame)
    if (typeof a !== 'boolean') return wrong(a)
    if (a === decides) return a
    const b = right(frame)
    return typeof b === 'boolean' ? b : wrong(b)
  }
}

export function compileIndex(node: Expression & { kind: 'index' }, place: Place): Code {
  const { machine, source } = place.unit
  if (!node.dotted) {
    const target = compile(node.target, place)
    const index = compile(node.index, place)
    return guardPair(target, index, { node, place }, (value, at) => indexValue(machine, value, at))
  }
  // The tool keeps no surroundings for what stands before a dot.
  const target = compile(node.target, { ...place, context: '' })
  const name = node.index.kind === 'string' ? node.index.value : ''
  return (frame) => {
    const object = target(frame)
    try {
      return object instanceof ObjectValue ? machine.field(object, name) : indexValue(machine, object, name)
    } catch (thrown) {
      throw addLine(thrown, { source, begin: node.begin, end: node.end, context: place.context })
    }
  }
}

function guardPair(
  first: Code,
  second: Code,
  at: { node: Expression; place: Place },
  step: (first: Value, second: Value) => Value,
): Code {
  const { node, place } = at
  const { source } = place.unit
  return (frame) => {
    const a = first(frame)
    const b = second(frame)
    try {
      return step(a, b)
    } catch (thrown) {
      throw addLine(thrown, { source, begin: node.begin, end: node.end, context: place.context })
    }
  }
}

/** `target[index]`. */
function indexValue(machine: Machine, target: Value, index: Value): Value {
  if (target instanceof ObjectValue) {
    if (typeof index !== 'string') throw unexpectedType(index, 'string')
    return machine.field(target, index)
  }
  if (target instanceof ArrayValue) return elementAt(machine, target, index)
  if (typeof target === 'string') {
    const at = Math.trunc(asNumber(index))
    const character = at >= 0 ? characterAt(target, at) : undefined
    if (character === undefined) throw outOfBounds(at, lengthOf(target))
    return character
  }
  throw new Failure(`Value non indexable: ${goTypes[isFunction(target) ? 'function' : typeof target]}`)
}

export function compileSlice(node: Expression & { kind: 'slice' }, place: Place): Code {
  const { machine } = place.unit
  const library = { ...place, context: '' }
  const codes = [node.target, ...[0, 1, 2].map((i) => node.parts[i])].map((part) =>
    part === undefined ? () => null : compile(part, place),
  )
  return guard(node, library, (frame) => {
    const [target = null, from = null, to = null, step = null] = codes.map((code) => code(frame))
    return sliceValue(machine, target, [from, to, step])
  })
}
