/**
 * Pieces of text with anything between two neighbours. The first piece begins the text, the last ends it:
 * `['a', '']` is "begins with a", `['', 'b', '']` is "contains b", `['a']` is a alone.
 */
export type Wildcard = readonly string[]

/** Reads a glob that has no metacharacter but stars; undefined for others. */
export function wildcardOfGlob(pattern: string): Wildcard | undefined {
  return /[?[\]{}\\]/.test(pattern) ? undefined : joined(pattern.split('*'))
}

/** Reads a regular expression of literal characters, `.*`, `^` in front and `$` at the end; undefined for others. */
export function wildcardOfRegex(pattern: string): Wildcard | undefined {
  const anchoredStart = pattern.startsWith('^')
  const pieces: string[] = anchoredStart ? [''] : ['', '']
  for (let index = anchoredStart ? 1 : 0; index < pattern.length; index += 1) {
    const character = pattern.charAt(index)
    const next = pattern.charAt(index + 1)
    if (character === '$' && next === '') return joined(pieces)
    if (character === '.' && next === '*') {
      // `.*?` finds what `.*` finds, `.*+` is an error: both are left to the engine of regular expressions.
      if (/[*+?{]/.test(pattern.charAt(index + 2))) return undefined
      pieces.push('')
      index += 1
      continue
    }
    const escaped = character === '\\' && /[!-/:-@[-`{-~]/.test(next)
    if (!escaped && /[.\\+*?()[\]{}|^$]/.test(character)) return undefined
    index += escaped ? 1 : 0
    if (/[*+?{]/.test(pattern.charAt(index + 1))) return undefined
    pieces.push(`${pieces.pop() ?? ''}${escaped ? next : character}`)
  }
  return joined([...pieces, ''])
}

/** Whether a text fits; takes time linear in both for ordinary texts. */
export function matchesWildcard(pieces: Wildcard, text: string): boolean {
  const first = pieces[0] ?? ''
  const last = pieces.at(-1) ?? ''
  if (pieces.length === 1) return text === first
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  const end = text.length - last.length
  let position = first.length
  for (let index = 1; index < pieces.length - 1; index += 1) {
    const piece = pieces[index] ?? ''
    const found = text.indexOf(piece, position)
    if (found === -1 || found + piece.length > end) return false
    position = found + piece.length
  }
  return true
}

/** Drops empty pieces in the middle: two stars in a row are one. */
function joined(pieces: readonly string[]): Wildcard {
  return pieces.filter((piece, index) => piece !== '' || index === 0 || index === pieces.length - 1)
}
