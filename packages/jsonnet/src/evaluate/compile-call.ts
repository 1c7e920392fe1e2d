import type { CallExpression, FunctionExpression } from '../syntax/ast.ts'
import { compile, compileLazy, type LazyCode } from './compile.ts'
import { addLine } from './failure.ts'
import { type Named, TailCall, unexpectedType } from './machine.ts'
import { inContext, type Place, Scope } from './scope.ts'
import { Closure, type Code, type Frame, type FunctionTemplate, isFunction, type Lazy, type Value } from './value.ts'

/** Compiles a function; its body is compiled when it is first called. */
export function compileFunction(node: FunctionExpression, place: Place, name: string): (frame: Frame) => Closure {
  const scope = Scope.frame('variables', place.scope)
  for (const { name: parameter } of node.parameters) scope.declare(parameter)
  const within = inContext({ ...place, scope }, `function <${name}>`)
  let body: Code | undefined
  const template: FunctionTemplate = {
    parameters: node.parameters.map((parameter) => parameter.name),
    fallbacks: node.parameters.map(({ fallback }) => (fallback === undefined ? undefined : compile(fallback, within))),
    body: () => {
      body ??= compile(node.body, within, true)
      return body
    },
  }
  return (frame) => new Closure(template, frame)
}

const none: readonly Named[] = []

/** Compiles a call; arguments are promises unless it is `tailstrict`. */
export function compileCall(node: CallExpression, place: Place, tail: boolean): Code {
  const { machine, source } = place.unit
  const target = compile(node.target, place)
  const within = inContext(place, `thunk from <${place.context}>`)
  const positional = node.positional.map((argument) => compileLazy(argument, within))
  const named = node.named.map(({ name, value }) => [name, compileLazy(value, within)] as const)
  const { tailstrict } = node
  const leave = tail && tailstrict
  const line = { source, begin: node.begin, end: node.end, context: place.context }
  const run = (callee: Value, frame: Frame): Value => {
    if (!isFunction(callee)) throw unexpectedType(callee, 'function')
    const args: Lazy[] = []
    for (let i = 0; i < positional.length; i++) args.push((positional[i] as LazyCode)(frame))
    const names: readonly Named[] = named.length === 0 ? none : named.map(([name, value]) => [name, value(frame)])
    if (!tailstrict) return machine.call(callee, args, names)
    const strict = args.map((argument) => machine.force(argument))
    const strictNames = names.map(([name, value]): Named => [name, machine.force(value)])
    // The caller of this function recognises the value by its class and runs the call itself.
    if (leave) return new TailCall(callee, strict, { named: strictNames, line }) as unknown as Value
    return machine.call(callee, strict, strictNames, true)
  }
  return (frame) => {
    const callee = target(frame)
    try {
      return run(callee, frame)
    } catch (thrown) {
      throw addLine(thrown, line)
    }
  }
}
