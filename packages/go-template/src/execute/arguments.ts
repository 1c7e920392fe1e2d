import { type Operand, printNode } from '../parse/node.ts'
import type { GoValue, ParamType } from '../value/go-value.ts'
import { int, makeInt } from '../value/int.ts'
import { acceptsNil, isAssignable, paramName, typeName } from '../value/kind.ts'
import type { Evaluate, ExpressionCompiler } from './expressions.ts'
import type { State } from './state.ts'

/** Compiles an argument for a parameter type: literals are checked by their syntax, values by their type. */
export function compileArgument(compiler: ExpressionCompiler, node: Operand, type: ParamType): Evaluate {
  switch (node.type) {
    case 'dot':
      return (state, dot) => {
        state.node = node
        return checkType(state, dot, type)
      }
    case 'nil':
      return (state) => {
        state.node = node
        if (type === 'value') return undefined
        return acceptsNil(type) ? null : state.fail(`cannot assign nil to ${paramName(type)}`)
      }
    case 'bool':
    case 'string':
    case 'number':
      return compileLiteral(node, type)
  }
  const evaluate = compiler.operand(node)
  if (type === 'any' || type === 'value') return evaluate
  return (state, dot) => checkType(state, evaluate(state, dot), type)
}

/** Makes sure that a value may be passed for a parameter type. */
export function checkType(state: State, value: GoValue, type: ParamType): GoValue {
  if (type === 'any' || type === 'value') return value
  if (value === undefined) return acceptsNil(type) ? null : state.fail(`invalid value; expected ${paramName(type)}`)
  if (value === null) {
    return state.fail(`wrong type for value; expected ${paramName(type)}; got interface {}`)
  }
  if (isAssignable(value, type)) return value
  return state.fail(`wrong type for value; expected ${paramName(type)}; got ${typeName(value)}`)
}

type Literal = Extract<Operand, { type: 'bool' | 'string' | 'number' }>

function compileLiteral(node: Literal, type: ParamType): Evaluate {
  const value = literalFor(node, type)
  const reason = value === undefined ? literalError(node, type) : ''
  return (state) => {
    state.node = node
    return value === undefined ? state.fail(reason) : value
  }
}

function literalFor(node: Literal, type: ParamType): GoValue {
  if (type === 'any' || type === 'value') return node.type === 'number' ? idealConstant(node) : node.value
  if (type === 'string') return node.type === 'string' ? node.value : undefined
  if (type === 'bool') return node.type === 'bool' ? node.value : undefined
  if (node.type !== 'number') return undefined
  if (type === 'float64') return node.value.float
  if (type === 'int' || type === 'int64')
    return node.value.int === undefined ? undefined : makeInt(type, node.value.int)
  if (type === 'uint32') return node.value.uint === undefined ? undefined : makeInt(type, node.value.uint)
  if (type === 'duration') return node.value.int === undefined ? undefined : makeInt('int64', node.value.int)
  return undefined
}

const expectations: Partial<Record<ParamType, string>> = {
  string: 'string',
  bool: 'bool',
  int: 'integer',
  int64: 'integer',
  duration: 'integer',
  float64: 'float',
  uint32: 'unsigned integer',
}

function literalError(node: Literal, type: ParamType): string {
  if (type === 'any' || type === 'value') return `${printNode(node)} overflows int`
  const expected = expectations[type]
  if (expected === undefined) return `can't handle ${printNode(node)} for arg of type ${paramName(type)}`
  return `expected ${expected}; found ${printNode(node)}`
}

/** The value a number literal has where no type is asked for; `undefined` when it overflows `int`. */
export function idealConstant(node: Extract<Operand, { type: 'number' }>): GoValue {
  const { text, value } = node
  const isHex = /^[+-]?0[xX]/.test(text) && !/[pP]/.test(text)
  if (value.float !== undefined && !isHex && !text.startsWith("'") && /[.eEpP]/.test(text)) return value.float
  if (value.int !== undefined) return int(value.int)
  return undefined
}
