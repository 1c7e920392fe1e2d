import {
  elementType,
  type GoMap,
  GoObject,
  type GoValue,
  isList,
  isMap,
  namedMap,
  namedType,
  setKey,
  typedList,
  typedMap,
} from '../../value/go-value.ts'
import { Int } from '../../value/int.ts'

/** A copy that shares no map or list with the original; types stay. */
export function deepCopy(value: GoValue): GoValue {
  if (typeof value !== 'object' || value === null || value instanceof Int || value instanceof GoObject)
    return value ?? null
  if (isList(value)) {
    const copy = value.map(deepCopy)
    return value[elementType] === undefined ? copy : typedList(copy, value[elementType])
  }
  return isMap(value) ? copyMap(value) : value
}

function copyMap(map: GoMap): GoMap {
  const copy: GoMap = {}
  for (const key of Object.keys(map)) setKey(copy, key, deepCopy(map[key]))
  if (map[elementType] !== undefined) typedMap(copy, map[elementType])
  return map[namedType] === undefined ? copy : namedMap(copy, map[namedType])
}
