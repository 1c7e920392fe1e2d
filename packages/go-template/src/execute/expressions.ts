import { LimitErrors } from '@driftless/foundation'
import { FunctionError } from '../errors.ts'
import { calleeNamed } from '../functions/builtins.ts'
import type { FunctionTable, TemplateFunction } from '../functions/signature.ts'
import { type Command, type Node, type Operand, type Pipe, printNode } from '../parse/node.ts'
import type { GoMethod, GoValue, ParamType } from '../value/go-value.ts'
import { isTrue } from '../value/truth.ts'
import { checkType, compileArgument, idealConstant } from './arguments.ts'
import { boxesFields, fieldOf, methodOf } from './fields.ts'
import type { State } from './state.ts'

/** Evaluates an expression with `.` at hand. */
export type Evaluate = (state: State, dot: GoValue) => GoValue

/** Evaluates a command; `final` is the value piped into it. */
type EvaluateCommand = (state: State, dot: GoValue, final: GoValue) => GoValue

/** Compiles expressions of one template; `dotBoxed` says whether `.` is an element of a `[]interface {}` or map. */
export class ExpressionCompiler {
  readonly functions: FunctionTable
  readonly dotBoxed: boolean

  constructor(functions: FunctionTable, dotBoxed: boolean) {
    this.functions = functions
    this.dotBoxed = dotBoxed
  }

  /** A pipeline with its declarations. */
  pipe(pipe: Pipe): Evaluate {
    const value = this.commands(pipe)
    if (pipe.declarations.length === 0) return value
    return (state, dot) => {
      const result = value(state, dot)
      for (const { name, slot } of pipe.declarations) {
        if (slot < 0) state.fail(`undefined variable: ${name}`)
        state.variables[slot] = result
      }
      return result
    }
  }

  /** An operand where no arguments follow. */
  operand(node: Operand): Evaluate {
    if (node.type === 'pipe') return this.pipe(node)
    const command = this.command(
      { type: 'command', position: node.position, arguments: [node] },
      { piped: false, errorNode: node },
    )
    return (state, dot) => command(state, dot, undefined)
  }

  private commands(pipe: Pipe): Evaluate {
    const [first, ...others] = pipe.commands.map((command, index) =>
      this.command(command, { piped: index > 0, errorNode: command }),
    )
    const start = first as EvaluateCommand
    if (others.length === 0) {
      return (state, dot) => {
        state.node = pipe
        return start(state, dot, undefined) ?? undefined
      }
    }
    return (state, dot) => {
      state.node = pipe
      // A nil interface becomes nothing at all on its way through a pipe.
      let value = start(state, dot, undefined) ?? undefined
      for (const command of others) value = command(state, dot, value) ?? undefined
      return value
    }
  }

  private command(command: Command, place: { piped: boolean; errorNode: Node }): EvaluateCommand {
    const { piped, errorNode } = place
    const [head, ...rest] = command.arguments as [Operand, ...Operand[]]
    switch (head.type) {
      case 'identifier':
        return this.call(head, { rest, piped, errorNode })
      case 'field':
        return this.chain({ head, names: head.names, rest, piped, start: (_state, dot) => dot, boxed: this.dotBoxed })
      case 'chain':
        return this.chainOf(head, rest, piped)
      case 'variable':
        if (head.names.length > 1) return this.variableChain(head, rest, piped)
    }
    if (rest.length > 0 || piped) {
      return (state) => {
        if (head.type !== 'pipe') state.node = head
        return state.fail(`can't give argument to non-function ${printNode(head)}`)
      }
    }
    return this.term(head)
  }

  private term(node: Operand): EvaluateCommand {
    switch (node.type) {
      case 'pipe':
        return this.pipe(node)
      case 'variable': {
        const slot = node.slot
        return (state) => {
          state.node = node
          return state.variables[slot]
        }
      }
      case 'dot':
        return (state, dot) => {
          state.node = node
          return dot
        }
      case 'bool':
      case 'string': {
        const value = node.value
        return () => value
      }
      case 'number': {
        const value = idealConstant(node)
        return (state) => {
          state.node = node
          return value === undefined ? state.fail(`${node.text} overflows int`) : value
        }
      }
      default:
        return (state) => {
          state.node = node
          return state.fail('nil is not a command')
        }
    }
  }

  private variableChain(
    head: Extract<Operand, { type: 'variable' }>,
    rest: Operand[],
    piped: boolean,
  ): EvaluateCommand {
    const slot = head.slot
    return this.chain({
      head,
      names: head.names.slice(1),
      rest,
      piped,
      start: (state) => state.variables[slot],
      boxed: false,
    })
  }

  private chainOf(head: Extract<Operand, { type: 'chain' }>, rest: Operand[], piped: boolean): EvaluateCommand {
    if (head.node.type === 'nil') {
      return (state) => {
        state.node = head
        return state.fail(`indirection through explicit nil in ${printNode(head)}`)
      }
    }
    const start = this.operand(head.node)
    return this.chain({ head, names: head.names, rest, piped, start, boxed: false })
  }

  /** Field accesses one after the other; only the last may be a method with arguments. */
  private chain(options: {
    head: Operand
    names: readonly string[]
    rest: Operand[]
    piped: boolean
    start: Evaluate
    boxed: boolean
  }): EvaluateCommand {
    const { head, names, rest, piped, start } = options
    const last = names.length - 1
    const hasArguments = rest.length > 0 || piped
    const invoke = this.methodCaller(head, rest, piped)
    return (state, dot, final) => {
      state.node = head
      let value = start(state, dot)
      let boxed = options.boxed
      for (let index = 0; index <= last; index += 1) {
        const name = names[index] as string
        const receiver = value
        const method = methodOf(receiver, name)
        if (method !== undefined)
          value = invoke(
            { state, dot, final: index === last ? final : undefined },
            { method, receiver, name, atEnd: index === last },
          )
        else value = fieldOf(state, { value: receiver, boxed }, name, hasArguments && index === last)
        boxed = boxesFields(receiver)
      }
      return value
    }
  }

