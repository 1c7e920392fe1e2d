import { fail, ok, type Result } from '@driftless/foundation'

/** Splits one CSV line: blanks before a field are dropped, `"` opens a quoted field in which `""` is one quote. */
export function splitCsvLine(line: string): Result<string[], string> {
  const fields: string[] = []
  let position = 0
  for (;;) {
    while (/\s/.test(line.charAt(position))) position += 1
    const field = line.charAt(position) === '"' ? readQuoted(line, position + 1) : readPlain(line, position)
    if (!field.ok) return field
    fields.push(field.value.text)
    position = field.value.end
    if (position >= line.length) return ok(fields)
    position += 1
  }
}

interface Field {
  readonly text: string
  /** Where the comma after the field is, or the end of the line. */
  readonly end: number
}

function readPlain(line: string, start: number): Result<Field, string> {
  const comma = line.indexOf(',', start)
  const end = comma === -1 ? line.length : comma
  const text = line.slice(start, end)
  if (text.includes('"')) return fail('a quote stands inside a field that is not quoted')
  return ok({ text, end })
}

function readQuoted(line: string, start: number): Result<Field, string> {
  let text = ''
  let position = start
  for (;;) {
    const quote = line.indexOf('"', position)
    if (quote === -1) return fail('a quoted field has no end')
    text += line.slice(position, quote)
    const after = line.charAt(quote + 1)
    if (after === '' || after === ',') return ok({ text, end: quote + 1 })
    if (after !== '"') return fail('a quoted field is followed by other text')
    text += '"'
    position = quote + 2
  }
}
