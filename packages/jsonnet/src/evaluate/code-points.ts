const surrogates = /[\ud800-\udfff]/

/** True when every character is one UTF-16 unit, so that offsets and code points agree. */
export function isFlat(text: string): boolean {
  return !surrogates.test(text)
}

let lastText = ''
let lastPoints: readonly string[] | undefined

/** The characters of a text that is not flat; remembers the last text, as loops ask again and again. */
function pointsOf(text: string): readonly string[] | undefined {
  if (text !== lastText) {
    lastText = text
    lastPoints = isFlat(text) ? undefined : [...text]
  }
  return lastPoints
}

/** Length in code points. */
export function lengthOf(text: string): number {
  return pointsOf(text)?.length ?? text.length
}

/** The character at a position, counted in code points. */
export function characterAt(text: string, index: number): string | undefined {
  const points = pointsOf(text)
  return points === undefined ? text[index] : points[index]
}

/** A part of a text by code point positions, end exclusive. */
export function slicePoints(text: string, from: number, to: number): string {
  const points = pointsOf(text)
  return points === undefined ? text.slice(from, to) : points.slice(from, to).join('')
}

/** All characters, one code point each. */
export function charactersOf(text: string): string[] {
  return isFlat(text) ? text.split('') : [...text]
}

/** Orders texts by code points: negative, zero or positive. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return codeOrder(x) - codeOrder(y)
  }
  return a.length - b.length
}

/** Surrogates stand for code points above all other units. */
function codeOrder(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit
}