  /** Calls methods; their parameter types are known only when the receiver is. */
  private methodCaller(head: Operand, rest: Operand[], piped: boolean) {
    const compiled = new Map<string, EvaluateArguments>()
    return (
      context: { state: State; dot: GoValue; final: GoValue },
      target: { method: GoMethod; receiver: GoValue; name: string; atEnd: boolean },
    ): GoValue => {
      const { method, receiver, name, atEnd } = target
      const { state, dot, final } = context
      const key = `${name} ${method.params.join(' ')} ${atEnd}`
      let collect = compiled.get(key)
      if (collect === undefined) {
        const given = atEnd ? { rest, piped } : { rest: [], piped: false }
        collect = this.arguments({ head, name, signature: signatureOf(method), ...given })
        compiled.set(key, collect)
      }
      const args = collect(state, dot, final)
      try {
        return method.call(receiver, args)
      } catch (thrown) {
        state.node = head
        return raise(state, name, thrown)
      }
    }
  }

  private call(
    head: Extract<Operand, { type: 'identifier' }>,
    { rest, piped, errorNode }: { rest: Operand[]; piped: boolean; errorNode: Node },
  ): EvaluateCommand {
    const target =
      head.name === 'call' && rest[0] !== undefined ? calleeNamed(printNode(rest[0])) : this.functions.get(head.name)
    if (target === undefined) {
      return (state) => {
        state.node = head
        return state.fail(`${JSON.stringify(head.name)} is not a defined function`)
      }
    }
    if (head.name === 'and' || head.name === 'or') return this.shortCircuit(head, rest, piped)
    return this.invoke({ head, errorNode, name: head.name, target, rest, piped })
  }

  private invoke(options: {
    head: Operand
    errorNode: Node
    name: string
    target: TemplateFunction
    rest: Operand[]
    piped: boolean
  }): EvaluateCommand {
    const { head, errorNode, name, target, rest, piped } = options
    const collect = this.arguments({ head, name, signature: target, rest, piped })
    const call = target.call
    return (state, dot, final) => {
      const args = collect(state, dot, final)
      try {
        const result = call(args, state.run)
        if (typeof result === 'string' && result.length > 1024) state.run.spendText(result.length)
        return result
      } catch (thrown) {
        state.node = errorNode
        return raise(state, name, thrown)
      }
    }
  }

  /** Evaluates the arguments of a call after their number was checked. */
  private arguments(options: {
    head: Operand
    name: string
    signature: Signature
    rest: Operand[]
    piped: boolean
  }): EvaluateArguments {
    const { head, name, signature, rest, piped } = options
    const count = rest.length + (piped ? 1 : 0)
    const wrong = wrongCount(name, signature, { count, written: rest.length })
    if (wrong !== undefined) {
      return (state) => {
        state.node = head
        return state.fail(wrong)
      }
    }
    const typeAt = (index: number): ParamType => signature.params[index] ?? (signature.rest as ParamType)
    const evaluators = rest.map((node, index) => compileArgument(this, node, typeAt(index)))
    const finalType = piped ? typeAt(count - 1) : 'any'
    return (state, dot, final) => {
      state.node = head
      state.run.step()
      const args: GoValue[] = []
      for (const evaluate of evaluators) args.push(evaluate(state, dot))
      if (piped) args.push(checkType(state, final, finalType))
      return args
    }
  }

  private shortCircuit(
    head: Extract<Operand, { type: 'identifier' }>,
    rest: Operand[],
    piped: boolean,
  ): EvaluateCommand {
    if (rest.length === 0 && !piped) {
      return (state) => {
        state.node = head
        return state.fail(`wrong number of args for ${head.name}: want at least 1 got 0`)
      }
    }
    const evaluators = rest.map((node) => compileArgument(this, node, 'value'))
    const stopsAt = head.name === 'or'
    return (state, dot, final) => {
      state.node = head
      state.run.step()
      let value: GoValue
      for (const evaluate of evaluators) {
        value = evaluate(state, dot)
        if (isTrue(value) === stopsAt) return value
      }
      return piped ? final : value
    }
  }
}

type EvaluateArguments = (state: State, dot: GoValue, final: GoValue) => GoValue[]
type Signature = Pick<TemplateFunction, 'params' | 'rest'>

function signatureOf(method: GoMethod): Signature {
  if (method.variadic !== true) return { params: method.params }
  return { params: method.params.slice(0, -1), rest: method.params.at(-1) as ParamType }
}

function wrongCount(name: string, target: Signature, got: { count: number; written: number }): string | undefined {
  const fixed = target.params.length
  if (target.rest !== undefined) {
    return got.count < fixed ? `wrong number of args for ${name}: want at least ${fixed} got ${got.written}` : undefined
  }
  return got.count === fixed ? undefined : `wrong number of args for ${name}: want ${fixed} got ${got.count}`
}

/** Adds the call to a function's own failure; whatever else was thrown passes untouched. */
function raise(state: State, name: string, thrown: unknown): never {
  if (thrown instanceof FunctionError) return state.fail(`error calling ${name}: ${thrown.message}`, thrown)
  if (thrown instanceof RangeError && thrown.message.includes('string length')) {
    throw LimitErrors.EXCEEDED({ what: 'the text made by template functions', limit: state.run.limits.outputBytes })
  }
  throw thrown
}
