/** Decodes the JSON value that a text begins with; `undefined` when there is none. */
export function decodeJsonPrefix(text: string): { value: unknown; length: number } | undefined {
  const end = endOfValue(text)
  if (end === undefined) return undefined
  try {
    return { value: JSON.parse(text.slice(0, end)) as unknown, length: end }
  } catch {
    return undefined
  }
}

const scalar = /\s*(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/sy

function endOfValue(text: string): number | undefined {
  const start = text.search(/\S/)
  if (start < 0) return undefined
  if (text[start] !== '{' && text[start] !== '[') {
    scalar.lastIndex = 0
    return scalar.test(text) ? scalar.lastIndex : undefined
  }
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const char = text[at]
    if (char === '"') {
      at = endOfString(text, at)
    } else if (char === '{' || char === '[') depth += 1
    else if (char === '}' || char === ']') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return undefined
}

/** Index of the quote that closes the string beginning at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at
  }
  return text.length
}
