import { charactersOf, lengthOf, slicePoints } from '../evaluate/code-points.ts'
import { Failure } from '../evaluate/failure.ts'
import { type Machine, unexpectedType } from '../evaluate/machine.ts'
import { ArrayValue, type Lazy, typeOf, type Value } from '../evaluate/value.ts'
import { printBrief } from '../manifest/number.ts'
import { toText } from '../manifest/text.ts'
import { codePoint, formatText } from './format.ts'
import { array, integer, type Library, measured, number, strict, text } from './signature.ts'

/** Strings. */
export const stringFunctions: Library = {
  toString: strict('a', (machine, a: Value) => toText(machine, a)),
  codepoint: strict('str', (_, str: Value) => {
    const character = text(str)
    const length = lengthOf(character)
    if (length !== 1) throw new Failure(`codepoint takes a string of length 1, got length ${length}`)
    return character.codePointAt(0) as number
  }),
  char: strict('n', (_, n: Value) => codePoint(number(n))),
  stringChars: strict('str', (machine, str: Value) => {
    const characters = charactersOf(measured(str))
    machine.spend(characters.length)
    return new ArrayValue(characters)
  }),
  substr: strict('str from len', (_, str: Value, from: Value, length: Value) => substring(str, from, length)),
  findSubstr: strict('pat str', (_, pattern: Value, str: Value) => findSubstring(pattern, str)),
  startsWith: strict('a b', (_, a: Value, b: Value) => measured(a).startsWith(measured(b))),
  endsWith: strict('a b', (_, a: Value, b: Value) => measured(a).endsWith(measured(b))),
  stripChars: strict('str chars', (_, str: Value, chars: Value) => strip(str, chars, [true, true])),
  lstripChars: strict('str chars', (_, str: Value, chars: Value) => strip(str, chars, [true, false])),
  rstripChars: strict('str chars', (_, str: Value, chars: Value) => strip(str, chars, [false, true])),
  trim: strict('str', (_, str: Value) => strip(str, ' \t\n\f\r\u0085\u00a0', [true, true])),
  split: strict('str c', (machine, str: Value, c: Value) =>
    splitText(machine, splitArguments('split', str, c), { limit: -1, fromRight: false }),
  ),
  splitLimit: strict('str c maxsplits', (machine, str: Value, c: Value, max: Value) =>
    splitText(machine, splitArguments('splitLimit', str, c), {
      limit: splitLimit('splitLimit', max),
      fromRight: false,
    }),
  ),
  splitLimitR: strict('str c maxsplits', (machine, str: Value, c: Value, max: Value) =>
    splitText(machine, splitArguments('splitLimitR', str, c), {
      limit: splitLimit('splitLimitR', max),
      fromRight: true,
    }),
  ),
  strReplace: strict('str from to', (machine, str: Value, from: Value, to: Value) => {
    const found = text(str)
    const pattern = text(from)
    const parts = found.split(pattern)
    if (pattern === '') throw new Failure("'from' string must not be zero length.")
    machine.checkLength(found.length + parts.length * text(to).length)
    return parts.join(text(to))
  }),
  asciiUpper: strict('str', (_, str: Value) => measured(str).replace(/[a-z]+/g, (part) => part.toUpperCase())),
  asciiLower: strict('str', (_, str: Value) => asciiLower(measured(str))),
  equalsIgnoreCase: strict('str1 str2', (_, a: Value, b: Value) => asciiLower(text(a)) === asciiLower(text(b))),
  isEmpty: strict('str', (_, str: Value) => text(str) === ''),
  format: strict('str vals', (machine, str: Value, values: Value) => formatText(machine, measured(str), values)),
  join: strict('sep arr', join),
  lines: strict('arr', (machine, arr: Value) => join(machine, '\n', new ArrayValue([...array(arr).items, '']))),
  deepJoin: strict('arr', (machine, arr: Value) => deepJoin(machine, arr)),
  parseInt: strict('str', (_, str: Value) => parseInteger(text(str))),
  parseOctal: strict('str', (_, str: Value) => parseRadix(radixText(str, 'Not an octal number'), 8)),
  parseHex: strict('str', (_, str: Value) => parseRadix(radixText(str, 'Not hexadecimal'), 16)),
  resolvePath: strict('f r', (_, f: Value, r: Value) => {
    const path = text(f)
    return path.slice(0, path.lastIndexOf('/') + 1) + text(r)
  }),
  escapeStringJson: strict('str_', (machine, str: Value) => escapeJson(toText(machine, str))),
  escapeStringPython: strict('str', (machine, str: Value) => escapeJson(toText(machine, str))),
  escapeStringBash: strict('str_', (machine, str: Value) => `'${toText(machine, str).replaceAll("'", `'"'"'`)}'`),
  escapeStringDollars: strict('str_', (machine, str: Value) => toText(machine, str).replaceAll('$', '$$$$')),
  escapeStringXML: strict('str_', (machine, str: Value) => escapeXml(toText(machine, str))),
}

function asciiLower(found: string): string {
  return found.replace(/[A-Z]+/g, (part) => part.toLowerCase())
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are escaped
const jsonSpecial = /["\\\u0000-\u001f\u007f-\u009f]/g
const jsonNamed: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

function escapeJson(found: string): string {
  const body = found.replace(jsonSpecial, (c) => jsonNamed[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `"${body}"`
}

const entities: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
}

function escapeXml(found: string): string {
  return found.replace(/[<>&"']/g, (c) => entities[c] as string)
}

function substring(str: Value, from: Value, length: Value): string {
  if (typeof str !== 'string') throw new Failure(`substr first parameter should be a string, got ${typeOf(str)}`)
  if (typeof from !== 'number') throw new Failure(`substr second parameter should be a number, got ${typeOf(from)}`)
  if (typeof length !== 'number') throw new Failure(`substr third parameter should be a number, got ${typeOf(length)}`)
  if (!Number.isInteger(from)) throw new Failure(`substr second parameter should be an integer, got ${from.toFixed(6)}`)
  if (!Number.isInteger(length)) {
    throw new Failure(`substr third parameter should be an integer, got ${length.toFixed(6)}`)
  }
  if (from < 0) throw new Failure(`substr second parameter should be greater than zero, got ${from.toFixed(6)}`)
  if (length < 0) throw new Failure(`substr third parameter should be greater than zero, got ${printBrief(length)}`)
  return slicePoints(str, from, from + length)
}

function findSubstring(pattern: Value, str: Value): ArrayValue {
  if (typeof pattern !== 'string') {
    throw new Failure(`findSubstr first parameter should be a string, got ${typeOf(pattern)}`)
  }
  if (typeof str !== 'string') {
    throw new Failure(`findSubstr second parameter should be a string, got ${typeOf(str)}`)
  }
  const found: Lazy[] = []
  if (pattern === '') return new ArrayValue(found)
  for (let at = str.indexOf(pattern); at >= 0; at = str.indexOf(pattern, at + 1)) {
    found.push(lengthOf(str) === str.length ? at : [...str.slice(0, at)].length)
  }
  return new ArrayValue(found)
}

/** What to strip: the characters of a string, or strings of an array. */
function charactersIn(chars: Value): ReadonlySet<Lazy> {
  if (typeof chars === 'string') return new Set(charactersOf(chars))
  if (chars instanceof ArrayValue) return new Set(chars.items)
  throw new Failure('std.member first argument must be an array or a string')
}

function strip(str: Value, chars: Value, [left, right]: [boolean, boolean]): string {
  const characters = charactersOf(text(str))
  const set = charactersIn(chars)
  let from = 0
  let to = characters.length
  while (left && from < to && set.has(characters[from] as string)) from += 1
  while (right && to > from && set.has(characters[to - 1] as string)) to -= 1
  return characters.slice(from, to).join('')
}

/** The text to split and what to split at, with the words that each function has for what is wrong. */
function splitArguments(name: string, str: Value, c: Value): readonly [string, string] {
  const must = name === 'split'
  const wrong = (which: string, value: Value) =>
    must
      ? new Failure(`std.split ${which} parameter must be a String, got ${typeOf(value)}`)
      : unexpectedType(value, 'string')
  if (typeof str !== 'string') throw wrong('first', str)
  if (typeof c !== 'string') throw wrong('second', c)
  if (c !== '') return [str, c]
  throw new Failure(`std.${name} second parameter ${must ? 'must' : 'should'} have length 1 or greater, got 0`)
}

function splitLimit(name: string, max: Value): number {
  const limit = integer(max)
  if (limit >= -1) return limit
  throw new Failure(`std.${name} third parameter should be -1 or non-negative, got ${limit}`)
}

function splitText(
  machine: Machine,
  [str, c]: readonly [string, string],
  { limit, fromRight }: { limit: number; fromRight: boolean },
): ArrayValue {
  const parts = str.split(c)
  machine.spend(parts.length)
  const extra = limit < 0 ? 0 : parts.length - 1 - limit
  if (extra <= 0) return new ArrayValue(parts)
  if (fromRight) return new ArrayValue([parts.slice(0, extra + 1).join(c), ...parts.slice(extra + 1)])
  return new ArrayValue([...parts.slice(0, limit), parts.slice(limit).join(c)])
}

function join(machine: Machine, separator: Value, arr: Value): Value {
  const list = array(arr)
  if (typeof separator !== 'string' && !(separator instanceof ArrayValue)) {
    throw new Failure(`join first parameter should be string or array, got ${typeOf(separator)}`)
  }
  const items = machine.itemsOf(list).filter((item) => item !== null)
  if (typeof separator === 'string') {
    let length = separator.length * items.length
    for (const item of items) {
      if (typeof item !== 'string') throw unexpectedType(item, 'string')
      length += item.length
    }
    machine.checkLength(length)
    return items.join(separator)
  }
  const result: Lazy[] = []
  items.forEach((item, i) => {
    if (i > 0) for (const part of separator.items) result.push(part)
    for (const part of array(item).items) result.push(part)
    machine.spend(separator.items.length + 1)
  })
  return new ArrayValue(result)
}

function deepJoin(machine: Machine, value: Value): string {
  if (typeof value === 'string') return value
  if (!(value instanceof ArrayValue)) throw new Failure(`Expected string or array, got ${typeOf(value)}`)
  machine.enter()
  const joined = machine
    .itemsOf(value)
    .map((item) => deepJoin(machine, item))
    .join('')
  machine.leave()
  return joined
}

function parseInteger(found: string): number {
  if (!/^[-+]?[0-9]+$/.test(found) || Math.abs(Number(found)) >= 2 ** 63) throw notInteger(found, 10)
  return Number(found)
}

function notInteger(found: string, radix: number): Failure {
  return new Failure(`${found} is not a base ${radix} integer`)
}

function radixText(value: Value, empty: string): string {
  if (typeof value !== 'string') throw new Failure(`Expected string, got ${typeOf(value)}`)
  if (value === '') throw new Failure(`${empty}: ""`)
  return value
}

function parseRadix(found: string, radix: number): number {
  if (found === '') throw notInteger(found, radix)
  let value = 0
  for (const character of found) {
    const digit = /^[0-9a-zA-Z]$/.test(character) ? Number.parseInt(character, 36) : 99
    if (digit >= radix) throw notInteger(found, radix)
    value = value * radix + digit
  }
  return value
}
