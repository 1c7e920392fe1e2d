import { isObject } from '../validation/decode.ts'

/** Reads the values a path selects from a JSON value. */
export type JsonPath = (value: unknown) => unknown[]

type Step = (value: unknown) => unknown[]

/**
 * Compiles a printer column's path: `.a.b`, `.a\.b`, `['a']`, `[0]`, `[-1]`, `[1:3]`, `[*]`, `..a` and filters such as
 * `[?(@.type=="Ready")]`. Throws a SyntaxError that quotes the path.
 */
export function compileJsonPath(text: string): JsonPath {
  const reader = { text: text.startsWith('{') && text.endsWith('}') ? text.slice(1, -1) : text, at: 0 }
  const steps: Step[] = []
  if (reader.text.startsWith('$')) reader.at += 1
  while (reader.at < reader.text.length) steps.push(readStep(reader))
  return (value) => steps.reduce<unknown[]>((values, step) => values.flatMap(step), [value])
}

interface Reader {
  text: string
  at: number
}

function readStep(reader: Reader): Step {
  if (reader.text.startsWith('..', reader.at)) {
    reader.at += 2
    const field = readName(reader)
    return (value) => descend(value, field)
  }
  if (reader.text[reader.at] === '[') return readBracket(reader)
  if (reader.text[reader.at] === '.') reader.at += 1
  else throw fault(reader)
  if (reader.text[reader.at] === '[') return readBracket(reader)
  if (reader.text[reader.at] === '*') {
    reader.at += 1
    return children
  }
  if (reader.at === reader.text.length) return (value) => [value]
  const field = readName(reader)
  return (value) => fieldOf(value, field)
}

function readName(reader: Reader): string {
  const match = /(?:\\.|[^.[\]\\])+/y
  match.lastIndex = reader.at
  const found = match.exec(reader.text)
  if (found === null) throw fault(reader)
  reader.at = match.lastIndex
  return found[0].replaceAll(/\\(.)/g, '$1')
}

function readBracket(reader: Reader): Step {
  const pattern =
    /\[(?:(\*)|'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|(-?\d*):(-?\d*)|(-?\d+)|\?\(\s*@((?:[^()"']|"[^"]*"|'[^']*')*)\))\]/y
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)
  if (found === null) throw fault(reader)
  reader.at = pattern.lastIndex
  const [, star, single, double, from, to, index, filter] = found
  if (star !== undefined) return children
  const name = single ?? double
  if (name !== undefined) return (value) => fieldOf(value, name.replaceAll(/\\(.)/g, '$1'))
  if (filter !== undefined) return filterStep(filter, reader)
  if (index !== undefined) return (value) => (Array.isArray(value) ? value.slice(Number(index)).slice(0, 1) : [])
  return (value) => (Array.isArray(value) ? value.slice(Number(from || 0), to === '' ? undefined : Number(to)) : [])
}

const comparisons: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => typeof a === typeof b && (a as number) < (b as number),
  '<=': (a, b) => typeof a === typeof b && (a as number) <= (b as number),
  '>': (a, b) => typeof a === typeof b && (a as number) > (b as number),
  '>=': (a, b) => typeof a === typeof b && (a as number) >= (b as number),
}

function filterStep(text: string, reader: Reader): Step {
  const match = /^(.*?)\s*(?:(==|!=|<=|>=|<|>)\s*(.+?))?\s*$/.exec(text)
  const path = compileJsonPath(match?.[1] ?? '')
  const compare = comparisons[match?.[2] ?? '']
  if (compare === undefined) return (value) => items(value).filter((item) => path(item).length > 0)
  const wanted = literal(match?.[3] ?? '', reader)
  return (value) => items(value).filter((item) => path(item).some((found) => compare(found, wanted)))
}

function literal(text: string, reader: Reader): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  const quoted = /^(["'])(.*)\1$/.exec(text)
  if (quoted === null) throw fault(reader)
  return quoted[2]
}

function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function children(value: unknown): unknown[] {
  return Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []
}

function fieldOf(value: unknown, field: string): unknown[] {
  return isObject(value) && Object.hasOwn(value, field) ? [value[field]] : []
}

function descend(value: unknown, field: string): unknown[] {
  return [...fieldOf(value, field), ...children(value).flatMap((child) => descend(child, field))]
}

function fault(reader: Reader): SyntaxError {
  return new SyntaxError(`invalid path ${JSON.stringify(reader.text)} at ${reader.at}`)
}
