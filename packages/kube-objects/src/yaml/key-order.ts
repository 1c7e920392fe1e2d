/** The order in which go-yaml writes keys: letters after other characters, runs of digits by their number. */
export function compareKeys(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left === right) continue
    return left > 127 || right > 127 ? compareWide([...a], [...b]) : compareAt(a, b, i)
  }
  return a.length - b.length
}

const wideLetter = /^\p{L}$/u

/** A text by characters: a string, or the code points of one. */
type Characters = { readonly length: number; readonly [index: number]: string }

function compareWide(a: Characters, b: Characters): number {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return compareAt(a, b, i)
  return a.length - b.length
}

function compareAt(a: Characters, b: Characters, i: number): number {
  const [left = '', right = ''] = [a[i], b[i]]
  const byCode = (left.codePointAt(0) ?? 0) - (right.codePointAt(0) ?? 0)
  const letterLeft = isLetter(left)
  const letterRight = isLetter(right)
  if (letterLeft && letterRight) return byCode
  if (letterLeft || letterRight) return letterRight ? -1 : 1
  return compareNumbers(a, b, i) || byCode
}

function compareNumbers(a: Characters, b: Characters, at: number): number {
  let start = 0n
  if (a[at] === '0' || b[at] === '0') {
    for (let j = at - 1; j >= 0 && isDigit(a[j]); j--) {
      if (a[j] === '0') continue
      start = 1n
      break
    }
  }
  const left = readNumber(a, at, start)
  const right = readNumber(b, at, start)
  if (left.value !== right.value) return left.value < right.value ? -1 : 1
  return left.end - right.end
}

function readNumber(text: Characters, from: number, start: bigint): { value: bigint; end: number } {
  let value = start
  let end = from
  // Numbers wrap around at 64 bits, as the reference does.
  while (end < text.length && isDigit(text[end])) {
    value = BigInt.asIntN(64, value * 10n + BigInt((text[end] as string).charCodeAt(0) - 48))
    end++
  }
  return { value, end }
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9' && char.length === 1
}

function isLetter(char: string): boolean {
  return (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || (char > '\u007f' && wideLetter.test(char))
}
