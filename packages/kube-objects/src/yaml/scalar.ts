/** Rules of go-yaml 2 for plain scalars, which sigs.k8s.io/yaml uses (YAML 1.1 words, Go number forms). */

/** Words that stand for a value; all others that start with a letter are strings. */
const words = new Map<string, boolean | null | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((w) => [w, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((w) => [w, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((w) => [w, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((w) => [w, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((w) => [w, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((w) => [w, Number.NEGATIVE_INFINITY] as const),
])

const longestWord = 5
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/
const prefixed = /^([-+]?)0(?:[xX]([0-9a-fA-F]+)|[oO]([0-7]+)|[bB]([01]+)|([0-7]+))$/
const decimal = /^[-+]?(0|[1-9][0-9]*)$/
const base60 = /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/
const timestamp =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?$/

/** First characters that can start something else than a string: 1 word, 2 number, 3 sign or dot. */
const firstChars = new Uint8Array(128)
for (const c of 'yYnNtTfFoO~') firstChars[c.charCodeAt(0)] = 1
for (const c of '0123456789') firstChars[c.charCodeAt(0)] = 2
for (const c of '+-.') firstChars[c.charCodeAt(0)] = 3

/** The value of a plain scalar. Timestamps stay strings. */
export function resolvePlain(text: string): unknown {
  if (text === '') return null
  const hint = firstChars[text.charCodeAt(0)]
  if (hint === undefined || hint === 0) return text
  if (text.length <= longestWord && hint !== 2) {
    const word = words.get(text)
    if (word !== undefined) return word
  }
  if (hint === 1) return text
  return resolveNumber(text) ?? text
}

/** The number a plain scalar stands for, undefined when it is none. */
export function resolveNumber(text: string): number | undefined {
  const plain = text.includes('_') ? text.replaceAll('_', '') : text
  if (decimal.test(plain)) return finite(Number(plain))
  const match = prefixed.exec(plain)
  if (match) {
    const value = prefixedInteger(match)
    if (value < 2 ** 64) return match[1] === '-' ? -value : value
    return match[5] === undefined ? undefined : floatOf(plain)
  }
  return floatOf(plain)
}

/** Whether a string can be written plain and read back as the same string. */
export function isPlainString(text: string): boolean {
  if (typeof resolvePlain(text) !== 'string') return false
  const first = text.charCodeAt(0)
  const digit = first >= 48 && first <= 57
  if (digit && isTimestamp(text)) return false
  return !((digit || first === 43 || first === 45) && base60.test(text))
}

/** Whether go-yaml reads the text as a point in time. */
export function isTimestamp(text: string): boolean {
  const m = timestamp.exec(text)
  if (m === null) return false
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])]
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false
  const [hour, minute, second] = [Number(m[4] ?? m[9] ?? 0), Number(m[5] ?? m[10] ?? 0), Number(m[6] ?? m[11] ?? 0)]
  return hour < 24 && minute < 60 && second < 60 && Number(m[7] ?? 0) <= 24 && Number(m[8] ?? 0) < 60
}

function floatOf(text: string): number | undefined {
  return float.test(text) ? finite(Number(text)) : undefined
}

/** Numbers too large for 64 bits are strings. */
function finite(value: number): number | undefined {
  // There is no negative zero among integers.
  return Number.isFinite(value) ? value + 0 : undefined
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function prefixedInteger(match: RegExpExecArray): number {
  if (match[2] !== undefined) return Number(`0x${match[2]}`)
  if (match[4] !== undefined) return Number(`0b${match[4]}`)
  return Number(`0o${match[3] ?? match[5]}`)
}
