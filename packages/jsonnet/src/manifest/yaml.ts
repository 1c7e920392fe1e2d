import { Failure } from '../evaluate/failure.ts'
import type { Machine } from '../evaluate/machine.ts'
import { visibleFields } from '../evaluate/operators.ts'
import { ArrayValue, isFunction, ObjectValue, type Value } from '../evaluate/value.ts'
import { printShortest } from './number.ts'
import { quoteJson } from './text.ts'

/** Options of `std.manifestYamlDoc`. */
export interface YamlStyle {
  readonly indentArrays: boolean
  readonly quoteKeys: boolean
}

/** A value as a YAML document, as `std.manifestYamlDoc` lays it out. */
export function printYamlDocument(machine: Machine, value: Value, style: YamlStyle): string {
  const text = new YamlPrinter(machine, style).print(value, '')
  machine.checkLength(text.length)
  return text
}

class YamlPrinter {
  readonly #machine: Machine
  readonly #style: YamlStyle

  constructor(machine: Machine, style: YamlStyle) {
    this.#machine = machine
    this.#style = style
  }

  print(value: Value, indent: string): string {
    if (typeof value === 'string') return printString(value, indent)
    if (typeof value === 'number') return printShortest(value)
    if (value === null || typeof value === 'boolean') return String(value)
    if (isFunction(value)) throw new Failure('Tried to manifest function')
    this.#machine.descend()
    const text = value instanceof ArrayValue ? this.#array(value, indent) : this.#object(value, indent)
    this.#machine.leave()
    this.#machine.checkLength(text.length)
    return text
  }

  #array(array: ArrayValue, indent: string): string {
    if (array.items.length === 0) return '[]'
    return this.#machine
      .itemsOf(array)
      .map((item) => {
        const inner = isFilled(item) ? `${indent}  ` : indent
        const space = item instanceof ArrayValue && isFilled(item) ? `\n${inner}` : ' '
        return `-${space}${this.print(item, inner)}`
      })
      .join(`\n${indent}`)
  }

  #object(object: ObjectValue, indent: string): string {
    this.#machine.checkAsserts(object)
    const names = visibleFields(object)
    if (names.length === 0) return '{}'
    return names
      .map((name) => {
        const value = this.#machine.field(object, name)
        const key = this.#style.quoteKeys || !isBareKey(name) ? quoteJson(name) : name
        if (!isFilled(value)) return `${key}: ${this.print(value, indent)}`
        const inner = value instanceof ArrayValue && !this.#style.indentArrays ? indent : `${indent}  `
        return `${key}:\n${inner}${this.print(value, inner)}`
      })
      .join(`\n${indent}`)
  }
}

function isFilled(value: Value): boolean {
  if (value instanceof ArrayValue) return value.items.length > 0
  return value instanceof ObjectValue && visibleFields(value).length > 0
}

function printString(text: string, indent: string): string {
  if (!text.endsWith('\n')) return quoteJson(text)
  return ['|', ...text.slice(0, -1).split('\n')].join(`\n${indent}  `)
}

const reserved = new Set(['', ...'null yes no on off y n true false .nan -.inf +.inf .inf - --- ~'.split(' ')])
const dates = /^([0-9]*-){2}[0-9]*$/
const numbers = [
  /^-?[0-9][0-9_]*$/,
  /^-?([0-9][0-9_]*)?(\.[0-9][0-9_]*)?([eE][-+]?[0-9]+)?$/,
  /^-?0x[0-9a-fA-F_]+$/,
  /^-?0b[01_]+$/,
]

/** True when a key needs no quotes in any reading of YAML. */
export function isBareKey(key: string): boolean {
  if (!/^[A-Za-z0-9_/.-]+$/.test(key)) return false
  if (reserved.has(key.toLowerCase()) || dates.test(key)) return false
  return !numbers.some((form) => form.test(key))
}
