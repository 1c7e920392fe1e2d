import { Int } from '@driftless/go-template'

/** JSON type of a value as schemas name it. */
export function jsonType(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number' || value instanceof Int) return 'number'
  return typeof value === 'boolean' ? 'boolean' : typeof value === 'string' ? 'string' : 'object'
}

/** Number of a numeric value. */
export function numberOf(value: unknown): number {
  return value instanceof Int ? Number(value.value) : Number(value)
}

/** True for numbers without a fraction. */
export function isWhole(value: unknown): boolean {
  return value instanceof Int || Number.isInteger(value)
}

/** Equality of JSON values. */
export function equalJson(a: unknown, b: unknown): boolean {
  const type = jsonType(a)
  if (type !== jsonType(b)) return false
  if (type === 'number') return numberOf(a) === numberOf(b)
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => equalJson(item, b[index]))
  if (type !== 'object') return (a ?? null) === (b ?? null)
  const x = a as Record<string, unknown>
  const y = b as Record<string, unknown>
  const keys = Object.keys(x)
  return (
    keys.length === Object.keys(y).length && keys.every((key) => Object.hasOwn(y, key) && equalJson(x[key], y[key]))
  )
}

const english = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 })

/** A number with thousands apart. */
export function showNumber(value: number): string {
  return english.format(value)
}
