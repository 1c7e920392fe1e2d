import { LimitErrors } from '@driftless/foundation'
import { FunctionError } from '../errors.ts'
import type { FunctionTable, TemplateFunction } from '../functions/signature.ts'
import { type Command, type Operand, type Pipe, printNode } from '../parse/node.ts'
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
    const command = this.command({ type: 'command', position: node.position, arguments: [node] }, false)
    return (state, dot) => command(state, dot, undefined)
  }

  private commands(pipe: Pipe): Evaluate {
    const [first, ...others] = pipe.commands.map((command, index) => this.command(command, index > 0))
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

  private command(command: Command, piped: boolean): EvaluateCommand {
    const [head, ...rest] = command.arguments as [Operand, ...Operand[]]
    switch (head.type) {
      case 'identifier':
        return this.call(head, rest, piped)
      case 'field':
        return this.chain({ head, names: head.names, rest, piped, start: (_state, dot) => dot, boxed: this.dotBoxed })
      case 'chain':
        return this.chainOf(head, rest, piped)
      case 'variable':
        if (head.names.length > 1) return this.variableChain(head, rest, piped)
    }
    if (rest.length > 0 || piped) {
      return (state) => {
        state.node = head
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

  private methodCaller(head: Operand, rest: Operand[], piped: boolean) {
    const compiled = new Map<string, EvaluateCommand>()
    return (
      context: { state: State; dot: GoValue; final: GoValue },
      target: { method: GoMethod; receiver: GoValue; name: string; atEnd: boolean },
    ): GoValue => {
      const { method, receiver, name, atEnd } = target
      const key = `${name} ${method.params.join(' ')} ${atEnd}`
      let call = compiled.get(key)
      if (call === undefined) {
        const fixed = method.variadic === true ? method.params.slice(0, -1) : method.params
        const shape = { params: fixed, ...(method.variadic === true && { rest: method.params.at(-1) as ParamType }) }
        const signature: TemplateFunction = {
          ...shape,
          call: ([self, ...args]) => (self as unknown as Bound).call(args),
        }
        call = this.invoke({
          head,
          name,
          target: signature,
          rest: atEnd ? rest : [],
          piped: atEnd && piped,
          bound: true,
        })
        compiled.set(key, call)
      }
      const bound: Bound = { call: (args) => method.call(receiver, args) }
      const outer = context.state.variables.length
      context.state.variables[outer] = bound as unknown as GoValue
      try {
        return call(context.state, context.dot, context.final)
      } finally {
        context.state.variables.length = outer
      }
    }
  }

  private call(head: Extract<Operand, { type: 'identifier' }>, rest: Operand[], piped: boolean): EvaluateCommand {
    const target = this.functions.get(head.name)
    if (target === undefined) {
      return (state) => {
        state.node = head
        return state.fail(`${JSON.stringify(head.name)} is not a defined function`)
      }
    }
    if (head.name === 'and' || head.name === 'or') return this.shortCircuit(head, rest, piped)
    return this.invoke({ head, name: head.name, target, rest, piped, bound: false })
  }

  private invoke(options: {
    head: Operand
    name: string
    target: TemplateFunction
    rest: Operand[]
    piped: boolean
    bound: boolean
  }): EvaluateCommand {
    const { head, name, target, rest, piped, bound } = options
    const count = rest.length + (piped ? 1 : 0)
    const wrong = wrongCount(name, target, { count, written: rest.length })
    if (wrong !== undefined) {
      return (state) => {
        state.node = head
        return state.fail(wrong)
      }
    }
    const typeAt = (index: number): ParamType => target.params[index] ?? (target.rest as ParamType)
    const evaluators = rest.map((node, index) => compileArgument(this, node, typeAt(index)))
    const finalType = piped ? typeAt(count - 1) : 'any'
    const call = target.call
    return (state, dot, final) => {
      state.node = head
      state.run.step()
      const self = bound ? state.variables.at(-1) : undefined
      const args: GoValue[] = []
      for (const evaluate of evaluators) args.push(evaluate(state, dot))
      if (piped) args.push(checkType(state, final, finalType))
      if (bound) args.unshift(self)
      try {
        const result = call(args, state.run)
        if (typeof result === 'string' && result.length > 1024) state.run.spendText(result.length)
        return result
      } catch (thrown) {
        state.node = head
        return raise(state, name, thrown)
      }
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

interface Bound {
  call(args: readonly GoValue[]): GoValue
}

function wrongCount(
  name: string,
  target: TemplateFunction,
  got: { count: number; written: number },
): string | undefined {
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
