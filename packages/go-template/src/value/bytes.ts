const encoder = new TextEncoder()
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Bytes of a template string. Strings are UTF-16 here and bytes in Go; a byte that is no valid UTF-8
 * is kept as the lone surrogate U+DC80 + (byte - 0x80), so that binary data survives a way through a template.
 */
export function textToBytes(text: string): Uint8Array {
  if (text.isWellFormed()) return encoder.encode(text)
  const out: number[] = []
  for (const char of text) {
    const code = char.codePointAt(0) as number
    if (code >= 0xdc80 && code <= 0xdcff) out.push(code - 0xdc00)
    else for (const byte of encoder.encode(char)) out.push(byte)
  }
  return Uint8Array.from(out)
}

/** Text of bytes; bytes that are no valid UTF-8 become lone surrogates (see {@link textToBytes}). */
export function bytesToText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch {
    return decodeLoosely(bytes)
  }
}

function decodeLoosely(bytes: Uint8Array): string {
  let out = ''
  let index = 0
  while (index < bytes.length) {
    const length = sequenceLength(bytes, index)
    if (length === 0) {
      out += String.fromCharCode(0xdc00 + (bytes[index] as number))
      index += 1
    } else {
      out += strict.decode(bytes.subarray(index, index + length))
      index += length
    }
  }
  return out
}

/** Length of the valid UTF-8 sequence at an index, 0 when there is none. */
function sequenceLength(bytes: Uint8Array, index: number): number {
  const lead = bytes[index] as number
  if (lead < 0x80) return 1
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0
  if (length === 0 || index + length > bytes.length) return 0
  try {
    strict.decode(bytes.subarray(index, index + length))
    return length
  } catch {
    return 0
  }
}

/** Number of bytes of a string, as Go's `len` counts. */
export function byteLength(text: string): number {
  if (isAscii(text)) return text.length
  return textToBytes(text).length
}

/** Part of a string by byte offsets. */
export function byteSlice(text: string, from: number, to?: number): string {
  if (isAscii(text)) return text.slice(from, to)
  return bytesToText(textToBytes(text).subarray(from, to))
}

/** True when every character is one byte. */
export function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII
  return /^[\x00-\x7f]*$/.test(text)
}

/** Code points as Go's `[]rune` has them. */
export function runes(text: string): string[] {
  return Array.from(text)
}
