import { toText } from '../manifest/text.ts'
import type { Bind, Expression } from '../syntax/ast.ts'
import { compileCall, compileFunction } from './compile-call.ts'
import { compileArrayComprehension, compileObjectComprehension } from './compile-comprehension.ts'
import { compileObject } from './compile-object.ts'
import { compileBinary, compileIndex, compileSlice, compileUnary } from './compile-operator.ts'
import { addLine, Failure } from './failure.ts'
import { unexpectedType } from './machine.ts'
import { findBelow } from './object-fields.ts'
import { asBoolean } from './operators.ts'
import { inContext, LINK, type Place, Scope, SELF } from './scope.ts'
import {
  ArrayValue,
  type Code,
  type Frame,
  type Lazy,
  type Link,
  type ObjectValue,
  Thunk,
  type Value,
} from './value.ts'

/** Makes a promise of an expression's value, or the value itself where that costs nothing. */
export type LazyCode = (frame: Frame) => Lazy

/** Compiles an expression; with `tail`, a `tailstrict` call may be left to the caller of the function. */
export function compile(node: Expression, place: Place, tail = false): Code {
  switch (node.kind) {
    case 'null':
      return () => null
    case 'boolean':
    case 'string': {
      const { value } = node
      return () => value
    }
    case 'number':
      return compileNumber(node, place)
    case 'variable':
      return compileVariable(node, place)
    case 'self':
      return compileSelf(place, false)
    case 'dollar':
      return compileSelf(place, true)
    case 'array': {
      const within = inContext(place, `thunk from <${place.context}>`)
      const items = node.items.map((item) => compileLazy(item, within))
      return (frame) => new ArrayValue(items.map((item) => item(frame)))
    }
    case 'array-comprehension':
      return compileArrayComprehension(node, place)
    case 'object':
      return compileObject(node, place)
    case 'object-comprehension':
      return compileObjectComprehension(node, place)
    case 'unary':
      return compileUnary(node, place)
    case 'binary':
      return compileBinary(node, place)
    case 'if':
      return compileIf(node, place, tail)
    case 'local':
      return compileLocal(node, place, tail)
    case 'function':
      return compileFunction(node, place, 'anonymous')
    case 'call':
      return compileCall(node, place, tail)
    case 'index':
      return compileIndex(node, place)
    case 'slice':
      return compileSlice(node, place)
    case 'super-index':
    case 'in-super':
      return compileSuper(node, place)
    case 'error':
      return compileError(node, place)
    case 'assert':
      return compileAssert(node, place, tail)
    case 'import':
      return guard(node, place, () => place.unit.machine.importer(node.how, node.path, place.unit.source))
  }
}

/** Compiles an expression that has a name, which functions and objects show in traces. */
export function compileNamed(node: Expression, place: Place, name: string): Code {
  if (node.kind === 'function') return compileFunction(node, place, name)
  if (node.kind === 'object') return compileObject(node, place, name)
  if (node.kind === 'object-comprehension') return compileObjectComprehension(node, place, name)
  if (node.kind === 'local') return compileLocal(node, place, false, name)
  return compile(node, place)
}

/** Adds the node's place to failures of a step that is the node's own doing. */
export function guard(node: Expression, place: Place, step: Code): Code {
  const { source } = place.unit
  return (frame) => {
    try {
      return step(frame)
    } catch (thrown) {
      throw addLine(thrown, { source, begin: node.begin, end: node.end, context: place.context })
    }
  }
}

/** A promise of an expression in a place of its own; names already evaluated pass through. */
export function compileLazy(node: Expression, place: Place): LazyCode {
  const direct = compileDirect(node, place)
  if (direct !== undefined) return direct
  const code = compile(node, place)
  if (node.kind !== 'variable') return (frame) => new Thunk(code, frame)
  const read = compileRead(node.name, place.scope)
  return (frame) => {
    const value = read(frame)
    if (!(value instanceof Thunk)) return value
    return value.code === undefined ? value.value : new Thunk(code, frame)
  }
}

/** A promise of what a name is bound to; other names may not have their value yet. */
export function compileBound(bind: Bind, place: Place): LazyCode {
  const within = inContext(place, `thunk <${bind.name}> from <${place.context}>`)
  const direct = compileDirect(bind.body, within, bind.name)
  if (direct !== undefined) return direct
  const code = compileNamed(bind.body, within, bind.name)
  return (frame) => new Thunk(code, frame)
}

/** Expressions that neither fail nor take time are evaluated at once. */
function compileDirect(node: Expression, place: Place, name = 'anonymous'): LazyCode | undefined {
  switch (node.kind) {
    case 'null':
    case 'boolean':
    case 'string':
    case 'self':
      return compile(node, place)
    case 'number':
      return Number.isFinite(node.value) ? compile(node, place) : undefined
    case 'function':
      return compileFunction(node, place, name)
    case 'object':
      return node.fields.every((field) => typeof field.name === 'string') ? compileObject(node, place, name) : undefined
    default:
      return undefined
  }
}

function compileNumber(node: Expression & { kind: 'number' }, place: Place): Code {
  const { value } = node
  if (Number.isFinite(value)) return () => value
  return guard(node, place, () => {
    throw new Failure('overflow')
  })
}

