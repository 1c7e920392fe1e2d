import { type GoMap, GoObject, type GoValue, isList, setKey } from './go-value.ts'
import { Int, int } from './int.ts'

/** How whole numbers of JSON data become Go values. */
export type NumberMode = 'float64' | 'int'

/** Template values of JSON-like data, copied; `undefined` becomes nil. */
export function fromPlain(data: unknown, numbers: NumberMode = 'float64'): GoValue {
  if (data === null || data === undefined) return null
  switch (typeof data) {
    case 'string':
    case 'boolean':
      return data
    case 'number':
      return numbers === 'int' && Number.isSafeInteger(data) ? int(data) : data
    case 'bigint':
      return numbers === 'int' ? int(data) : Number(data)
    case 'object':
      return fromObject(data, numbers)
    default:
      return null
  }
}

function fromObject(data: object, numbers: NumberMode): GoValue {
  if (data instanceof Int || data instanceof GoObject) return data
  if (Array.isArray(data)) return data.map((item) => fromPlain(item, numbers))
  const map: GoMap = {}
  for (const [key, item] of Object.entries(data)) setKey(map, key, fromPlain(item, numbers))
  return map
}

/** JSON-like data of template values: integers as numbers (bigint beyond 2^53), objects as their encoders see them. */
export function toPlain(value: GoValue): unknown {
  if (value === undefined || value === null) return null
  if (typeof value !== 'object') return value
  if (value instanceof Int) return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : value.value
  if (value instanceof GoObject) return toPlain(value.plain() as GoValue)
  if (isList(value)) return value.map(toPlain)
  const map: Record<string, unknown> = {}
  for (const key of Object.keys(value)) setKey(map as GoMap, key, toPlain(value[key]) as GoValue)
  return map
}
