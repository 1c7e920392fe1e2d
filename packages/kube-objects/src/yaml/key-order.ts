/** The order in which go-yaml writes keys: letters after other characters, runs of digits by their number. */
export function compareKeys(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left === right) continue
    if (left > 127 || right > 127) return compareWide(a, b)
    return compareAt(a, b, i)
  }
  return a.length - b.length
}

const wideLetter = /^\p{L}$/u

function compareAt(a: string, b: string, i: number): number {
  const left = a.charCodeAt(i)
  const right = b.charCodeAt(i)
  const letterLeft = isLetter(left)
  const letterRight = isLetter(right)
  if (letterLeft && letterRight) return left - right
  if (letterLeft || letterRight) {
    // After a digit a letter comes first, elsewhere it comes last.
    const first = i > 0 && isDigit(a.charCodeAt(i - 1)) ? letterLeft : letterRight
    return first ? -1 : 1
  }
  return compareNumbers(a, b, i) || left - right
}

function compareNumbers(a: string, b: string, at: number): number {
  let start = 0n
  if (a[at] === '0' || b[at] === '0') {
    for (let j = at - 1; j >= 0 && isDigit(a.charCodeAt(j)); j--) {
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

function readNumber(text: string, from: number, start: bigint): { value: bigint; end: number } {
  let value = start
  let end = from
  // Numbers wrap around at 64 bits, as the reference does.
  while (end < text.length && isDigit(text.charCodeAt(end))) {
    value = BigInt.asIntN(64, value * 10n + BigInt(text.charCodeAt(end) - 48))
    end++
  }
  return { value, end }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}

/** The same order where the first difference is outside ASCII. */
function compareWide(a: string, b: string): number {
  const left = [...a]
  const right = [...b]
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [l = '', r = ''] = [left[i], right[i]]
    if (l === r) continue
    const letterLeft = wideLetter.test(l)
    const letterRight = wideLetter.test(r)
    if (letterLeft !== letterRight) {
      const first = i > 0 && isDigit((left[i - 1] ?? '').charCodeAt(0)) ? letterLeft : letterRight
      return first ? -1 : 1
    }
    return (l.codePointAt(0) ?? 0) - (r.codePointAt(0) ?? 0)
  }
  return left.length - right.length
}
