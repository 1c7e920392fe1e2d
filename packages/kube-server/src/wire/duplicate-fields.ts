/** Paths of fields that a JSON text holds twice in one object, in order of appearance; the text must be valid JSON. */
export function duplicateFields(text: string): string[] {
  const found: string[] = []
  const stack: Level[] = []
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g
  let pending: string | undefined
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const level = stack.at(-1)
    const [word] = match
    if (word === '{' || word === '[') {
      stack.push({ path: childPath(level, pending), keys: word === '{' ? new Set() : undefined, index: 0 })
      pending = undefined
    } else if (word === '}' || word === ']') {
      stack.pop()
      pending = undefined
    } else if (word === ',') {
      if (level !== undefined) level.index += 1
      pending = undefined
    } else if (word !== ':' && level?.keys !== undefined && pending === undefined) {
      pending = JSON.parse(word) as string
      if (level.keys.has(pending)) found.push(level.path === '' ? pending : `${level.path}.${pending}`)
      level.keys.add(pending)
    }
  }
  return [...new Set(found)]
}

interface Level {
  path: string
  /** Absent for arrays. */
  keys: Set<string> | undefined
  index: number
}

function childPath(level: Level | undefined, field: string | undefined): string {
  if (level === undefined) return ''
  if (level.keys === undefined) return `${level.path}[${level.index}]`
  return level.path === '' ? (field ?? '') : `${level.path}.${field ?? ''}`
}
