/** A value of a field in one line; long ones are cut. */
export function valueText(value: unknown, absent: string): string {
  if (value === undefined || value === null) return absent
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 117)}…` : text
}

/** True when a field was set by a person with a command line or a browser, not by a controller. */
export function isHandMade(manager: string): boolean {
  return /^(kubectl|Mozilla|dashboard|lens|k9s|headlamp)/i.test(manager)
}

/** Lines of a YAML text by the paths of their fields, as differences name them: `spec.containers[0].image`. */
export function linesByPath(text: string): Map<string, number> {
  const lines = new Map<string, number>()
  const stack: { indent: number; path: string; items: number }[] = [{ indent: -1, path: '', items: 0 }]
  let literal = -1
  text.split('\n').forEach((line, index) => {
    const indent = line.length - line.trimStart().length
    if (line.trim() === '' || (literal >= 0 && indent > literal)) return
    literal = -1
    let rest = line.trimStart()
    let column = indent
    while (rest.startsWith('- ') || rest === '-') {
      // A list stands under its key, in the same column or further right.
      while (stack.length > 1 && (stack.at(-1)?.indent ?? 0) > column) stack.pop()
      while (stack.length > 1 && stack.at(-1)?.indent === column && isItem(stack.at(-1)?.path)) stack.pop()
      const parent = stack.at(-1)
      if (parent === undefined) return
      const path = `${parent.path}[${parent.items}]`
      parent.items += 1
      stack.push({ indent: column, path, items: 0 })
      lines.set(path, index + 1)
      rest = rest.slice(2)
      column += 2
    }
    const key = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s:][^:]*):(?:\s|$)/.exec(rest)?.[1]
    if (key === undefined) return
    while (stack.length > 1 && (stack.at(-1)?.indent ?? 0) >= column) stack.pop()
    const parent = stack.at(-1)?.path ?? ''
    const name = key.replace(/^["']|["']$/g, '')
    const path = parent === '' ? name : `${parent}.${name}`
    lines.set(path, index + 1)
    stack.push({ indent: column, path, items: 0 })
    if (/:\s*[|>][-+\d]*\s*$/.test(rest)) literal = column
  })
  return lines
}

function isItem(path: string | undefined): boolean {
  return path?.endsWith(']') ?? false
}

/** The line of a path, or of the nearest field above it that has one. */
export function lineOfPath(lines: ReadonlyMap<string, number>, path: string): number | undefined {
  for (let at = path; at !== ''; at = at.replace(/(\.[^.[\]]+|\[\d+\]|^[^.[\]]+)$/, '')) {
    const line = lines.get(at)
    if (line !== undefined) return line
  }
  return undefined
}
