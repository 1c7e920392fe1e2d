import { quoteJson } from '../manifest/text.ts'
import type { Bind, Field, ObjectExpression } from '../syntax/ast.ts'
import { compile, compileCheck } from './compile.ts'
import { addLine, Failure } from './failure.ts'
import { inContext, type Place, Scope } from './scope.ts'
import { type Code, type FieldEntry, type Frame, type Layer, Link, ObjectValue, typeOf, type Value } from './value.ts'

/** Compiles an object; field bodies are compiled when they are first needed. */
export function compileObject(node: ObjectExpression, place: Place, name = 'anonymous'): (frame: Frame) => ObjectValue {
  const inner = objectPlace(place, name)
  const locals = compileObjectLocals(node.locals, inner)
  const asserts = node.asserts.map((assert) => compileCheck(assert, inner, true))
  const constant = new Map<string, FieldEntry>()
  const computed: { readonly name: Code; readonly entry: FieldEntry }[] = []
  for (const field of node.fields) {
    const entry = fieldEntry(field, inner)
    if (typeof field.name !== 'string') computed.push({ name: compile(field.name, place), entry })
    else if (node.fields.every((other) => typeof other.name === 'string')) constant.set(field.name, entry)
    else {
      const fixed = field.name
      computed.push({ name: () => fixed, entry })
    }
  }
  const layer = (fields: ReadonlyMap<string, FieldEntry>, outer: Frame): Layer => ({ fields, outer, locals, asserts })
  if (computed.length === 0) return (outer) => new ObjectValue(new Link(layer(constant, outer), undefined))
  const line = { source: place.unit.source, begin: node.begin, end: node.end, context: place.context }
  return (outer) => {
    const fields = new Map<string, FieldEntry>()
    for (const field of computed) {
      const key = field.name(outer)
      try {
        addField(fields, key, field.entry)
      } catch (thrown) {
        throw addLine(thrown, line)
      }
    }
    return new ObjectValue(new Link(layer(fields, outer), undefined))
  }
}

/** The place inside an object: a frame with self, and the object's locals. */
export function objectPlace(place: Place, name: string): Place {
  return inContext({ ...place, scope: Scope.frame('object', place.scope) }, `object <${name}>`)
}

export function compileObjectLocals(locals: readonly Bind[], inner: Place): Code[] {
  for (const bind of locals) inner.scope.declare(bind.name)
  return locals.map((bind) => compile(bind.body, inner))
}

/** A field whose body is compiled on first use. */
export function fieldEntry(field: Field, inner: Place): FieldEntry {
  let compiled: Code | undefined
  const code: Code = (frame) => {
    compiled ??= compile(field.body, inner)
    return compiled(frame)
  }
  const { begin, end } = field.body
  const plus = field.plus ? { source: inner.unit.source, begin, end, context: '+:' } : undefined
  return { visibility: field.visibility, plus, code, value: null, outer: undefined }
}

export function fieldNameFailure(name: Value): Failure {
  return new Failure(`Field name must be string, got ${typeOf(name)}`)
}

/** Adds a field under a computed name; `null` leaves it out. */
export function addField(fields: Map<string, FieldEntry>, name: Value, entry: FieldEntry): void {
  if (name === null) return
  if (typeof name !== 'string') throw fieldNameFailure(name)
  if (fields.has(name)) throw new Failure(`Duplicate field name: ${quoteJson(name)}`)
  fields.set(name, entry)
}
