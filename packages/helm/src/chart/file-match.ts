/**
 * Compiles a pattern of Go's `filepath.Match`: `*` and `?` stop at `/`, `[a-z]` and `[^a-z]` are classes, `\` escapes.
 * `undefined` when the syntax is wrong.
 */
export function compileFileMatch(pattern: string): ((path: string) => boolean) | undefined {
  let source = ''
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] as string
    if (char === '*') source += '[^/]*'
    else if (char === '?') source += '[^/]'
    else if (char === '[') {
      const end = endOfClass(pattern, at)
      if (end === undefined) return undefined
      source += classSource(pattern.slice(at + 1, end))
      at = end
    } else if (char === '\\') {
      at += 1
      if (at >= pattern.length) return undefined
      source += escapeRegex(pattern[at] as string)
    } else source += escapeRegex(char)
  }
  try {
    const regex = new RegExp(`^${source}$`, 'su')
    return (path) => regex.test(path)
  } catch {
    return undefined
  }
}

function endOfClass(pattern: string, start: number): number | undefined {
  for (let at = start + 1; at < pattern.length; at += 1) {
    if (pattern[at] === '\\') at += 1
    else if (pattern[at] === ']' && at > start + 1) return at
  }
  return undefined
}

function classSource(body: string): string {
  const negated = body.startsWith('^')
  const chars = (negated ? body.slice(1) : body).replace(/\\(.)|[\]^&[]/gsu, (all, escaped) =>
    escaped === undefined ? `\\${all}` : escaped === '-' ? '\\-' : escapeRegex(escaped),
  )
  return `[${negated ? '^/' : ''}${chars}]`
}

const escapeRegex = (char: string) => char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
