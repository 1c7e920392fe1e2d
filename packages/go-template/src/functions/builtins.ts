import { FunctionError } from '../errors.ts'
import { sprint, sprintln } from '../format/print.ts'
import { sprintf } from '../format/printf.ts'
import { isPrintable } from '../format/quote.ts'
import { byteLength, byteSlice, textToBytes } from '../value/bytes.ts'
import {
  elementType,
  type GoList,
  GoObject,
  type GoValue,
  getKey,
  isList,
  isMap,
  typedList,
} from '../value/go-value.ts'
import { Int, int, makeInt } from '../value/int.ts'
import { typeName, zeroOf } from '../value/kind.ts'
import { isTrue } from '../value/truth.ts'
import { comparisons } from './comparison.ts'
import { fn, type TemplateFunction, variadic } from './signature.ts'

function indexArgument(index: GoValue, length: number): number {
  if (index === undefined || index === null) throw new FunctionError('cannot index slice/array with nil')
  if (!(index instanceof Int)) throw new FunctionError(`cannot index slice/array with type ${typeName(index)}`)
  if (index.value < 0n || index.value > BigInt(length)) throw new FunctionError(`index out of range: ${index}`)
  return Number(index.value)
}

function indexOne(given: GoValue, index: GoValue): GoValue {
  const item = given instanceof GoObject ? (given.elements() ?? given) : given
  if (item === null || item === undefined) throw new FunctionError('index of nil pointer')
  if (isList(item)) {
    const at = indexArgument(index, item.length)
    if (at === item.length) throw new FunctionError('reflect: slice index out of range')
    return item[at] ?? null
  }
  if (typeof item === 'string') {
    const bytes = textToBytes(item)
    const at = indexArgument(index, bytes.length)
    if (at === bytes.length) throw new FunctionError('reflect: string index out of range')
    return makeInt('uint8', bytes[at] as number)
  }
  if (typeof item !== 'object' || !isMap(item)) throw new FunctionError(`can't index item of type ${typeName(item)}`)
  if (index === undefined || index === null) throw new FunctionError('value is nil; should be of type string')
  if (typeof index !== 'string') throw new FunctionError(`value has type ${typeName(index)}; should be string`)
  const value = getKey(item, index)
  return value === undefined ? zeroOf(item[elementType]) : value
}

function index(item: GoValue, indexes: readonly GoValue[]): GoValue {
  if (item === null || item === undefined) throw new FunctionError('index of untyped nil')
  let value: GoValue = item
  for (const at of indexes) value = indexOne(value, at)
  return value
}

function slice(item: GoValue, indexes: readonly GoValue[]): GoValue {
  if (item === null || item === undefined) throw new FunctionError('slice of untyped nil')
  if (indexes.length > 3) throw new FunctionError(`too many slice indexes: ${indexes.length}`)
  const isText = typeof item === 'string'
  if (isText && indexes.length === 3) throw new FunctionError('cannot 3-index slice a string')
  if (!isText && !isList(item)) throw new FunctionError(`can't slice item of type ${typeName(item)}`)
  const length = isText ? byteLength(item) : (item as GoList).length
  const [from = 0, to = length, capacity] = indexes.map((value) => indexArgument(value, length))
  if (from > to) throw new FunctionError(`invalid slice index: ${from} > ${to}`)
  if (capacity !== undefined && to > capacity) throw new FunctionError(`invalid slice index: ${to} > ${capacity}`)
  if (isText) return byteSlice(item, from, to)
  const list = item as GoList
  const part = list.slice(from, to)
  return list[elementType] === undefined ? part : typedList(part, list[elementType])
}

function length(item: GoValue): GoValue {
  if (item instanceof GoObject && item.size() !== undefined) return int(item.size() as number)
  if (typeof item === 'string') return int(byteLength(item))
  if (isList(item)) return int(item.length)
  if (item === null) throw new FunctionError('len of nil pointer')
  if (item === undefined) throw new FunctionError('reflect: call of reflect.Value.Type on zero Value')
  if (typeof item === 'object' && isMap(item)) return int(Object.keys(item).length)
  throw new FunctionError(`len of type ${typeName(item)}`)
}

const entities: Readonly<Record<string, string>> = {
  '\u0000': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
}

/** Text with HTML's special characters as entities. */
export function escapeHtml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is replaced too
  return text.replace(/[\u0000"'&<>]/g, (char) => entities[char] as string)
}

const scriptEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
}

function escapeScript(text: string): string {
  let out = ''
  for (const char of text) {
    const known = scriptEscapes[char]
    const code = char.codePointAt(0) as number
    if (known !== undefined) out += known
    else if (code < 0x20 || (code >= 0x7f && !isPrintable(char)))
      out += `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
    else out += char
  }
  return out
}

/** Text as Go's `url.QueryEscape` writes it. */
export function escapeQuery(text: string): string {
  let out = ''
  for (const byte of textToBytes(text)) {
    const char = String.fromCharCode(byte)
    if (/[A-Za-z0-9\-_.~]/.test(char)) out += char
    else out += char === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return out
}

/** Arguments of `html`, `js` and `urlquery` as one text. */
function joined(values: readonly GoValue[]): string {
  return values.length === 1 && typeof values[0] === 'string'
    ? values[0]
    : sprint(values.map((value) => value ?? '<no value>'))
}

/** The `call` function for a callee that the template writes as `name`; there are no function values, so it always fails. */
export function calleeNamed(name: string): TemplateFunction {
  return variadic(['value'], 'value', ([target]) => {
    if (target === null || target === undefined) throw new FunctionError('call of nil')
    throw new FunctionError(`non-function ${name} of type ${typeName(target)}`)
  })
}

const shortCircuits = variadic(['value'], 'value', ([first]) => first)

/** The functions of Go's text/template. */
export const builtins: Readonly<Record<string, TemplateFunction>> = {
  ...comparisons,
  // The executor evaluates these two itself, argument by argument.
  and: shortCircuits,
  or: shortCircuits,
  not: fn(['value'], (value) => !isTrue(value)),
  call: calleeNamed('.'),
  html: variadic([], 'any', (_fixed, values) => escapeHtml(joined(values))),
  index: variadic(['value'], 'value', ([item], indexes) => index(item, indexes)),
  slice: variadic(['value'], 'value', ([item], indexes) => slice(item, indexes)),
  js: variadic([], 'any', (_fixed, values) => escapeScript(joined(values))),
  len: fn(['value'], length),
  print: variadic([], 'any', (_fixed, values) => sprint(values)),
  printf: variadic(['string'], 'any', ([format], values) => sprintf(format, values)),
  println: variadic([], 'any', (_fixed, values) => sprintln(values)),
  urlquery: variadic([], 'any', (_fixed, values) => escapeQuery(joined(values))),
}
