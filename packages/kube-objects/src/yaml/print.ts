import { guardDepth, ObjectErrors } from '../errors.ts'
import type { JsonObject } from '../object.ts'
import { compareKeys } from './key-order.ts'
import { scalarText } from './scalar-text.ts'

/**
 * Prints a JSON value as sigs.k8s.io/yaml does: sorted keys, two spaces, sequences not indented, Go's quoting.
 * Ends with a newline and has no document marker. Throws `OBJECT_TOO_DEEP`, `OBJECT_NOT_JSON`.
 */
export function printYaml(value: unknown): string {
  return new Printer(true).print(value)
}

/** As {@link printYaml}, but keys keep their order. */
export function printYamlOrdered(value: unknown): string {
  return new Printer(false).print(value)
}

/** The longest key, in bytes, that is written in the short form. */
const longestKey = 128

class Printer {
  readonly #sorted: boolean
  readonly #keys = new Map<string, string>()
  readonly #pads: string[] = []
  #out = ''

  constructor(sorted: boolean) {
    this.#sorted = sorted
  }

  print(value: unknown): string {
    if (isFilledObject(value)) this.#object(value, 0, false)
    else if (isFilledArray(value)) this.#array(value, 0, false)
    else this.#out = this.#scalar(value, { column: -1, indent: 2 })
    return `${this.#out}\n`.replace(/^\n/, '')
  }

  /** Writes a mapping; `inline` when its first entry continues the line of a `- `. */
  #object(value: JsonObject, indent: number, inline: boolean): void {
    guardDepth(indent / 2)
    let first = inline
    const keys = Object.keys(value)
    if (this.#sorted && keys.length > 1) keys.sort(compareKeys)
    for (const key of keys) {
      const item = value[key]
      if (item === undefined) continue
      if (!first) this.#newLine(indent)
      first = false
      this.#entry(key, item, indent)
    }
  }

  #entry(key: string, item: unknown, indent: number): void {
    const text = this.#key(key)
    if (isExplicitKey(key)) {
      this.#out += `? ${scalarText(key, { column: indent + 1, indent: indent + 2, key: false })}`
      this.#newLine(indent)
      this.#out += ':'
      this.#item(item, indent)
      return
    }
    this.#out += `${text}:`
    if (isFilledObject(item)) this.#object(item, indent + 2, false)
    else if (isFilledArray(item)) this.#array(item, indent, false)
    else this.#out += ` ${this.#scalar(item, { column: indent + text.length + 1, indent: indent + 2 })}`
  }

  #array(value: readonly unknown[], indent: number, inline: boolean): void {
    guardDepth(indent / 2)
    let first = inline
    for (const item of value) {
      if (!first) this.#newLine(indent)
      first = false
      this.#out += '-'
      this.#item(item, indent)
    }
  }

  /** Writes what follows a `-` (or a `:` after an explicit key) at `indent`. */
  #item(item: unknown, indent: number): void {
    this.#out += ' '
    if (isFilledObject(item)) this.#object(item, indent + 2, true)
    else if (isFilledArray(item)) this.#array(item, indent + 2, true)
    else this.#out += this.#scalar(item, { column: indent + 1, indent: indent + 2 })
  }

  #key(key: string): string {
    const known = this.#keys.get(key)
    if (known !== undefined) return known
    const text = scalarText(key, { column: 0, indent: 0, key: true })
    this.#keys.set(key, text)
    return text
  }

  #scalar(value: unknown, place: { column: number; indent: number }): string {
    switch (typeof value) {
      case 'string':
        return scalarText(value, { ...place, key: false })
      case 'number':
        return numberText(value)
      case 'bigint':
        return String(value)
      case 'boolean':
        return value ? 'true' : 'false'
      case 'object':
        return value === null ? 'null' : Array.isArray(value) ? '[]' : '{}'
      case 'undefined':
        return 'null'
      default:
        throw ObjectErrors.NOT_JSON({ type: typeof value })
    }
  }

  #newLine(indent: number): void {
    let pad = this.#pads[indent]
    if (pad === undefined) {
      pad = `\n${' '.repeat(indent)}`
      this.#pads[indent] = pad
    }
    this.#out += pad
  }
}

/** A number as Go prints it: integers of up to 64 bits in full, others in the shortest `%g` form. */
export function numberText(value: number): string {
  if (Number.isInteger(value) && value < 2 ** 64 && value >= -(2 ** 63)) return String(value === 0 ? 0 : value)
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e')
  const exponent = Number(exponentText)
  if (exponent >= -4 && exponent < 6) return String(value)
  const sign = exponent < 0 ? '-' : '+'
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`
}

function isExplicitKey(key: string): boolean {
  if (key.includes('\n')) return true
  return key.length > longestKey / 4 && new TextEncoder().encode(key).length > longestKey
}

function isFilledObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  for (const key in value) if ((value as JsonObject)[key] !== undefined) return true
  return false
}

function isFilledArray(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0
}
