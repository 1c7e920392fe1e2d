import type { Visibility } from '../syntax/ast.ts'
import type { TraceLine } from './failure.ts'
import type { Machine } from './machine.ts'

/** A value of Jsonnet; strings are UTF-16 inside and counted in code points outside. */
export type Value = null | boolean | number | string | ArrayValue | ObjectValue | FunctionValue

/** A value or the promise of one. */
export type Lazy = Value | Thunk

/** Compiled code: evaluates in a frame. */
export type Code = (frame: Frame) => Value

/**
 * The variables of one activation. Cell 0 is the enclosing frame; frames of objects hold self in 1 and their
 * layer's link in 2; the rest are variables.
 */
export type Frame = (Lazy | Frame | Link | undefined)[]

/** A computation that runs at most once. */
export class Thunk {
  /** `undefined` once the value is known. */
  code: Code | undefined
  frame: Frame
  value: Value = null

  constructor(code: Code, frame: Frame) {
    this.code = code
    this.frame = frame
  }
}

export class ArrayValue {
  readonly items: Lazy[]

  constructor(items: Lazy[]) {
    this.items = items
  }
}

/** One field of a layer: either code to run in the object's frame, or a value that is there already. */
export interface FieldEntry {
  readonly visibility: Visibility
  /** Set for `+:`; the line that its failures carry. */
  readonly plus: TraceLine | undefined
  readonly code: Code | undefined
  readonly value: Lazy
  /** The frame around the object, where each field has its own (comprehensions). */
  readonly outer: Frame | undefined
}

/** What one object literal adds to an object. */
export interface Layer {
  readonly fields: ReadonlyMap<string, FieldEntry>
  readonly outer: Frame
  readonly locals: readonly Code[]
  /** Each throws when its assertion does not hold. */
  readonly asserts: readonly Code[]
  /** A name that this layer takes from the `span` layers below it. */
  readonly without?: { readonly name: string; readonly span: number }
}

/** A layer in an inheritance chain: `below` is what `super` sees. */
export class Link {
  readonly layer: Layer
  readonly below: Link | undefined
  readonly depth: number
  readonly hasAsserts: boolean

  constructor(layer: Layer, below: Link | undefined) {
    this.layer = layer
    this.below = below
    this.depth = below === undefined ? 1 : below.depth + 1
    this.hasAsserts = layer.asserts.length > 0 || below?.hasAsserts === true
  }
}

export class ObjectValue {
  readonly top: Link
  /** Values of fields by the link they were found at. */
  readonly caches = new Map<Link, Map<string, Value>>()
  /** The frame of each link for this self. */
  readonly frames = new Map<Link, Frame>()
  asserted = false
  /** Field name → the topmost link that has it; built for tall objects. */
  index: Map<string, Link> | undefined
  lookups = 0

  constructor(top: Link) {
    this.top = top
  }
}

/** A function written in Jsonnet. */
export interface FunctionTemplate {
  readonly parameters: readonly string[]
  readonly fallbacks: readonly (Code | undefined)[]
  body(): Code
}

/** A closure or a function of the standard library. */
export type FunctionValue = Closure | NativeFunction

export class Closure {
  readonly template: FunctionTemplate
  readonly frame: Frame

  constructor(template: FunctionTemplate, frame: Frame) {
    this.template = template
    this.frame = frame
  }
}

/** A function written in TypeScript; absent optional arguments are `undefined`. */
export class NativeFunction {
  readonly name: string
  readonly parameters: readonly string[]
  readonly required: number
  readonly run: (machine: Machine, args: (Lazy | undefined)[]) => Value

  constructor(
    name: string,
    parameters: readonly string[],
    options: { required: number; run: (machine: Machine, args: (Lazy | undefined)[]) => Value },
  ) {
    this.name = name
    this.parameters = parameters
    this.required = options.required
    this.run = options.run
  }
}

/** The name of a value's type as `std.type` tells it. */
export function typeOf(value: Value): string {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value
    default:
      if (value === null) return 'null'
      if (value instanceof ArrayValue) return 'array'
      return value instanceof ObjectValue ? 'object' : 'function'
  }
}

export function isFunction(value: Value): value is FunctionValue {
  return value instanceof Closure || value instanceof NativeFunction
}

const noFields: readonly Code[] = []

/** An object of fields that need no frame. */
export function objectOf(fields: ReadonlyMap<string, FieldEntry>): ObjectValue {
  return new ObjectValue(new Link({ fields, outer: [], locals: noFields, asserts: noFields }, undefined))
}

/** An object with visible fields of these values. */
export function plainObject(values: Iterable<readonly [string, Lazy]>): ObjectValue {
  const fields = new Map<string, FieldEntry>()
  for (const [name, value] of values) fields.set(name, plainField(value, 'inherit'))
  return objectOf(fields)
}

export function plainField(value: Lazy, visibility: Visibility): FieldEntry {
  return { visibility, plus: undefined, code: undefined, value, outer: undefined }
}
