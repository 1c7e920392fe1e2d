import { isMap } from '../values/scalar.ts'

/** JSON as Go writes it: keys sorted, and `<`, `>`, `&`, U+2028, U+2029 escaped. */
export function goJson(value: unknown, indent = 0): string {
  return write(value, { indent, level: 0 }).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

interface Place {
  readonly indent: number
  readonly level: number
}

function write(value: unknown, place: Place): string {
  const inner = { ...place, level: place.level + 1 }
  if (Array.isArray(value)) {
    return enclose(
      '[]',
      value.map((item) => write(item, inner)),
      place,
    )
  }
  if (!isMap(value)) return JSON.stringify(value ?? null)
  const colon = place.indent === 0 ? ':' : ': '
  const fields = Object.keys(value).sort()
  return enclose(
    '{}',
    fields.map((field) => `${JSON.stringify(field)}${colon}${write(value[field], inner)}`),
    place,
  )
}

function enclose(brackets: string, parts: readonly string[], { indent, level }: Place): string {
  const [open, close] = [brackets[0], brackets[1]]
  if (indent === 0 || parts.length === 0) return `${open}${parts.join(',')}${close}`
  const pad = (depth: number) => `\n${' '.repeat(indent * depth)}`
  return `${open}${pad(level + 1)}${parts.join(`,${pad(level + 1)}`)}${pad(level)}${close}`
}
