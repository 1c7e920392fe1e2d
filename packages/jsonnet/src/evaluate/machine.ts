import { JsonnetErrors } from '../errors.ts'
import type { Source } from '../syntax/source.ts'
import { addLine, Failure, type TraceLine } from './failure.ts'
import { findBelow, findField } from './object-fields.ts'
import { addValues } from './operators.ts'
import {
  ArrayValue,
  Closure,
  type Code,
  type FieldEntry,
  type Frame,
  type FunctionValue,
  type Lazy,
  type Link,
  NativeFunction,
  type ObjectValue,
  Thunk,
  typeOf,
  type Value,
} from './value.ts'

/** How much a program may use. */
export interface JsonnetLimits {
  /** Frames of functions, thunks and fields within one another; the tool's default is 500. */
  readonly maxStack: number
  /** Calls, evaluated thunks and fields, and array elements made. */
  readonly maxSteps: number
  /** Characters of output, and of any one string. */
  readonly maxOutput: number
}

/** A named argument of a call. */
export type Named = readonly [name: string, value: Lazy]

/** What a `tailstrict` call in tail position leaves for its caller to run. */
export class TailCall {
  readonly callee: FunctionValue
  readonly args: Lazy[]
  readonly named: readonly Named[]
  readonly line: TraceLine

  constructor(callee: FunctionValue, args: Lazy[], more: { named: readonly Named[]; line: TraceLine }) {
    this.callee = callee
    this.args = args
    this.named = more.named
    this.line = more.line
  }
}

/** Runs thunks, calls and fields of one evaluation within its limits. */
export class Machine {
  readonly limits: JsonnetLimits
  /** Lines that `std.trace` wrote. */
  readonly traces: string[] = []
  /** External variables by name. */
  readonly external = new Map<string, Lazy>()
  /** Answers `import` and its kin; set before a program runs. */
  importer: (how: 'import' | 'importstr' | 'importbin', path: string, from: Source) => Value = () => {
    throw new Failure('there is nothing to import from')
  }
  #depth = 0
  #steps = 0

  constructor(limits: JsonnetLimits) {
    this.limits = limits
  }

  /** Counts work; throws `JSONNET_LIMIT` when there was too much. */
  spend(amount: number): void {
    this.#steps += amount
    if (this.#steps > this.limits.maxSteps) {
      throw JsonnetErrors.LIMIT({ what: 'work of the program in steps', limit: this.limits.maxSteps })
    }
  }

  /** Refuses a text that is too long before it is made. */
  checkLength(length: number): void {
    if (length > this.limits.maxOutput) {
      throw JsonnetErrors.LIMIT({ what: 'length of a text', limit: this.limits.maxOutput })
    }
  }

