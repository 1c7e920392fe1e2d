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
  const { walk, inner } = compileSteps(node.steps, { place, node, repeats: 0 })
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
  const { walk, inner } = compileSteps(node.steps, { place, node, repeats: 1 })
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

/** Where clauses stand, and how often the tool repeats the comprehension in traces of its lists and conditions. */
interface ClausePlace {
  readonly place: Place
  readonly node: { readonly begin: number; readonly end: number }
  readonly repeats: number
}

/** Compiles the clauses into a walk over the frames of all iterations. */
function compileSteps(steps: readonly ComprehensionStep[], at: ClausePlace): { walk: Walk; inner: Place } {
  const [step, ...rest] = steps
  if (step === undefined) return { walk: (frame, visit) => visit(frame), inner: at.place }
  return step.kind === 'if' ? compileCondition(step.condition, rest, at) : compileLoop(step, rest, at)
}

function compileCondition(expression: Expression, rest: readonly ComprehensionStep[], at: ClausePlace) {
  const condition = repeated(compile(expression, at.place), { ...at, repeats: Math.max(0, at.repeats - 1) })
  const { walk, inner } = compileSteps(rest, at)
  const filtered: Walk = (frame, visit) => {
    const holds = condition(frame)
    if (typeof holds !== 'boolean') throw unexpectedType(holds, 'boolean')
    if (holds) walk(frame, visit)
  }
  return { walk: filtered, inner }
}

function compileLoop(
  step: ComprehensionStep & { kind: 'for' },
  rest: readonly ComprehensionStep[],
  at: ClausePlace,
): { walk: Walk; inner: Place } {
  const { place } = at
  const { machine } = place.unit
  const list = repeated(compile(step.list, place), at)
  const scope = Scope.frame('variables', place.scope)
  scope.declare(step.name)
  const { walk, inner } = compileSteps(rest, { ...at, place: { ...place, scope }, repeats: at.repeats + 1 })
  return { walk: (frame, visit) => iterate(machine, list(frame), (item) => walk([frame, item], visit)), inner }
}

/** Code whose failures carry the comprehension once more for each loop around it. */
function repeated(code: Code, { place, node, repeats }: ClausePlace): Code {
  if (repeats === 0) return code
  const line = { source: place.unit.source, begin: node.begin, end: node.end, context: '' }
  return (frame) => {
    try {
      return code(frame)
    } catch (thrown) {
      let failure = thrown
      for (let i = 0; i < repeats; i++) failure = addLine(failure, line)
      throw failure
    }
  }
}

function iterate(machine: Machine, list: ReturnType<Code>, each: (item: Lazy) => void): void {
  if (!(list instanceof ArrayValue)) throw unexpectedType(list, 'array')
  machine.spend(list.items.length)
  for (const item of list.items) each(item)
}
