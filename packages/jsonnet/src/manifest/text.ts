import { Failure } from '../evaluate/failure.ts'
import type { Machine } from '../evaluate/machine.ts'
import { visibleFields } from '../evaluate/operators.ts'
import { ArrayValue, isFunction, type ObjectValue, type Value } from '../evaluate/value.ts'
import { printNumber, printShortest } from './number.ts'

/** How JSON is laid out. */
export interface JsonLayout {
  /** Text of one level of indentation. */
  readonly indent: string
  readonly newline: string
  /** Between a key and its value. */
  readonly colon: string
  /** Between elements that follow each other, before the newline. */
  readonly comma: string
  readonly emptyArray: string
  readonly emptyObject: string
  /** The style of the library's documents: shortest numbers, and line breaks inside empty collections. */
  readonly document?: boolean
  /** Adds `Field "x"` and `Array element n` to errors, as the tool does for its output. */
  readonly traced?: boolean
}

/** What the `jsonnet` command prints. */
export const outputLayout: JsonLayout = {
  indent: '   ',
  newline: '\n',
  colon: ': ',
  comma: ',',
  emptyArray: '[ ]',
  emptyObject: '{ }',
  traced: true,
}

/** What `toString` makes of a value, all on one line. */
const lineLayout: JsonLayout = {
  indent: '',
  newline: '',
  colon: ': ',
  comma: ', ',
  emptyArray: '[ ]',
  emptyObject: '{ }',
}

/** A value as text: strings as they are, others as JSON on one line. */
export function toText(machine: Machine, value: Value): string {
  return typeof value === 'string' ? value : printJson(machine, value, lineLayout)
}

/** A value as JSON text. */
export function printJson(machine: Machine, value: Value, layout: JsonLayout): string {
  const text = new JsonPrinter(machine, layout).print(value, layout.newline)
  machine.checkLength(text.length)
  return text
}

class JsonPrinter {
  readonly #machine: Machine
  readonly #layout: JsonLayout
  #length = 0

  constructor(machine: Machine, layout: JsonLayout) {
    this.#machine = machine
    this.#layout = layout
  }

  /** `newline` is the line break with the indentation of the value's own line. */
  print(value: Value, newline: string): string {
    switch (typeof value) {
      case 'string':
        return this.#count(quoteJson(value))
      case 'number':
        return this.#count(this.#layout.document === true ? printShortest(value) : printNumber(value))
      case 'boolean':
        return this.#count(String(value))
    }
    if (value === null) return this.#count('null')
    if (isFunction(value)) throw new Failure("couldn't manifest function as JSON")
    if (this.#layout.document === true) this.#machine.descend()
    else this.#machine.enter()
    const text = value instanceof ArrayValue ? this.#array(value, newline) : this.#object(value, newline)
    this.#machine.leave()
    return text
  }

  #array(array: ArrayValue, newline: string): string {
    const { indent, comma, emptyArray, traced } = this.#layout
    if (array.items.length === 0) return this.#count(this.#empty(emptyArray, newline))
    const inner = newline + indent
    let text = ''
    for (let i = 0; i < array.items.length; i++) {
      text += i === 0 ? `[${inner}` : comma + inner
      if (traced === true) text += this.#machine.located(() => this.#item(array, i, inner), `Array element ${i}`)
      else text += this.#item(array, i, inner)
    }
    return `${text}${newline}]`
  }

  #empty(text: string, newline: string): string {
    if (this.#layout.document !== true) return text
    return `${text[0]}${this.#layout.newline}${newline}${text.at(-1)}`
  }

  #item(array: ArrayValue, index: number, inner: string): string {
    return this.print(this.#machine.item(array, index), inner)
  }

  #object(object: ObjectValue, newline: string): string {
    const { indent, comma, colon, emptyObject, traced } = this.#layout
    if (traced === true) this.#machine.located(() => this.#machine.checkAsserts(object), 'Checking object assertions')
    else this.#machine.checkAsserts(object)
    const names = visibleFields(object)
    if (names.length === 0) return this.#count(this.#empty(emptyObject, newline))
    const inner = newline + indent
    let text = ''
    for (const name of names) {
      text += `${text === '' ? `{${inner}` : comma + inner}${this.#count(quoteJson(name))}${colon}`
      if (traced === true)
        text += this.#machine.located(() => this.#member(object, name, inner), `Field ${quoteJson(name)}`)
      else text += this.#member(object, name, inner)
    }
    return `${text}${newline}}`
  }

  #member(object: ObjectValue, name: string, inner: string): string {
    return this.print(this.#machine.field(object, name), inner)
  }

  /** Watches the size of the output while it grows. */
  #count(text: string): string {
    this.#length += text.length
    this.#machine.checkLength(this.#length)
    return text
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that JSON escapes
const special = /["\\\u0000-\u001f\u007f-\u009f]/g
const named: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** A string in double quotes, with control characters escaped. */
export function quoteJson(text: string): string {
  return `"${text.replace(special, (c) => named[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`
}
