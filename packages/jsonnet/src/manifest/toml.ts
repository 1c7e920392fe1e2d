import { Failure } from '../evaluate/failure.ts'
import type { Machine } from '../evaluate/machine.ts'
import { visibleFields } from '../evaluate/operators.ts'
import { ArrayValue, isFunction, ObjectValue, typeOf, type Value } from '../evaluate/value.ts'
import { printNumber } from './number.ts'
import { quoteJson } from './text.ts'

/** An object as a TOML document, as `std.manifestTomlEx` lays it out. */
export function printToml(machine: Machine, value: Value, indent: string): string {
  if (!(value instanceof ObjectValue)) {
    throw new Failure(`TOML body must be an object. Got ${typeOf(value)}`)
  }
  const text = new TomlPrinter(machine, indent).table(value, [], '')
  machine.checkLength(text.length)
  return text
}

type Path = readonly (string | number)[]

class TomlPrinter {
  readonly #machine: Machine
  readonly #indent: string

  constructor(machine: Machine, indent: string) {
    this.#machine = machine
    this.#indent = indent
  }

  /** The plain values of a table, then the tables inside it. */
  table(object: ObjectValue, path: readonly string[], indent: string): string {
    this.#machine.descend()
    this.#machine.checkAsserts(object)
    const fields = visibleFields(object).map((name) => [name, this.#machine.field(object, name)] as const)
    const plain = fields
      .filter(([, value]) => !this.#isSection(value))
      .map(([name, value]) => `${indent}${escapeKey(name)} = ${this.#value(value, indent, [...path, name])}`)
    const sections = fields
      .filter(([, value]) => this.#isSection(value))
      .map(([name, value]) => this.#section(value, [...path, name], indent))
    this.#machine.leave()
    return [plain.join('\n'), ...sections].join('\n\n')
  }

  #isSection(value: Value): boolean {
    if (value instanceof ObjectValue) return true
    if (!(value instanceof ArrayValue) || value.items.length === 0) return false
    return this.#machine.itemsOf(value).every((item) => item instanceof ObjectValue)
  }

  #section(value: Value, path: readonly string[], indent: string): string {
    const name = path.map(escapeKey).join('.')
    if (value instanceof ObjectValue) return this.#titled(`${indent}[${name}]`, value, { path, indent })
    const tables = this.#machine.itemsOf(value as ArrayValue) as ObjectValue[]
    return tables.map((table) => this.#titled(`${indent}[[${name}]]`, table, { path, indent })).join('\n\n')
  }

  #titled(title: string, table: ObjectValue, at: { path: readonly string[]; indent: string }): string {
    const body = this.table(table, at.path, at.indent + this.#indent)
    return body === '' ? title : `${title}\n${body}`
  }

  #value(value: Value, indent: string, path: Path): string {
    if (typeof value === 'string') return quoteJson(value)
    if (typeof value === 'number') return printNumber(value)
    if (typeof value === 'boolean') return String(value)
    if (value instanceof ArrayValue) return this.#array(value, indent, path)
    if (value instanceof ObjectValue) return this.#inlineTable(value, path)
    throw new Failure(`Tried to manifest ${isFunction(value) ? 'function' : '"null"'} at [${path.join(' ')}]`)
  }

  #array(value: ArrayValue, indent: string, path: Path): string {
    if (value.items.length === 0) return '[]'
    this.#machine.descend()
    const inner = indent + this.#indent
    const items = this.#machine.itemsOf(value).map((item, i) => inner + this.#inline(item, [...path, i]))
    this.#machine.leave()
    return `[\n${items.join(',\n')}\n${indent}]`
  }

  /** A value inside an array or inline table, on one line. */
  #inline(value: Value, path: Path): string {
    if (!(value instanceof ArrayValue)) return this.#value(value, '', path)
    if (value.items.length === 0) return '[]'
    this.#machine.descend()
    const items = this.#machine.itemsOf(value).map((item, i) => this.#inline(item, [...path, i]))
    this.#machine.leave()
    return `[ ${items.join(', ')} ]`
  }

  #inlineTable(value: ObjectValue, path: Path): string {
    this.#machine.descend()
    const fields = visibleFields(value).map(
      (name) => `${escapeKey(name)} = ${this.#inline(this.#machine.field(value, name), [...path, name])}`,
    )
    this.#machine.leave()
    return `{ ${fields.join(', ')} }`
  }
}

function escapeKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : quoteJson(key)
}
