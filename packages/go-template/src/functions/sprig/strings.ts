import { FunctionError } from '../../errors.ts'
import type { Runtime } from '../../execute/runtime.ts'
import { printValue } from '../../format/print.ts'
import { quoteGo } from '../../format/quote.ts'
import { byteLength, byteSlice, isAscii } from '../../value/bytes.ts'
import { type GoValue, stringList, typedMap } from '../../value/go-value.ts'
import { fn, type TemplateFunction, variadic, withRun } from '../signature.ts'
import { textOf, textsOf } from '../text-of.ts'
import { abbreviate, wrapText } from './abbreviate.ts'
import { camelToLower, pascalCase, swapCase, titleCase, trimChars, untitle } from './letter-case.ts'

const isNil = (value: GoValue) => value === null || value === undefined

function repeat(run: Runtime, count: number, text: string): string {
  if (count < 0) throw new FunctionError('strings: negative Repeat count')
  run.spendText(count * text.length)
  return text.repeat(count)
}

function indent(run: Runtime, spaces: number, text: string): string {
  if (spaces < 0) throw new FunctionError('strings: negative Repeat count')
  run.spendText(spaces)
  const pad = ' '.repeat(spaces)
  return pad + text.replaceAll('\n', `\n${pad}`)
}

function truncate(count: number, text: string): string {
  const length = isAscii(text) ? text.length : byteLength(text)
  if (count < 0 && length + count > 0) return byteSlice(text, length + count)
  return count >= 0 && length > count ? byteSlice(text, 0, count) : text
}

function substring(start: number, end: number, text: string): string {
  const length = byteLength(text)
  const outOfRange = (from: number, to: number) => {
    throw new FunctionError(
      from > to && to <= length
        ? `runtime error: slice bounds out of range [${from}:${to}]`
        : `runtime error: slice bounds out of range [:${to}] with length ${length}`,
    )
  }
  if (start < 0) return end < 0 || end > length ? outOfRange(0, end) : byteSlice(text, 0, end)
  if (end < 0 || end > length) return start > length ? outOfRange(start, length) : byteSlice(text, start)
  return start > end ? outOfRange(start, end) : byteSlice(text, start, end)
}

function splitMap(parts: string[]): GoValue {
  return typedMap(Object.fromEntries(parts.map((part, index) => [`_${index}`, part])), 'string')
}

function splitText(separator: string, text: string): string[] {
  return separator === '' ? Array.from(text) : text.split(separator)
}

function splitUpTo(separator: string, count: number, text: string): string[] {
  if (count === 0) return []
  const parts = splitText(separator, text)
  if (count < 0 || parts.length <= count) return parts
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)]
}

function replaceAll(run: Runtime, from: string, to: string, text: string): string {
  if (from !== '' && !text.includes(from)) return text
  if (to.length > from.length) {
    const count = from === '' ? text.length + 1 : text.split(from).length - 1
    run.spendText(text.length + count * (to.length - from.length))
  }
  return from === '' ? to + Array.from(text, (char) => char + to).join('') : text.replaceAll(from, () => to)
}

const trimAll = fn(['string', 'string'], (chars, text) => trimChars(text, chars))
const goSpace = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/

function trimSpace(text: string): string {
  const pattern = goSpace.source
  return text.replace(new RegExp(`^${pattern}`), '').replace(new RegExp(`${pattern}$`), '')
}

/** String functions of sprig. */
export const strings: Readonly<Record<string, TemplateFunction>> = {
  hello: fn([], () => 'Hello!'),
  abbrev: fn(['int', 'string'], (width, text) => abbreviate(text, 0, width)),
  abbrevboth: fn(['int', 'int', 'string'], (left, right, text) =>
    right < 4 || (left > 0 && right < 7) ? text : abbreviate(text, left, right),
  ),
  trunc: fn(['int', 'string'], truncate),
  trim: fn(['string'], trimSpace),
  upper: fn(['string'], (text) => text.toUpperCase()),
  lower: fn(['string'], (text) => text.toLowerCase()),
  title: fn(['string'], titleCase),
  untitle: fn(['string'], untitle),
  substr: fn(['int', 'int', 'string'], substring),
  repeat: withRun(['int', 'string'], repeat),
  trimall: trimAll,
  trimAll,
  trimSuffix: fn(['string', 'string'], (suffix, text) =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  trimPrefix: fn(['string', 'string'], (prefix, text) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  nospace: fn(['string'], (text) => text.replace(new RegExp(goSpace.source, 'g'), '')),
  initials: fn(['string'], (text) =>
    text
      .split(goSpace)
      .map((word) => Array.from(word)[0] ?? '')
      .join(''),
  ),
  swapcase: fn(['string'], swapCase),
  snakecase: fn(['string'], (text) => camelToLower(text, '_')),
  camelcase: fn(['string'], pascalCase),
  kebabcase: fn(['string'], (text) => camelToLower(text, '-')),
  wrap: fn(['int', 'string'], (width, text) => wrapText(text, { width, newLine: '\n', breakWords: false })),
  wrapWith: fn(['int', 'string', 'string'], (width, newLine, text) =>
    wrapText(text, { width, newLine: newLine || '\n', breakWords: true }),
  ),
  contains: fn(['string', 'string'], (part, text) => text.includes(part)),
  hasPrefix: fn(['string', 'string'], (prefix, text) => text.startsWith(prefix)),
  hasSuffix: fn(['string', 'string'], (suffix, text) => text.endsWith(suffix)),
  quote: variadic([], 'any', (_fixed, values) =>
    values
      .filter((value) => !isNil(value))
      .map((value) => quoteGo(textOf(value)))
      .join(' '),
  ),
  squote: variadic([], 'any', (_fixed, values) =>
    values
      .filter((value) => !isNil(value))
      .map((value) => `'${printValue(value)}'`)
      .join(' '),
  ),
  cat: variadic([], 'any', (_fixed, values) =>
    values
      .filter((value) => !isNil(value))
      .map(printValue)
      .join(' '),
  ),
  indent: withRun(['int', 'string'], indent),
  nindent: withRun(['int', 'string'], (run, spaces, text) => `\n${indent(run, spaces, text)}`),
  replace: withRun(['string', 'string', 'string'], replaceAll),
  plural: fn(['string', 'string', 'int'], (one, many, count) => (count === 1 ? one : many)),
  toString: fn(['any'], textOf),
  toStrings: fn(['any'], textsOf),
  split: fn(['string', 'string'], (separator, text) => splitMap(splitText(separator, text))),
  splitList: fn(['string', 'string'], (separator, text) => stringList(splitText(separator, text))),
  splitn: fn(['string', 'int', 'string'], (separator, count, text) => splitMap(splitUpTo(separator, count, text))),
  join: withRun(['string', 'any'], (run, separator, value) => {
    const texts = textsOf(value)
    run.spendText(texts.length * separator.length)
    return texts.join(separator)
  }),
}