function compileRead(name: string, scope: Scope): LazyCode {
  const { hops, slot } = scope.find(name)
  if (hops === 0) return (frame) => frame[slot] as Lazy
  if (hops === 1) return (frame) => (frame[0] as Frame)[slot] as Lazy
  if (hops === 2) return (frame) => ((frame[0] as Frame)[0] as Frame)[slot] as Lazy
  return (frame) => outerFrame(frame, hops)[slot] as Lazy
}

function outerFrame(frame: Frame, hops: number): Frame {
  let at = frame
  for (let i = 0; i < hops; i++) at = at[0] as Frame
  return at
}

function compileVariable(node: Expression & { kind: 'variable' }, place: Place): Code {
  const read = compileRead(node.name, place.scope)
  const { machine, source } = place.unit
  return (frame) => {
    const value = read(frame)
    if (!(value instanceof Thunk)) return value
    if (value.code === undefined) return value.value
    try {
      return machine.force(value)
    } catch (thrown) {
      throw addLine(thrown, { source, begin: node.begin, end: node.end, context: place.context })
    }
  }
}

function compileSelf(place: Place, outermost: boolean): (frame: Frame) => ObjectValue {
  const hops = place.scope.objectHops(outermost)
  if (hops === 0) return (frame) => frame[SELF] as ObjectValue
  return (frame) => outerFrame(frame, hops)[SELF] as ObjectValue
}

function compileIf(node: Expression & { kind: 'if' }, place: Place, tail: boolean): Code {
  const condition = compile(node.condition, place)
  const then = compile(node.then, place, tail)
  const otherwise = node.otherwise === undefined ? () => null : compile(node.otherwise, place, tail)
  const wrong = wrongCondition(node, place)
  return (frame) => {
    const holds = condition(frame)
    if (holds === true) return then(frame)
    return holds === false ? otherwise(frame) : wrong(holds)
  }
}

/** Throws the error for a condition that is no boolean. */
export function wrongCondition(node: Expression, place: Place): (value: Value) => never {
  const { source } = place.unit
  return (value) => {
    throw unexpectedType(value, 'boolean').at({ source, begin: node.begin, end: node.end, context: place.context })
  }
}

function compileLocal(node: Expression & { kind: 'local' }, place: Place, tail: boolean, name = 'anonymous'): Code {
  // Fields share their object's frame, so their variables get a frame of their own.
  const own = place.scope.shape.kind === 'object'
  const scope = own ? Scope.frame('variables', place.scope) : place.scope.block()
  const slots = node.binds.map((bind) => scope.declare(bind.name))
  const within = { ...place, scope }
  const bound = node.binds.map((bind) => compileBound(bind, within))
  const body = name === 'anonymous' ? compile(node.body, within, tail) : compileNamed(node.body, within, name)
  return (outer) => {
    const frame: Frame = own ? [outer] : outer
    for (let i = 0; i < slots.length; i++) frame[slots[i] as number] = (bound[i] as LazyCode)(frame)
    return body(frame)
  }
}

function compileSuper(node: Expression & { kind: 'super-index' | 'in-super' }, place: Place): Code {
  const { machine } = place.unit
  const hops = place.scope.objectHops(false)
  const index = compile(node.index, place)
  const inside = node.kind === 'in-super'
  return guardAfter(index, node, place, (name, frame) => {
    if (typeof name !== 'string') throw unexpectedType(name, 'string')
    const at = outerFrame(frame, hops)
    const { below } = at[LINK] as Link
    const link = findBelow(below, name)
    if (inside) return link !== undefined
    if (below === undefined) throw new Failure('Attempt to use super when there is no super class.')
    if (link === undefined) throw new Failure(`Field does not exist: ${name}`)
    return machine.fieldAt(at[SELF] as ObjectValue, link, name)
  })
}

/** Evaluates an operand outside, then runs the node's own step with its place added to failures. */
export function guardAfter(
  operand: Code,
  node: Expression,
  place: Place,
  step: (value: Value, frame: Frame) => Value,
): Code {
  const { source } = place.unit
  return (frame) => {
    const value = operand(frame)
    try {
      return step(value, frame)
    } catch (thrown) {
      throw addLine(thrown, { source, begin: node.begin, end: node.end, context: place.context })
    }
  }
}

function compileError(node: Expression & { kind: 'error' }, place: Place): Code {
  const { machine } = place.unit
  return guardAfter(compile(node.message, place), node, place, (message) => {
    throw new Failure(toText(machine, message))
  })
}

function compileAssert(node: Expression & { kind: 'assert' }, place: Place, tail: boolean): Code {
  const check = compileCheck(node, place, false)
  const rest = compile(node.rest, place, tail)
  return (frame) => {
    check(frame)
    return rest(frame)
  }
}

/** The check of an assertion; its failure has no surroundings in the tool's trace. */
export function compileCheck(
  node: { begin: number; end: number; condition: Expression; message: Expression | undefined },
  place: Place,
  inObject: boolean,
): Code {
  const { machine, source } = place.unit
  const condition = compile(node.condition, place)
  const byDefault = inObject ? 'Object assertion failed.' : 'Assertion failed'
  const message = node.message === undefined ? () => byDefault : compile(node.message, place)
  const line = { source, begin: node.begin, end: node.end, context: '' }
  return (frame) => {
    const holds = condition(frame)
    if (holds === true) return null
    if (holds !== false && !inObject) throw unexpectedType(holds, 'boolean')
    const text = holds === false ? message(frame) : null
    try {
      asBoolean(holds)
      throw new Failure(toText(machine, text))
    } catch (thrown) {
      throw addLine(thrown, line)
    }
  }
}
