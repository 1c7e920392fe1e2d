/** Matches a whole text against `*` and `?`; costs at most pattern × text, however many stars there are. */
export function matchesGlob(pattern: string, text: string): boolean {
  let p = 0
  let star = -1
  let mark = 0
  for (let t = 0; t < text.length; ) {
    if (pattern[p] === '*') {
      star = p
      mark = t
      p += 1
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1
      t += 1
    } else if (star >= 0) {
      p = star + 1
      mark += 1
      t = mark
    } else {
      return false
    }
  }
  while (pattern[p] === '*') p += 1
  return p === pattern.length
}
