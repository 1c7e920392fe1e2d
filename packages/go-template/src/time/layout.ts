/** One piece of a Go time layout: literal text or a field written by its reference value. */
export interface LayoutPart {
  readonly field: LayoutField | 'text'
  readonly text: string
}

export type LayoutField =
  | 'January'
  | 'Jan'
  | '1'
  | '01'
  | 'Monday'
  | 'Mon'
  | '2'
  | '_2'
  | '02'
  | '__2'
  | '002'
  | '15'
  | '3'
  | '03'
  | '4'
  | '04'
  | '5'
  | '05'
  | '2006'
  | '06'
  | 'PM'
  | 'pm'
  | 'MST'
  | 'zone'
  | 'fraction'

/** A reference value, longest first; `zone` and `fraction` keep their text. */
const pattern =
  /Z070000|Z07:00:00|Z0700|Z07:00|Z07(?!\d)|-070000|-07:00:00|-0700|-07:00|-07(?!\d)|January|Jan|Monday|Mon|MST|2006|__2|002|_2(?!006)|01|02|03|04|05|06|15|1|2|3|4|5|PM|pm|[.,](?:0+|9+)(?!\d)/g

const cache = new Map<string, readonly LayoutPart[]>()

/** Splits a layout such as `2006-01-02T15:04:05Z07:00` into its parts. */
export function parseLayout(layout: string): readonly LayoutPart[] {
  const known = cache.get(layout)
  if (known !== undefined) return known
  const parts: LayoutPart[] = []
  let from = 0
  for (const match of layout.matchAll(pattern)) {
    const token = match[0]
    if (!isField(token, layout, match.index)) continue
    if (match.index > from) parts.push({ field: 'text', text: layout.slice(from, match.index) })
    parts.push({ field: fieldOf(token), text: token })
    from = match.index + token.length
  }
  if (from < layout.length) parts.push({ field: 'text', text: layout.slice(from) })
  if (cache.size > 200) cache.clear()
  cache.set(layout, parts)
  return parts
}

/** `Jan` and `Mon` are not fields inside longer words such as `Month`. */
function isField(token: string, layout: string, at: number): boolean {
  if (token !== 'Jan' && token !== 'Mon') return true
  return !/[a-z]/.test(layout[at + token.length] ?? '')
}

function fieldOf(token: string): LayoutField {
  if (/^[.,]/.test(token)) return 'fraction'
  if (/^[Z-]07/.test(token)) return 'zone'
  return token as LayoutField
}
