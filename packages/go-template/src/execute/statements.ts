import { printResult, printValue } from '../format/print.ts'
import { quoteGo } from '../format/quote.ts'
import type { FunctionTable } from '../functions/signature.ts'
import type { List, Statement } from '../parse/node.ts'
import { elementType, GoObject, type GoValue, isList, isMap, sortedKeys } from '../value/go-value.ts'
import { Int, int, makeInt } from '../value/int.ts'
import { isTrue } from '../value/truth.ts'
import { type Evaluate, ExpressionCompiler } from './expressions.ts'
import type { State } from './state.ts'

/** How a statement ended: on with the next, or out of the loop around it. */
type Flow = 'next' | 'break' | 'continue'

/** Runs statements with `.` at hand. */
export type Walk = (state: State, dot: GoValue) => Flow

/** Compiles the statements of a template. */
export function compileList(list: List, functions: FunctionTable, dotBoxed = false): Walk {
  const compiler = new StatementCompiler(functions, dotBoxed)
  return compiler.list(list)
}

class StatementCompiler {
  private readonly functions: FunctionTable
  private readonly expressions: ExpressionCompiler

  constructor(functions: FunctionTable, dotBoxed: boolean) {
    this.functions = functions
    this.expressions = new ExpressionCompiler(functions, dotBoxed)
  }

  list(list: List): Walk {
    const walks = list.statements.map((statement) => this.statement(statement))
    if (walks.length === 1) return walks[0] as Walk
    return (state, dot) => {
      for (const walk of walks) {
        const flow = walk(state, dot)
        if (flow !== 'next') return flow
      }
      return 'next'
    }
  }

  private statement(node: Statement): Walk {
    switch (node.type) {
      case 'text': {
        const text = node.text
        return (state) => {
          state.out += text
          return 'next'
        }
      }
      case 'action':
        return this.action(node)
      case 'break':
      case 'continue': {
        const flow = node.type
        return () => flow
      }
      case 'template':
        return this.template(node)
      case 'range':
        return this.range(node)
      default:
        return this.branch(node)
    }
  }

  private action(node: Extract<Statement, { type: 'action' }>): Walk {
    const evaluate = this.expressions.pipe(node.pipe)
    const silent = node.pipe.declarations.length > 0
    return (state, dot) => {
      state.node = node
      state.run.step()
      const value = evaluate(state, dot)
      if (silent) return 'next'
      state.node = node
      state.out += typeof value === 'string' ? value : printResult(value)
      state.run.checkOutput(state.out.length)
      return 'next'
    }
  }

  private branch(node: Extract<Statement, { type: 'if' | 'with' | 'range' }>): Walk {
    const evaluate = this.expressions.pipe(node.pipe)
    const changesDot = node.type === 'with'
    const body = changesDot ? compileList(node.list, this.functions) : this.list(node.list)
    const otherwise = node.otherwise === undefined ? undefined : this.list(node.otherwise)
    return (state, dot) => {
      state.node = node
      state.run.step()
      const value = evaluate(state, dot)
      if (isTrue(value)) return body(state, changesDot ? value : dot)
      return otherwise === undefined ? 'next' : otherwise(state, dot)
    }
  }

  private template(node: Extract<Statement, { type: 'template' }>): Walk {
    const evaluate: Evaluate = node.pipe === undefined ? () => undefined : this.expressions.pipe(node.pipe)
    return (state, dot) => {
      state.node = node
      const target = state.run.templates.get(node.name)
      if (target === undefined) return state.fail(`template ${quoteGo(node.name)} not defined`)
      const data = evaluate(state, dot)
      state.out += state.run.execute(target, data)
      state.run.checkOutput(state.out.length)
      return 'next'
    }
  }

  private range(node: Extract<Statement, { type: 'if' | 'with' | 'range' }>): Walk {
    const evaluate = this.expressions.pipe(node.pipe)
    const body = compileList(node.list, this.functions, true)
    const otherwise = node.otherwise === undefined ? undefined : this.list(node.otherwise)
    const slots = node.pipe.declarations.map((declaration) => declaration.slot)
    const indexSlot = slots.length > 1 ? slots[0] : undefined
    const elementSlot = slots.at(-1)
    return (state, dot) => {
      state.node = node
      const value = evaluate(state, dot)
      if (value instanceof Int && slots.length > 1)
        return state.fail(`can't use ${value} to iterate over more than one variable`)
      let empty = true
      for (const [index, element] of iterate(state, value)) {
        empty = false
        state.run.step()
        if (indexSlot !== undefined) state.variables[indexSlot] = index
        if (elementSlot !== undefined) state.variables[elementSlot] = element
        if (body(state, element) === 'break') break
      }
      return empty && otherwise !== undefined ? otherwise(state, dot) : 'next'
    }
  }
}

function iterate(state: State, value: GoValue): Iterable<readonly [GoValue, GoValue]> {
  if (value === undefined) return []
  if (isList(value)) return eachElement(value)
  if (value instanceof Int) return eachNumber(value)
  const elements = value instanceof GoObject ? value.elements() : undefined
  if (elements !== undefined) return iterate(state, elements)
  if (typeof value === 'object' && value !== null && isMap(value)) {
    const map = value
    return sortedKeys(map).map((key) => [key, map[key] ?? null] as const)
  }
  return state.fail(`range can't iterate over ${printValue(value)}`)
}

function* eachElement(list: GoValue[] & { [elementType]?: string }): Iterable<readonly [GoValue, GoValue]> {
  const length = list.length
  for (let index = 0; index < length; index += 1) yield [int(index), list[index] ?? null]
}

function* eachNumber(limit: Int): Iterable<readonly [GoValue, GoValue]> {
  for (let value = 0n; value < limit.value; value += 1n) yield [undefined, makeInt(limit.kind, value)]
}
