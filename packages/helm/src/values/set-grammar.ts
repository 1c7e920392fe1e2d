import { int64, quoteGo } from '@driftless/go-template'
import { decodeJsonPrefix } from './json-prefix.ts'
import { isTable, setValue, type Table } from './load-values.ts'

/** How the text after `=` becomes a value. */
export type SetKind = 'set' | 'set-string' | 'set-json' | 'set-literal' | 'set-file'

const maxIndex = 65_536
const maxNesting = 30

/** A mistake in a `--set` expression, with Helm's message. */
export class SetProblem extends Error {
  override readonly name = 'SetProblem'
}

/** The text ended; carries what was to be stored before it. */
const atEnd = Symbol('end')
type Step = typeof atEnd | undefined

/**
 * Applies an expression such as `a.b[0]=x,c={1,2}` to values, in place. `readFile` gives the content of the file a `set-file` names.
 * Throws {@link SetProblem}.
 */
export function applySet(
  expression: string,
  values: Table,
  options: { kind: SetKind; readFile?: (path: string) => unknown },
): void {
  const parser = new SetParser(expression, options.kind, options.readFile)
  parser.run(values)
}

class SetParser {
  private readonly chars: readonly string[]
  private readonly kind: SetKind
  private readonly readFile: ((path: string) => unknown) | undefined
  private position = 0

  constructor(expression: string, kind: SetKind, readFile: ((path: string) => unknown) | undefined) {
    this.chars = Array.from(expression)
    this.kind = kind
    this.readFile = readFile
  }

  run(values: Table): void {
    while (this.key(values, 0) !== atEnd);
  }

  /** Characters up to one of `stops`, which is consumed; `\` makes the next character plain unless literal. */
  private until(stops: string): { text: string; stop: string | undefined } {
    let text = ''
    while (this.position < this.chars.length) {
      const char = this.chars[this.position++] as string
      if (stops.includes(char)) return { text, stop: char }
      if (char === '\\' && this.kind !== 'set-literal') {
        const next = this.chars[this.position++]
        if (next === undefined) return { text, stop: undefined }
        text += next
      } else text += char
    }
    return { text, stop: undefined }
  }

  private key(table: Table, nesting: number): Step {
    const { text, stop } = this.until(this.kind === 'set-literal' ? '=[.' : '=[,.')
    switch (stop) {
      case undefined:
        if (text === '') return atEnd
        throw new SetProblem(`key ${quoteGo(text)} has no value`)
      case '[':
        return this.indexedKey(table, text, nesting)
      case '=':
        return this.value((value) => put(table, text, value))
      case ',':
        put(table, text, '')
        throw new SetProblem(`key ${quoteGo(text)} has no value (cannot end with ,)`)
      default:
        return this.nestedKey(table, text, nesting + 1)
    }
  }

  private indexedKey(table: Table, name: string, nesting: number): Step {
    const index = this.index()
    const present = Object.hasOwn(table, name) ? table[name] : undefined
    if (present !== undefined && !Array.isArray(present)) {
      throw new SetProblem(
        `unable to parse key: interface conversion: interface {} is ${goType(present)}, not []interface {}`,
      )
    }
    const list = [...((present as unknown[] | undefined) ?? [])]
    const step = this.item(list, index, nesting)
    put(table, name, list)
    return step
  }

  private nestedKey(table: Table, name: string, nesting: number): Step {
    if (nesting > maxNesting)
      throw new SetProblem(`value name nested level is greater than maximum supported nested level of ${maxNesting}`)
    const present = Object.hasOwn(table, name) ? table[name] : undefined
    if (present !== undefined && !isTable(present)) {
      throw new SetProblem(
        `unable to parse key: interface conversion: interface {} is ${goType(present)}, not map[string]interface {}`,
      )
    }
    const inner = present ?? {}
    const step = this.key(inner, nesting)
    const filled = Object.keys(inner).length > 0
    if (step === undefined && !filled) throw new SetProblem(`key map ${quoteGo(name)} has no value`)
    if (filled) put(table, name, inner)
    return step
  }

