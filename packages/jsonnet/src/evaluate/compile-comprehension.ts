import type { ComprehensionStep, Expression, ObjectComprehension } from '../syntax/ast.ts'
import { compile, compileLazy } from './compile.ts'
import { addField, compileObjectLocals, fieldEntry, fieldNameFailure, objectPlace } from './compile-object.ts'
import { addLine } from './failure.ts'
import { type Machine, unexpectedType } from './machine.ts'
import { inContext, type Place, Scope } from './scope.ts'
import { ArrayValue, type Code, type FieldEntry, type Frame, type Lazy, Link, ObjectValue } from './value.ts'

type Visit = (frame: Frame) => void
type Walk = (frame: Frame, visit: Visit) => void

/** `[body for x in list if condition …]`: lists and conditions at once, bodies when needed. */
export function compileArrayComprehension(node: Expression & { kind: 'array-comprehension' }, place: Place): Code {
  const { walk, inner } = compileSteps(node.steps, place)
  const body = compileLazy(node.body, inContext(inner, `thunk from <${place.context}>`))
  const line = { source: place.unit.source, begin: node.begin, end: node.end, context: '' }
  return (frame) => {
    const items: Lazy[] = []
    try {
      walk(frame, (step) => items.push(body(step)))
    } catch (thrown) {
      throw addLine(thrown, line)
    }
    return new ArrayValue(items)
  }
}

/** `{[name]: body for x in list …}`. */
export function compileObjectComprehension(node: ObjectComprehension, place: Place, name = 'anonymous'): Code {
  const { walk, inner } = compileSteps(node.steps, place)
  const within = objectPlace(inner, name)
  const locals = compileObjectLocals(node.locals, within)
  const entry = fieldEntry(node.field, within)
  const key = typeof node.field.name === 'string' ? () => null : compile(node.field.name, inner)
  const line = { source: place.unit.source, begin: node.begin, end: node.end, context: '' }
  return (frame) => {
    const fields = new Map<string, FieldEntry>()
    try {
      walk(frame, (outer) => {
        const name = key(outer)
        if (name !== null && typeof name !== 'string')
          throw addLine(fieldNameFailure(name), { ...line, context: place.context })
        addField(fields, name, { ...entry, outer })
      })
    } catch (thrown) {
      throw addLine(thrown, line)
    }
    return new ObjectValue(new Link({ fields, outer: frame, locals, asserts: [] }, undefined))
  }
}

/** Compiles the clauses into a walk over the frames of all iterations. */
function compileSteps(steps: readonly ComprehensionStep[], place: Place): { walk: Walk; inner: Place } {
  const [step, ...rest] = steps
  if (step === undefined) return { walk: (frame, visit) => visit(frame), inner: place }
  const { machine } = place.unit
  if (step.kind === 'if') {
    const condition = compile(step.condition, place)
    const { walk, inner } = compileSteps(rest, place)
    const filtered: Walk = (frame, visit) => {
      const holds = condition(frame)
      if (typeof holds !== 'boolean') throw unexpectedType(holds, 'boolean')
      if (holds) walk(frame, visit)
    }
    return { walk: filtered, inner }
  }
  const list = compile(step.list, place)
  const scope = Scope.frame('variables', place.scope)
  scope.declare(step.name)
  const { walk, inner } = compileSteps(rest, { ...place, scope })
  return { walk: (frame, visit) => iterate(machine, list(frame), (item) => walk([frame, item], visit)), inner }
}

function iterate(machine: Machine, list: ReturnType<Code>, each: (item: Lazy) => void): void {
  if (!(list instanceof ArrayValue)) throw unexpectedType(list, 'array')
  machine.spend(list.items.length)
  for (const item of list.items) each(item)
}
