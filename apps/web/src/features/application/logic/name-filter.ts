/** True when a name holds the words, or matches them as a glob when they have `*` or `?`; case does not matter. */
export function globMatches(words: string, name: string): boolean {
  const text = name.toLowerCase()
  const wanted = words.toLowerCase()
  if (!/[*?]/.test(wanted)) return text.includes(wanted)
  return matchFrom(wanted, text)
}

/** Matches without backtracking beyond the last star, so that hostile patterns cost no more than length times length. */
function matchFrom(pattern: string, text: string): boolean {
  let p = 0
  let at = 0
  let star = -1
  let retry = 0
  while (at < text.length) {
    if (p < pattern.length && (pattern[p] === '?' || (pattern[p] === text[at] && pattern[p] !== '*'))) {
      p += 1
      at += 1
    } else if (pattern[p] === '*') {
      star = p
      retry = at
      p += 1
    } else if (star >= 0) {
      p = star + 1
      retry += 1
      at = retry
    } else return false
  }
  while (pattern[p] === '*') p += 1
  return p === pattern.length
}
