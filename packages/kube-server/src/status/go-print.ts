/** Prints a JSON value as Go's `%+v` prints the maps and slices it decodes into: `map[a:1 b:[x y]]`. */
export function printGoValue(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(printGoValue).join(' ')}]`
  if (typeof value !== 'object') return String(value)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[${fields.map(([field, child]) => `${field}:${printGoValue(child)}`).join(' ')}]`
}

/** The name of a JSON value's type in the messages of Go's decoder. */
export function goJsonType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}