  /** Enters a frame; {@link leave} follows unless the evaluation ends in an error. */
  enter(): void {
    this.#depth += 1
    if (this.#depth > this.limits.maxStack) throw new Failure('max stack frames exceeded.')
    this.#steps += 1
    if (this.#steps > this.limits.maxSteps) this.spend(0)
  }

  /** Enters a collection that is being written as a document; {@link leave} follows. */
  descend(): void {
    this.#depth += 1
    if (this.#depth > this.limits.maxStack) {
      throw new Failure('max manifest depth exceeded, possible infinite recursion')
    }
    this.spend(1)
  }

  leave(): void {
    this.#depth -= 1
  }

  force(lazy: Lazy): Value {
    if (!(lazy instanceof Thunk)) return lazy
    const { code } = lazy
    if (code === undefined) return lazy.value
    this.enter()
    const value = code(lazy.frame)
    this.#depth -= 1
    lazy.value = value
    lazy.code = undefined
    lazy.frame = noFrame
    return value
  }

  /** The value of an element, which replaces its thunk. */
  item(array: ArrayValue, index: number): Value {
    const item = array.items[index] as Lazy
    if (!(item instanceof Thunk)) return item
    const value = this.force(item)
    array.items[index] = value
    return value
  }

  /** All elements, evaluated. */
  itemsOf(array: ArrayValue): Value[] {
    const { items } = array
    for (let i = 0; i < items.length; i++) if (items[i] instanceof Thunk) this.item(array, i)
    return items as Value[]
  }

  call(callee: FunctionValue, args: Lazy[], named: readonly Named[] = noNames, strict = false): Value {
    // The tool counts frames of Jsonnet code only.
    if (callee instanceof NativeFunction) return this.#run(callee, args, named, strict)
    this.enter()
    const result = this.settle(this.#run(callee, args, named, strict))
    this.#depth -= 1
    return result
  }

  /** Runs the calls that code in tail position left. */
  settle(value: Value | TailCall): Value {
    let result = value
    while (result instanceof TailCall) {
      this.spend(1)
      const { callee, args, named, line } = result
      try {
        result = this.#run(callee, args, named, true)
      } catch (thrown) {
        throw addLine(thrown, line)
      }
    }
    return result
  }

  #run(callee: FunctionValue, args: Lazy[], named: readonly Named[], strict: boolean): Value {
    if (callee instanceof Closure) {
      const { template, frame } = callee
      const inner: Frame = [frame]
      if (named.length === 0 && args.length === template.parameters.length) {
        for (let i = 0; i < args.length; i++) inner.push(args[i])
        return template.body()(inner)
      }
      const bound = bindArguments(template.parameters, args, named)
      for (let i = 0; i < bound.length; i++) {
        const argument = bound[i]
        const fallback = template.fallbacks[i]
        if (argument !== undefined) inner.push(argument)
        else if (fallback !== undefined) inner.push(new Thunk(fallback, inner))
        else throw new Failure(`Missing argument: ${template.parameters[i]}`)
      }
      if (strict) for (let i = 1; i < inner.length; i++) this.force(inner[i] as Lazy)
      return template.body()(inner)
    }
    const bound =
      named.length === 0 && args.length === callee.parameters.length
        ? args
        : bindArguments(callee.parameters, args, named)
    for (let i = 0; i < callee.required; i++) {
      if (bound[i] === undefined) throw new Failure(`Missing argument: ${callee.parameters[i]}`)
    }
    return callee.run(this, bound)
  }

  /** The value of a field; checks the object's assertions first. */
  field(object: ObjectValue, name: string): Value {
    if (object.top.hasAsserts) this.checkAsserts(object)
    const link = findField(object, name)
    if (link === undefined) throw new Failure(`Field does not exist: ${name}`)
    return this.fieldAt(object, link, name)
  }

  /** The value of the field that a link of the object holds. */
  fieldAt(object: ObjectValue, link: Link, name: string): Value {
    const entry = link.layer.fields.get(name) as FieldEntry
    if (entry.code === undefined) return this.force(entry.value)
    let cache = object.caches.get(link)
    if (cache === undefined) {
      cache = new Map()
      object.caches.set(link, cache)
    }
    const known = cache.get(name)
    if (known !== undefined) return known
    this.enter()
    let value = entry.code(this.#frameOf(object, link, entry))
    if (entry.plus !== undefined) value = this.#plus({ object, link, name, line: entry.plus }, value)
    this.#depth -= 1
    cache.set(name, value)
    return value
  }

  /** `super.name + value` where there is such a field. */
  #plus(at: { object: ObjectValue; link: Link; name: string; line: TraceLine }, value: Value): Value {
    const below = findBelow(at.link.below, at.name)
    if (below === undefined) return value
    try {
      return addValues(this, this.fieldAt(at.object, below, at.name), value)
    } catch (thrown) {
      throw addLine(thrown, at.line)
    }
  }

  #frameOf(object: ObjectValue, link: Link, entry: FieldEntry): Frame {
    if (entry.outer !== undefined) return objectFrame(object, link, entry.outer)
    return this.frameOf(object, link)
  }

  frameOf(object: ObjectValue, link: Link): Frame {
    let frame = object.frames.get(link)
    if (frame === undefined) {
      frame = objectFrame(object, link, link.layer.outer)
      object.frames.set(link, frame)
    }
    return frame
  }

  checkAsserts(object: ObjectValue): void {
    if (object.asserted || !object.top.hasAsserts) return
    object.asserted = true
    const links: Link[] = []
    for (let link: Link | undefined = object.top; link?.hasAsserts; link = link.below) links.push(link)
    for (const link of links) {
      for (const check of link.layer.asserts) {
        this.enter()
        check(this.frameOf(object, link))
        this.#depth -= 1
      }
    }
  }

  /** Runs a step whose failures carry a line that is no place in a source. */
  located<T>(step: () => T, context: string): T {
    try {
      return step()
    } catch (thrown) {
      throw addLine(thrown, { context })
    }
  }

  /** An array of `length` elements, each made when it is needed. */
  lazyArray(length: number, make: (index: number) => Value): ArrayValue {
    this.spend(length)
    const items: Lazy[] = []
    for (let i = 0; i < length; i++) items.push(new Thunk(() => make(i), noFrame))
    return new ArrayValue(items)
  }

  delay(make: Code): Thunk {
    return new Thunk(make, noFrame)
  }
}

const noFrame: Frame = []
const noNames: readonly Named[] = []

function objectFrame(object: ObjectValue, link: Link, outer: Frame): Frame {
  const frame: Frame = [outer, object, link]
  for (const code of link.layer.locals) frame.push(new Thunk(code, frame))
  return frame
}

/** Places positional and named arguments; `undefined` where none was given. */
function bindArguments(
  parameters: readonly string[],
  args: readonly Lazy[],
  named: readonly Named[],
): (Lazy | undefined)[] {
  if (args.length > parameters.length) {
    throw new Failure(`function expected ${parameters.length} positional argument(s), but got ${args.length}`)
  }
  const bound: (Lazy | undefined)[] = [...args]
  while (bound.length < parameters.length) bound.push(undefined)
  for (const [name, value] of named) {
    const at = parameters.indexOf(name)
    if (at < 0) throw new Failure(`function has no parameter ${name}`)
    if (bound[at] !== undefined) throw new Failure(`Argument ${name} already provided`)
    bound[at] = value
  }
  return bound
}

/** Throws the tool's error for a value of the wrong type. */
export function unexpectedType(value: Value, expected: string): Failure {
  return new Failure(`Unexpected type ${typeOf(value)}, expected ${expected}`)
}
