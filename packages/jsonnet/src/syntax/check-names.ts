import type { Bind, ComprehensionStep, Expression, Field, ObjectAssert, Parameter } from './ast.ts'
import type { Source } from './source.ts'

interface Names {
  readonly parent: Names | undefined
  readonly own: ReadonlySet<string>
}

/** Refuses unknown variables and `self`, `super`, `$` outside objects. Throws `JSONNET_STATIC`. */
export function checkNames(source: Source, expression: Expression, known: readonly string[]): void {
  new NameCheck(source).visit(expression, { parent: undefined, own: new Set(known) }, false)
}

class NameCheck {
  readonly #source: Source

  constructor(source: Source) {
    this.#source = source
  }

  visit(node: Expression | undefined, names: Names, inObject: boolean): void {
    if (node === undefined) return
    switch (node.kind) {
      case 'variable':
        if (!isKnown(names, node.name)) throw this.#fail(node, `Unknown variable: ${node.name}`)
        return
      case 'self':
        if (!inObject) throw this.#fail(node, "Can't use self outside of an object.")
        return
      case 'dollar':
        if (!inObject) throw this.#fail(node, 'No top-level object found.')
        return
      case 'super-index':
      case 'in-super':
        if (!inObject) throw this.#fail(node, "Can't use super outside of an object.")
        this.visit(node.index, names, inObject)
        return
      case 'object':
        this.#object(node, names, inObject)
        return
      case 'object-comprehension':
        this.#objectComprehension(node, names, inObject)
        return
      case 'array-comprehension':
        this.visit(node.body, this.#steps(node.steps, names, inObject), inObject)
        return
      case 'local': {
        const inner = extend(names, node.binds)
        for (const bind of node.binds) this.visit(bind.body, inner, inObject)
        this.visit(node.body, inner, inObject)
        return
      }
      case 'function':
        this.#function(node.parameters, node.body, { names, inObject })
        return
      default:
        for (const child of plainChildren(node)) this.visit(child, names, inObject)
    }
  }

  #function(parameters: readonly Parameter[], body: Expression, at: { names: Names; inObject: boolean }): void {
    const inner = extend(at.names, parameters)
    for (const parameter of parameters) this.visit(parameter.fallback, inner, at.inObject)
    this.visit(body, inner, at.inObject)
  }

  #object(
    node: { fields: readonly Field[]; locals: readonly Bind[]; asserts: readonly ObjectAssert[] },
    names: Names,
    inObject: boolean,
  ): void {
    const inner = extend(names, node.locals)
    for (const field of node.fields) {
      if (typeof field.name !== 'string') this.visit(field.name, names, inObject)
      this.visit(field.body, inner, true)
    }
    for (const bind of node.locals) this.visit(bind.body, inner, true)
    for (const assert of node.asserts) {
      this.visit(assert.condition, inner, true)
      this.visit(assert.message, inner, true)
    }
  }

  #objectComprehension(
    node: { field: Field; locals: readonly Bind[]; steps: readonly ComprehensionStep[] },
    names: Names,
    inObject: boolean,
  ): void {
    const stepped = this.#steps(node.steps, names, inObject)
    if (typeof node.field.name !== 'string') this.visit(node.field.name, stepped, inObject)
    const inner = extend(stepped, node.locals)
    for (const bind of node.locals) this.visit(bind.body, inner, true)
    this.visit(node.field.body, inner, true)
  }

  #steps(steps: readonly ComprehensionStep[], names: Names, inObject: boolean): Names {
    let inner = names
    for (const step of steps) {
      if (step.kind === 'if') this.visit(step.condition, inner, inObject)
      else {
        this.visit(step.list, inner, inObject)
        inner = extend(inner, [step])
      }
    }
    return inner
  }

  #fail(node: { begin: number; end: number }, reason: string): Error {
    return this.#source.fail(node.begin, node.end, reason)
  }
}

function isKnown(names: Names, name: string): boolean {
  for (let at: Names | undefined = names; at !== undefined; at = at.parent) if (at.own.has(name)) return true
  return false
}

function extend(parent: Names, named: readonly { readonly name: string }[]): Names {
  return named.length === 0 ? parent : { parent, own: new Set(named.map(({ name }) => name)) }
}

/** Children that see exactly the names of their parent. */
function plainChildren(node: Expression): readonly (Expression | undefined)[] {
  switch (node.kind) {
    case 'array':
      return node.items
    case 'unary':
      return [node.operand]
    case 'binary':
      return [node.left, node.right]
    case 'if':
      return [node.condition, node.then, node.otherwise]
    case 'call':
      return [node.target, ...node.positional, ...node.named.map(({ value }) => value)]
    case 'index':
      return [node.target, node.index]
    case 'slice':
      return [node.target, ...node.parts]
    case 'error':
      return [node.message]
    case 'assert':
      return [node.condition, node.message, node.rest]
    default:
      return []
  }
}
