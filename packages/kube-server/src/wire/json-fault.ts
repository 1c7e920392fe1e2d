/** What is wrong with a text that is no JSON, in the words of Go's decoder. */
export function jsonFault(text: string): string {
  const scanner = { text, at: 0, depth: 0 }
  try {
    skipSpace(scanner)
    readValue(scanner, 'looking for beginning of value')
    skipSpace(scanner)
    if (scanner.at < text.length) throw unexpected(scanner, 'after top-level value')
    return 'invalid JSON'
  } catch (error) {
    if (error instanceof Fault) return error.message
    throw error
  }
}

class Fault extends Error {}

interface Scanner {
  text: string
  at: number
  depth: number
}

/** Deeper texts are refused for that alone. */
const maxDepth = 1000

function unexpected(scanner: Scanner, context: string): Fault {
  const found = scanner.text[scanner.at]
  if (found === undefined) return new Fault('unexpected end of JSON input')
  const shown = found === "'" ? "'\\''" : found === '"' ? `'"'` : `'${JSON.stringify(found).slice(1, -1)}'`
  return new Fault(`invalid character ${shown} ${context}`)
}

function readValue(scanner: Scanner, context: string): void {
  const start = scanner.text[scanner.at]
  if (start === '{') nested(scanner, readMembers)
  else if (start === '[') nested(scanner, readItems)
  else if (start === '"') readString(scanner)
  else if (start !== undefined && /[-\d]/.test(start)) readNumber(scanner)
  else if (start === 't') readWord(scanner, 'true')
  else if (start === 'f') readWord(scanner, 'false')
  else if (start === 'n') readWord(scanner, 'null')
  else throw unexpected(scanner, context)
}

function nested(scanner: Scanner, read: (scanner: Scanner) => void): void {
  scanner.depth += 1
  if (scanner.depth > maxDepth) throw new Fault('exceeded max depth')
  read(scanner)
  scanner.depth -= 1
}

function readMembers(scanner: Scanner): void {
  scanner.at += 1
  skipSpace(scanner)
  if (take(scanner, '}')) return
  for (;;) {
    if (scanner.text[scanner.at] !== '"') throw unexpected(scanner, 'looking for beginning of object key string')
    readString(scanner)
    skipSpace(scanner)
    if (!take(scanner, ':')) throw unexpected(scanner, 'after object key')
    skipSpace(scanner)
    readValue(scanner, 'looking for beginning of value')
    skipSpace(scanner)
    if (take(scanner, '}')) return
    if (!take(scanner, ',')) throw unexpected(scanner, 'after object key:value pair')
    skipSpace(scanner)
  }
}

function readItems(scanner: Scanner): void {
  scanner.at += 1
  skipSpace(scanner)
  if (take(scanner, ']')) return
  for (;;) {
    readValue(scanner, 'looking for beginning of value')
    skipSpace(scanner)
    if (take(scanner, ']')) return
    if (!take(scanner, ',')) throw unexpected(scanner, 'after array element')
    skipSpace(scanner)
  }
}

function readString(scanner: Scanner): void {
  for (scanner.at += 1; ; scanner.at += 1) {
    const found = scanner.text[scanner.at]
    if (found === undefined || found < ' ') throw unexpected(scanner, 'in string literal')
    if (found === '"') break
    if (found !== '\\') continue
    scanner.at += 1
    if (!/["\\/bfnrtu]/.test(scanner.text[scanner.at] ?? '')) throw unexpected(scanner, 'in string escape code')
  }
  scanner.at += 1
}

function readNumber(scanner: Scanner): void {
  take(scanner, '-')
  if (!/\d/.test(scanner.text[scanner.at] ?? '')) throw unexpected(scanner, 'in numeric literal')
  if (!take(scanner, '0')) skipDigits(scanner)
  if (take(scanner, '.')) {
    if (!/\d/.test(scanner.text[scanner.at] ?? '')) throw unexpected(scanner, 'after decimal point in numeric literal')
    skipDigits(scanner)
  }
  if (!take(scanner, 'e') && !take(scanner, 'E')) return
  if (!take(scanner, '+')) take(scanner, '-')
  if (!/\d/.test(scanner.text[scanner.at] ?? '')) throw unexpected(scanner, 'in exponent of numeric literal')
  skipDigits(scanner)
}

function readWord(scanner: Scanner, word: string): void {
  for (const letter of word) {
    if (!take(scanner, letter)) throw unexpected(scanner, `in literal ${word} (expecting '${letter}')`)
  }
}

function skipDigits(scanner: Scanner): void {
  while (/\d/.test(scanner.text[scanner.at] ?? '')) scanner.at += 1
}

function skipSpace(scanner: Scanner): void {
  while (/[ \t\r\n]/.test(scanner.text[scanner.at] ?? '')) scanner.at += 1
}

function take(scanner: Scanner, letter: string): boolean {
  if (scanner.text[scanner.at] !== letter) return false
  scanner.at += 1
  return true
}
