import type { Source } from '../syntax/source.ts'
import type { Machine } from './machine.ts'

/** The layout of a kind of frame; it grows while the code that uses it is compiled. */
export interface Shape {
  readonly kind: 'variables' | 'object'
  size: number
}

/** A file (or piece of code) being run. */
export interface Unit {
  readonly machine: Machine
  readonly source: Source
}

/** Cells of an object's frame. */
export const SELF = 1
export const LINK = 2
const firstVariable = { variables: 1, object: 3 } as const

/** The names visible at a place, and where a frame keeps them. */
export class Scope {
  readonly shape: Shape
  readonly parent: Scope | undefined
  readonly #slots = new Map<string, number>()

  constructor(shape: Shape, parent: Scope | undefined) {
    this.shape = shape
    this.parent = parent
  }

  /** A scope with a frame of its own inside `parent`. */
  static frame(kind: Shape['kind'], parent: Scope | undefined): Scope {
    return new Scope({ kind, size: firstVariable[kind] }, parent)
  }

  /** A scope for more names in the same frame; an object's frame is shared by its fields and takes none. */
  block(): Scope {
    return new Scope(this.shape, this)
  }

  declare(name: string): number {
    const slot = this.shape.size
    this.shape.size += 1
    this.#slots.set(name, slot)
    return slot
  }

  /** How many frames out, and at which cell, a name is. */
  find(name: string): { hops: number; slot: number } {
    let hops = 0
    for (let at: Scope | undefined = this; at !== undefined; at = at.parent) {
      const slot = at.#slots.get(name)
      if (slot !== undefined) return { hops, slot }
      if (at.parent !== undefined && at.parent.shape !== at.shape) hops += 1
    }
    throw new Error(`${name} was not checked`)
  }

  /** How many frames out the nearest (or with `outermost`, the last) object is. */
  objectHops(outermost: boolean): number {
    let hops = 0
    let found = -1
    for (let at: Scope | undefined = this; at !== undefined; at = at.parent) {
      if (at.shape.kind === 'object') {
        found = hops
        if (!outermost) break
      }
      if (at.parent !== undefined && at.parent.shape !== at.shape) hops += 1
    }
    return found
  }
}

/** Everything that compiling an expression depends on. */
export interface Place {
  readonly unit: Unit
  readonly scope: Scope
  /** What the tool calls the surroundings in a stack trace: `$`, `function <f>`, `thunk <x> from <$>`. */
  readonly context: string
}

/** The same place with other surroundings; where the tool tracks none, there are none further in. */
export function inContext(place: Place, context: string): Place {
  return place.context === '' ? place : { ...place, context }
}
