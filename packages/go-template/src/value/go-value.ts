import { Int } from './int.ts'

/**
 * A value of the template language.
 * `undefined` is Go's invalid value (nothing there), `null` a nil interface, numbers are `float64`, {@link Int} the integer types,
 * arrays `[]interface {}` and plain objects `map[string]interface {}` unless {@link typedList} or {@link typedMap} says otherwise.
 */
export type GoValue = undefined | null | boolean | string | number | Int | GoList | GoMap | GoObject

/** A Go slice. */
export interface GoList extends Array<GoValue> {
  [elementType]?: string
}

/** A Go map with string keys. */
export interface GoMap {
  [key: string]: GoValue
  [elementType]?: string
  [namedType]?: NamedMap
}

/** A named map type with methods, such as Helm's values. */
export interface NamedMap {
  readonly name: string
  readonly methods: Readonly<Record<string, GoMethod>>
}

/** A method that templates may call on a receiver. */
export interface GoMethod {
  /** Go names of the parameter types. */
  readonly params: readonly ParamType[]
  readonly variadic?: boolean
  readonly call: (receiver: GoValue, args: readonly GoValue[]) => GoValue
}

/** The parameter types that functions and methods declare. */
export type ParamType =
  | 'any'
  | 'value'
  | 'string'
  | 'int'
  | 'int64'
  | 'float64'
  | 'bool'
  | 'map'
  | 'list'
  | 'strings'
  | 'duration'
  | 'time'
  | 'certificate'
  | 'uint32'

/** Symbol under which a typed slice or map keeps the Go name of its element type. */
export const elementType: unique symbol = Symbol('element type')

/** Symbol under which a map of a named type keeps that type. */
export const namedType: unique symbol = Symbol('named type')

/** A Go struct, pointer or other named type that is no plain data. */
export abstract class GoObject {
  /** Name as `%T` prints it, for example `*chart.Metadata`. */
  abstract readonly goType: string
  /** Kind as `reflect` names it. */
  readonly goKind: string = 'struct'
  /** Value of a field; `undefined` when the type has no such field. */
  abstract field(name: string): GoValue
  /** A method, where the type has it. */
  method(_name: string): GoMethod | undefined {
    return undefined
  }
  /** Elements or bytes of a named slice or map type, for `range`, `len` and `index`. */
  elements(): GoList | GoMap | undefined {
    return undefined
  }
  /** Number of elements of a named slice or map type. */
  size(): number | undefined {
    return undefined
  }
  /** The number behind a named integer type, for `%d`. */
  numeric(): Int | undefined {
    return undefined
  }
  /** How `%v` prints it. */
  abstract print(): string
  /** What JSON and YAML encoders see. */
  abstract plain(): unknown
}

/** True for maps of any type. */
export function isMap(value: GoValue): value is GoMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Int) &&
    !(value instanceof GoObject)
  )
}

/** True for slices of any type. */
export function isList(value: GoValue): value is GoList {
  return Array.isArray(value)
}

/** The slice that a value is or stands for. */
export function asList(value: GoValue): GoList | undefined {
  const elements = value instanceof GoObject ? value.elements() : value
  return isList(elements) ? elements : undefined
}

/** Marks a slice as having elements of a Go type other than `interface {}`. */
export function typedList(list: GoValue[], element: string): GoList {
  const typed = list as GoList
  typed[elementType] = element
  return typed
}

/** A `[]string`. */
export function stringList(list: string[]): GoList {
  return typedList(list, 'string')
}

/** Marks a map as having values of a Go type other than `interface {}`. */
export function typedMap(map: GoMap, element: string): GoMap {
  Object.defineProperty(map, elementType, { value: element, enumerable: false })
  return map
}

/** Gives a map a named type with methods. */
export function namedMap(map: GoMap, type: NamedMap): GoMap {
  Object.defineProperty(map, namedType, { value: type, enumerable: false, configurable: true })
  return map
}

/** Own value of a key; `undefined` when the map has none. */
export function getKey(map: GoMap, key: string): GoValue {
  return Object.hasOwn(map, key) ? (map[key] ?? null) : undefined
}

/** Sets a key, also those that mean something to JavaScript. */
export function setKey(map: GoMap, key: string, value: GoValue): void {
  if (key === '__proto__') {
    Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true })
  } else map[key] = value
}

/** Keys in Go's (byte) order. */
export function sortedKeys(map: GoMap): string[] {
  return Object.keys(map).sort(compareText)
}

/** Compares as Go compares strings, by bytes of UTF-8. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const x = a.charCodeAt(index)
    const y = b.charCodeAt(index)
    if (x === y) continue
    // Surrogates stand for code points above every other UTF-16 unit.
    const xs = x >= 0xd800 && x <= 0xdfff
    const ys = y >= 0xd800 && y <= 0xdfff
    if (xs !== ys) return xs ? 1 : -1
    return x < y ? -1 : 1
  }
  return a.length < b.length ? -1 : 1
}