  private index(): number {
    const { text, stop } = this.until(']')
    if (stop === undefined) throw new SetProblem('error parsing index: EOF')
    if (!/^[+-]?\d+$/.test(text))
      throw new SetProblem(`error parsing index: strconv.Atoi: parsing ${quoteGo(text)}: invalid syntax`)
    return Number(text)
  }

  private item(list: unknown[], index: number, nesting: number): Step {
    if (index < 0) throw new SetProblem(`negative ${index} index not allowed`)
    const { text, stop } = this.until('[.=')
    if (text !== '') throw new SetProblem(`unexpected data at end of array index: ${quoteGo(text)}`)
    if (stop === undefined) return atEnd
    if (stop === '=') return this.value((value) => putItem(list, index, value))
    if (stop === '[') {
      const nested = this.index()
      const present = list[index]
      const inner = Array.isArray(present) ? [...(present as unknown[])] : []
      const step = this.item(inner, nested, nesting)
      putItem(list, index, inner)
      return step
    }
    const present = list[index]
    const inner = isTable(present) ? present : {}
    const step = this.key(inner, nesting)
    putItem(list, index, inner)
    return step
  }

  /** Reads the value after `=` and stores it. */
  private value(store: (value: unknown) => void): Step {
    if (this.kind === 'set-json') return this.jsonValue(store)
    if (this.kind === 'set-literal') {
      store(this.chars.slice(this.position).join(''))
      this.position = this.chars.length
      return undefined
    }
    if (this.position >= this.chars.length) {
      store('')
      return atEnd
    }
    if (this.chars[this.position] === '{') {
      this.position += 1
      store(this.list())
      return undefined
    }
    store(this.typed(this.until(',').text))
    return undefined
  }

  private list(): unknown[] {
    const list: unknown[] = []
    for (;;) {
      const { text, stop } = this.until(',}')
      if (stop === undefined) throw new SetProblem("list must terminate with '}'")
      list.push(this.typed(text))
      if (stop === '}') {
        if (this.chars[this.position] === ',') this.position += 1
        return list
      }
    }
  }

  private jsonValue(store: (value: unknown) => void): Step {
    if (this.skipBlank()) store(null)
    else {
      const rest = this.chars.slice(this.position).join('')
      const decoded = decodeJsonPrefix(rest)
      if (decoded === undefined) throw new SetProblem('invalid JSON value')
      store(decoded.value)
      this.position += Array.from(rest.slice(0, decoded.length)).length
      this.skipBlank()
    }
    return undefined
  }

  /** Skips white space and one comma; true when that or the end came first. */
  private skipBlank(): boolean {
    while (this.position < this.chars.length) {
      const char = this.chars[this.position] as string
      if (char === ',') {
        this.position += 1
        return true
      }
      if (!/\s/.test(char)) return false
      this.position += 1
    }
    return true
  }

  private typed(text: string): unknown {
    if (this.kind === 'set-string') return text
    if (this.kind === 'set-file') return this.readFile?.(text)
    const lower = text.toLowerCase()
    if (lower === 'true') return true
    if (lower === 'false') return false
    if (lower === 'null') return null
    if (text === '0') return int64(0)
    if (!/^[+-]?\d+$/.test(text) || text.startsWith('0')) return text
    const whole = BigInt(text.replace(/^\+/, ''))
    return whole >= 2n ** 63n || whole < -(2n ** 63n) ? text : int64(whole)
  }
}

function put(table: Table, key: string, value: unknown): void {
  if (key !== '') setValue(table, key, value)
}

function putItem(list: unknown[], index: number, value: unknown): void {
  if (index > maxIndex) throw new SetProblem(`index of ${index} is greater than maximum supported index of ${maxIndex}`)
  while (list.length < index) list.push(null)
  list[index] = value
}

function goType(value: unknown): string {
  if (value === null) return 'nil'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return 'float64'
  if (Array.isArray(value)) return '[]interface {}'
  return isTable(value) ? 'map[string]interface {}' : 'int64'
}
