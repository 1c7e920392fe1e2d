import { FunctionError } from '../../errors.ts'
import type { Runtime } from '../../execute/runtime.ts'
import {
  asList,
  compareText,
  elementType,
  type GoList,
  type GoValue,
  stringList,
  typedList,
} from '../../value/go-value.ts'
import { type Int, int } from '../../value/int.ts'
import { kindName } from '../../value/kind.ts'
import { isTrue } from '../../value/truth.ts'
import { toInteger } from '../cast.ts'
import { deepEqual } from '../deep-equal.ts'
import { fn, type TemplateFunction, variadic, withRun } from '../signature.ts'
import { textOf, textsOf } from '../text-of.ts'

/** The list a function works on; raises sprig's wording otherwise. */
function listOf(value: GoValue, verb: string): GoList {
  const list = asList(value)
  if (list !== undefined) return list
  if (value === null || value === undefined)
    throw new FunctionError('runtime error: invalid memory address or nil pointer dereference')
  throw new FunctionError(`${verb} type ${kindName(value)}`)
}

const isEmpty = (value: GoValue) => !isTrue(value)
const includes = (list: readonly GoValue[], value: GoValue) => list.some((item) => deepEqual(value, item))

const append = fn(['any', 'any'], (list, value) => [...listOf(list, 'Cannot push on'), value])
const prepend = fn(['any', 'any'], (list, value) => [value, ...listOf(list, 'Cannot prepend on')])
const first = fn(['any'], (list) => listOf(list, 'Cannot find first on')[0] ?? null)
const last = fn(['any'], (list) => listOf(list, 'Cannot find last on').at(-1) ?? null)
const rest = fn(['any'], (list) => [...listOf(list, 'Cannot find rest on').slice(1)])
const initial = fn(['any'], (list) => [...listOf(list, 'Cannot find initial on').slice(0, -1)])
const reverse = fn(['any'], (list) => [...listOf(list, 'Cannot find reverse on')].reverse())
const compact = fn(['any'], (list) => listOf(list, 'Cannot compact on').filter((item) => !isEmpty(item)))

const uniq = fn(['any'], (list) => {
  const found: GoValue[] = []
  const seen = new Set<GoValue>()
  for (const item of listOf(list, 'Cannot find uniq on')) {
    const simple = typeof item !== 'object'
    if (simple ? seen.has(item) : includes(found, item)) continue
    if (simple) seen.add(item)
    found.push(item)
  }
  return found
})

const without = variadic(['any'], 'any', ([list], omit) =>
  listOf(list, 'Cannot find without on').filter((item) => !includes(omit, item)),
)

const has = fn(['any', 'any'], (needle, list) => {
  if (list === null || list === undefined) return false
  return includes(listOf(list, 'Cannot find has on'), needle)
})

const slice = variadic(['any'], 'any', ([given], indices) => {
  const value = asList(given)
  if (value === undefined) throw new FunctionError(`list should be type of slice or array but ${kindName(given)}`)
  if (value.length === 0) return null
  const start = indices.length > 0 ? Number(toInteger(indices[0])) : 0
  const end = indices.length > 1 ? Number(toInteger(indices[1])) : value.length
  if (start < 0 || end < start || end > value.length)
    throw new FunctionError('reflect.Value.Slice: slice index out of bounds')
  const part = value.slice(start, end)
  return value[elementType] === undefined ? part : typedList(part, value[elementType])
})

const chunk = fn(['int', 'any'], (size, value) => {
  const list = listOf(value, 'Cannot chunk')
  if (size <= 0 && list.length > 0) throw new FunctionError('runtime error: makeslice: len out of range')
  const chunks: GoValue[] = []
  for (let at = 0; at < list.length; at += size) chunks.push([...list.slice(at, at + size)])
  return typedList(chunks, '[]interface {}')
})

function untilStep(run: Runtime, start: number, stop: number, step: number): GoValue {
  const count = (stop - start) / step
  if (!(count > 0)) return typedList([], 'int')
  run.step(Math.ceil(count))
  return typedList(
    Array.from({ length: Math.ceil(count) }, (_item, index) => int(start + index * step)),
    'int',
  )
}

/** The numbers of `seq` as sprig counts them: 1 to n, a to b, or a to b in steps. */
function sequence(run: Runtime, params: readonly number[]): string {
  const [a = 0, b = 0, c = 0] = params
  const numbers = (start: number, step: number, end: number) => {
    const list = untilStep(run, start, end + (end < start ? -1 : 1), step) as GoList
    return list.map((item) => (item as Int).value.toString()).join(' ')
  }
  if (params.length === 1) return numbers(1, a < 1 ? -1 : 1, a)
  if (params.length === 2) return numbers(a, b < a ? -1 : 1, b)
  if (params.length === 3) return c < a && b > 0 ? '' : numbers(a, b, c)
  return ''
}

/** List functions of sprig. */
export const lists: Readonly<Record<string, TemplateFunction>> = {
  list: variadic([], 'any', (_fixed, values) => values),
  tuple: variadic([], 'any', (_fixed, values) => values),
  append,
  mustAppend: append,
  push: append,
  mustPush: append,
  prepend,
  mustPrepend: prepend,
  first,
  mustFirst: first,
  last,
  mustLast: last,
  rest,
  mustRest: rest,
  initial,
  mustInitial: initial,
  reverse,
  mustReverse: reverse,
  compact,
  mustCompact: compact,
  uniq,
  mustUniq: uniq,
  without,
  mustWithout: without,
  has,
  mustHas: has,
  slice,
  mustSlice: slice,
  chunk,
  mustChunk: chunk,
  concat: variadic([], 'any', (_fixed, values) =>
    values.flatMap((value) => {
      const list = asList(value)
      if (list !== undefined) return [...list]
      if (value === null || value === undefined)
        throw new FunctionError('runtime error: invalid memory address or nil pointer dereference')
      throw new FunctionError(`Cannot concat type ${kindName(value)} as list`)
    }),
  ),
  sortAlpha: fn(['any'], (value) =>
    stringList(asList(value) !== undefined ? textsOf(value).sort(compareText) : [textOf(value)]),
  ),
  until: withRun(['int'], (run, count) => untilStep(run, 0, count, count < 0 ? -1 : 1)),
  untilStep: withRun(['int', 'int', 'int'], untilStep),
  seq: {
    params: [],
    rest: 'int',
    call: (args, run) =>
      sequence(
        run,
        args.map((arg) => Number((arg as Int).value)),
      ),
  },
}
