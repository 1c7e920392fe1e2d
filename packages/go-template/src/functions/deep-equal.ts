import { GoObject, type GoValue, isList, isMap } from '../value/go-value.ts'
import { Int } from '../value/int.ts'
import { typeName } from '../value/kind.ts'

/** Equality of values and their Go types, as `reflect.DeepEqual` decides it. */
export function deepEqual(a: GoValue, b: GoValue): boolean {
  if (a === b) return true
  if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null)
  if (typeof a !== 'object' || typeof b !== 'object') return false
  if (a instanceof Int || b instanceof Int)
    return a instanceof Int && b instanceof Int && a.kind === b.kind && a.value === b.value
  if (typeName(a) !== typeName(b)) return false
  if (a instanceof GoObject || b instanceof GoObject) return (a as GoObject).print() === (b as GoObject).print()
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => deepEqual(item, b[index]))
  if (!isMap(a) || !isMap(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], b[key]))
  )
}
