import { FunctionError } from '../../errors.ts'
import { type GoMap, type GoValue, getKey, setKey, sortedKeys, stringList } from '../../value/go-value.ts'
import { typeName } from '../../value/kind.ts'
import { fn, nilMap, type TemplateFunction, variadic } from '../signature.ts'
import { textOf } from '../text-of.ts'
import { deepCopy } from './deep-copy.ts'
import { mergeInto } from './merge.ts'

function dict(values: readonly GoValue[]): GoMap {
  const map: GoMap = {}
  for (let index = 0; index < values.length; index += 2) {
    setKey(map, textOf(values[index]), index + 1 < values.length ? (values[index + 1] ?? null) : '')
  }
  return map
}

function pick(map: GoMap, keys: readonly string[]): GoMap {
  const found: GoMap = {}
  for (const key of keys) if (Object.hasOwn(map, key)) setKey(found, key, map[key])
  return found
}

function dig(values: readonly GoValue[]): GoValue {
  if (values.length < 3) throw new FunctionError('dig needs at least three arguments')
  let current = values.at(-1)
  const fallback = values.at(-2)
  const keys = values.slice(0, -2)
  for (const key of keys) {
    if (typeof key !== 'string')
      throw new FunctionError(`interface conversion: interface {} is ${typeName(key)}, not string`)
    if (!isPlainMap(current))
      throw new FunctionError(
        `interface conversion: interface {} is ${typeName(current).replace('<nil>', 'nil')}, not map[string]interface {}`,
      )
    const next = getKey(current, key)
    if (next === undefined) return fallback
    current = next
  }
  return current
}

function isPlainMap(value: GoValue): value is GoMap {
  return typeName(value) === 'map[string]interface {}'
}

const merge = variadic(['map'], 'map', ([target], sources) => mergeAll(target, sources, false))
const mergeOverwrite = variadic(['map'], 'map', ([target], sources) => mergeAll(target, sources, true))

function mergeAll(given: GoMap, sources: readonly GoMap[], overwrite: boolean): GoValue {
  const target = given === nilMap ? {} : given
  for (const source of sources) mergeInto(target, source, overwrite)
  return target
}

/** Dictionary functions of sprig; maps are changed in place where Go changes them. */
export const dicts: Readonly<Record<string, TemplateFunction>> = {
  dict: variadic([], 'any', (_fixed, values) => dict(values)),
  get: fn(['map', 'string'], (map, key) => (Object.hasOwn(map, key) ? (map[key] ?? null) : '')),
  set: fn(['map', 'string', 'any'], (map, key, value) => {
    if (map === nilMap) throw new FunctionError('assignment to entry in nil map')
    setKey(map, key, value ?? null)
    return map
  }),
  unset: fn(['map', 'string'], (map, key) => {
    if (map !== nilMap) delete map[key]
    return map
  }),
  hasKey: fn(['map', 'string'], (map, key) => Object.hasOwn(map, key)),
  pluck: variadic(['string'], 'map', ([key], maps) =>
    maps.filter((map) => Object.hasOwn(map, key)).map((map) => map[key] ?? null),
  ),
  keys: variadic([], 'map', (_fixed, maps) => stringList(maps.flatMap(sortedKeys))),
  pick: variadic(['map'], 'string', ([map], keys) => pick(map, keys)),
  omit: variadic(['map'], 'string', ([map], keys) => {
    const omitted = new Set(keys)
    return pick(
      map,
      Object.keys(map).filter((key) => !omitted.has(key)),
    )
  }),
  merge,
  mustMerge: merge,
  mergeOverwrite,
  mustMergeOverwrite: mergeOverwrite,
  values: fn(['map'], (map) => sortedKeys(map).map((key) => map[key] ?? null)),
  dig: variadic([], 'any', (_fixed, values) => dig(values)),
  deepCopy: fn(['any'], deepCopy),
  mustDeepCopy: fn(['any'], deepCopy),
}
