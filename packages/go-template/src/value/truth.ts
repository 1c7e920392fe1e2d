import { GoObject, type GoValue } from './go-value.ts'
import { Int } from './int.ts'

/** Truth of a value in `if`, `with`, `and`, `or`, `not`: false for the zero value of its type. */
export function isTrue(value: GoValue): boolean {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'string':
      return value !== ''
    case 'number':
      return value !== 0
    case 'undefined':
      return false
  }
  if (value === null) return false
  if (Array.isArray(value)) return value.length > 0
  if (value instanceof Int) return value.value !== 0n
  if (value instanceof GoObject) return value.size() !== 0
  for (const key in value) if (Object.hasOwn(value, key)) return true
  return false
}
