import { isMap, isNull, OddScalar, tagOf } from '../values/scalar.ts'
import { fieldOf, setOwn, settle } from '../values/tree.ts'

/** Reads a value of one shape. */
export interface Shape<T> {
  /** Name in messages. */
  readonly name: string
  read(value: unknown, at: ReadAt): T
}

/** Where a value is read. */
export interface ReadAt {
  readonly path: string
  /** Unknown fields are errors. */
  readonly strict: boolean
}

/** A value that has not the shape that is needed. */
export class ShapeProblem extends Error {}

/** What a shape reads. */
export type Read<S> = S extends Shape<infer T> ? T : never

function wrong(value: unknown, at: ReadAt, name: string): ShapeProblem {
  const tag = tagOf(value)
  const found =
    tag === undefined
      ? Array.isArray(value)
        ? 'array'
        : 'object'
      : tag === 'bool'
        ? 'bool'
        : tag === 'str'
          ? 'string'
          : 'number'
  return new ShapeProblem(`json: cannot unmarshal ${found} into Go struct field ${at.path} of type ${name}`)
}

export const text: Shape<string> = {
  name: 'string',
  read(value, at) {
    if (isNull(value)) return ''
    if (tagOf(value) === 'str') return value as string
    if (value instanceof OddScalar && (value.tag === 'time' || value.tag === 'binary')) return String(value.value)
    throw wrong(value, at, 'string')
  },
}

export const flag: Shape<boolean> = {
  name: 'bool',
  read(value, at) {
    if (isNull(value)) return false
    if (typeof value === 'boolean') return value
    if (value instanceof OddScalar && value.tag === 'bool') return value.value === true
    throw wrong(value, at, 'bool')
  },
}

export const whole: Shape<number> = {
  name: 'int64',
  read(value, at) {
    if (isNull(value)) return 0
    const number = value instanceof OddScalar ? Number(value.value) : value
    if (typeof number === 'number' && Number.isInteger(number)) return number
    throw wrong(value, at, 'int64')
  },
}

export const anything: Shape<unknown> = {
  name: 'interface {}',
  read: (value) => (value === undefined ? undefined : settle(value, false)),
}

/** A list; absent and null are undefined. */
export function listOf<T>(item: Shape<T>): Shape<T[] | undefined> {
  const name = `[]${item.name}`
  return {
    name,
    read(value, at) {
      if (isNull(value)) return undefined
      if (!Array.isArray(value)) throw wrong(value, at, name)
      return value.map((entry) => item.read(entry, at))
    },
  }
}

/** A mapping with any keys; absent and null are undefined. */
export function mapOf<T>(item: Shape<T>): Shape<{ [key: string]: T } | undefined> {
  const name = `map[string]${item.name}`
  return {
    name,
    read(value, at) {
      if (isNull(value)) return undefined
      if (!isMap(value)) throw wrong(value, at, name)
      const read: { [key: string]: T } = {}
      for (const key of Object.keys(value)) setOwn(read as { [key: string]: unknown }, key, item.read(value[key], at))
      return read
    },
  }
}

/** A mapping with known fields, which are found whatever their case; absent and null are undefined. */
export function record<F extends { [field: string]: Shape<unknown> }>(
  name: string,
  fields: F,
): Shape<{ [K in keyof F]: Read<F[K]> } | undefined> {
  const byLowerCase = new Map(Object.keys(fields).map((field) => [field.toLowerCase(), field]))
  return {
    name: `types.${name}`,
    read(value, at) {
      if (isNull(value)) return undefined
      if (!isMap(value)) throw wrong(value, at, `types.${name}`)
      const named: { [field: string]: unknown } = {}
      for (const key of Object.keys(value)) {
        const field = byLowerCase.get(key.toLowerCase())
        if (field !== undefined) named[field] = value[key]
        else if (at.strict) throw new ShapeProblem(`json: unknown field "${key}"`)
      }
      const read = Object.entries(fields).map(([field, shape]) => [
        field,
        shape.read(fieldOf(named, field), { ...at, path: `${name}.${field}` }),
      ])
      return Object.fromEntries(read) as { [K in keyof F]: Read<F[K]> }
    },
  }
}

/** As {@link record}, for a list's items and other places where null is an empty mapping. */
export function filled<T>(shape: Shape<T | undefined>): Shape<T> {
  return { name: shape.name, read: (value, at) => shape.read(isNull(value) ? {} : value, at) as T }
}

/** A text that may be absent. */
export const optionalText: Shape<string | undefined> = {
  name: 'string',
  read: (value, at) => (isNull(value) ? undefined : text.read(value, at)),
}
