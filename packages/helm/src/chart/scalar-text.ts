import { printValue } from '@driftless/go-template'

/**
 * Text of a YAML scalar where a text is expected: numbers and booleans count as their text, as in `appVersion: 1.16`.
 * `undefined` for anything else.
 */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'number') return undefined
  return Number.isSafeInteger(value) ? String(value) : printValue(value)
}
