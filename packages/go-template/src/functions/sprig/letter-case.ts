const isUpper = (char: string) => /\p{Lu}/u.test(char)
const isLetter = (char: string) => /\p{L}/u.test(char)
const isNumber = (char: string) => /\p{N}/u.test(char)
const isPunctuation = (char: string) => /\p{P}/u.test(char)
const isSpace = (char: string) => /[\s\u0085]/.test(char)
const isConnector = (char: string) => char === '-' || char === '_' || isSpace(char)

/** Upper-cases the first letter of each word as Go's `strings.Title`. */
export function titleCase(text: string): string {
  let previous = ' '
  let out = ''
  for (const char of text) {
    out += isSeparator(previous) ? char.toUpperCase() : char
    previous = char
  }
  return out
}

function isSeparator(char: string): boolean {
  if (char <= '\u007f') return !/[A-Za-z0-9_]/.test(char)
  return !isLetter(char) && !/\p{Nd}/u.test(char) && isSpace(char)
}

/** Lower-cases the first letter of each word. */
export function untitle(text: string): string {
  let start = true
  let out = ''
  for (const char of text) {
    out += start ? char.toLowerCase() : char
    start = isSpace(char)
  }
  return out
}

/** Swaps upper and lower case; a lower-case letter after white space becomes a title letter. */
export function swapCase(text: string): string {
  return Array.from(text, (char) => (isUpper(char) ? char.toLowerCase() : char.toUpperCase())).join('')
}

/** Removes characters of a set from both ends. */
export function trimChars(text: string, chars: string): string {
  const set = new Set(chars)
  const all = Array.from(text)
  let from = 0
  let to = all.length
  while (from < to && set.has(all[from] as string)) from += 1
  while (to > from && set.has(all[to - 1] as string)) to -= 1
  return all.slice(from, to).join('')
}

/** `http_server-name` → `HttpServerName`; leading and doubled connectors stay, runs of capitals shrink. */
export function pascalCase(text: string): string {
  const chars = Array.from(text)
  let out = ''
  let at = 0
  while (at < chars.length && isConnector(chars[at] as string)) out += chars[at++]
  if (at >= chars.length) return out
  let current = chars[at++] as string
  let inCapitals = isUpper(current)
  current = current.toUpperCase()
  for (; at < chars.length; at += 1) {
    const previous = current
    current = chars[at] as string
    if (isConnector(current) && isConnector(previous)) {
      out += previous
      continue
    }
    if (isConnector(previous)) {
      inCapitals = isUpper(current)
      current = current.toUpperCase()
      continue
    }
    if (inCapitals && isUpper(current)) current = current.toLowerCase()
    else inCapitals = false
    out += previous
  }
  return out + current
}

type WordType = 'number' | 'upper' | 'alphabet' | 'connector' | 'punctuation' | 'other' | 'none'

interface Word {
  readonly type: WordType
  readonly text: string
}

/** Words of a text by the kinds of their characters; `HTTPStatus` is two. */
function splitWords(text: string): Word[] {
  const chars = Array.from(text)
  const words: Word[] = []
  for (let at = 0; at < chars.length; ) {
    const type = wordType(chars[at] as string)
    const end = endOfWord(chars, at, type)
    words.push({ type, text: chars.slice(at, end).join('') })
    at = end
  }
  return words
}

function wordType(char: string): WordType {
  if (isConnector(char)) return 'connector'
  if (isPunctuation(char)) return 'punctuation'
  if (isUpper(char)) return 'upper'
  if (isLetter(char)) return 'alphabet'
  return isNumber(char) ? 'number' : 'other'
}

function endOfWord(chars: readonly string[], from: number, type: WordType): number {
  let end = from + 1
  const typeAt = (at: number) => (at < chars.length ? wordType(chars[at] as string) : 'none')
  if (type !== 'upper') {
    while (typeAt(end) === type) end += 1
    return end
  }
  if (typeAt(end) === 'alphabet') {
    while (typeAt(end) === 'alphabet') end += 1
    return end
  }
  while (typeAt(end) === 'upper') end += 1
  return end > from + 1 && typeAt(end) === 'alphabet' ? end - 1 : end
}

/** `HTTPServer` → `http_server`: lower-cased words joined by a connector; digits belong to the word before them. */
export function camelToLower(text: string, connector: string): string {
  const words = splitWords(text)
  const at = (index: number): Word => words[index] ?? { type: 'none', text: '' }
  const lower = (word: Word) =>
    word.type === 'connector' ? connector.repeat(Array.from(word.text).length) : word.text.toLowerCase()
  const breaks = (type: WordType) => type !== 'none' && type !== 'connector' && type !== 'punctuation'
  let out = ''
  let index = 0
  while (index < words.length - 1) {
    const word = at(index)
    index += 1
    if (word.type !== 'connector') out += lower(word)
    if (word.type === 'connector') out += lower(word)
    else if (word.type === 'number') {
      while (at(index).type === 'alphabet' || at(index).type === 'number') out += lower(at(index++))
      if (breaks(at(index).type)) out += connector
    } else if (word.type !== 'punctuation') {
      if (at(index).type !== 'number') {
        if (breaks(at(index).type)) out += connector
        continue
      }
      if (index === words.length - 1) continue
      const digits = at(index++)
      if (at(index).type !== 'alphabet') {
        out += lower(digits)
        if (breaks(at(index).type)) out += connector
        continue
      }
      out += connector + lower(digits)
      while (at(index).type === 'alphabet' || at(index).type === 'number') out += lower(at(index++))
      if (breaks(at(index).type)) out += connector
    }
  }
  return index < words.length ? out + lower(at(index)) : out
}
