import { byteLength, bytesToText, textToBytes } from '../../value/bytes.ts'

/** Cuts text to `width` bytes with `...`, leaving out what lies before `offset`. */
export function abbreviate(text: string, offset: number, width: number): string {
  const bytes = textToBytes(text)
  if (width < 4 || bytes.length <= width) return text
  let from = Math.min(offset, bytes.length)
  if (bytes.length - from < width - 3) from = bytes.length - (width - 3)
  if (from <= 4) return `${bytesToText(bytes.subarray(0, width - 3))}...`
  if (width < 7) return ''
  if (from + width - 3 < bytes.length) return `...${abbreviate(bytesToText(bytes.subarray(from)), 0, width - 3)}`
  return `...${bytesToText(bytes.subarray(bytes.length - (width - 3)))}`
}

/** How text is wrapped. */
export interface WrapStyle {
  readonly width: number
  readonly newLine: string
  /** Whether words longer than the width are cut. */
  readonly breakWords: boolean
}

/** Wraps text at spaces; existing line breaks count as any other character. */
export function wrapText(text: string, style: WrapStyle): string {
  const { newLine, breakWords } = style
  const width = Math.max(style.width, 1)
  const bytes = byteLength(text) === text.length ? undefined : textToBytes(text)
  const source = bytes === undefined ? text : Buffer.from(bytes).toString('latin1')
  const separator = bytes === undefined ? newLine : Buffer.from(textToBytes(newLine)).toString('latin1')
  let offset = 0
  let out = ''
  while (source.length - offset > width) {
    if (source[offset] === ' ') {
      offset += 1
      continue
    }
    let end = source.lastIndexOf(' ', offset + width)
    if (end < offset && breakWords) {
      out += source.slice(offset, offset + width) + separator
      offset += width
      continue
    }
    if (end < offset) end = source.indexOf(' ', offset + width)
    if (end < 0) break
    out += source.slice(offset, end) + separator
    offset = end + 1
  }
  out += source.slice(offset)
  return bytes === undefined ? out : bytesToText(Buffer.from(out, 'latin1'))
}
