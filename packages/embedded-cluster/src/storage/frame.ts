import { crc32 } from 'node:zlib'

/** Writes a value as one checksummed line: eight hex digits, a space, JSON, a line feed. */
export function encodeFrame(value: unknown): string {
  const json = JSON.stringify(value)
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`
}

/** Reads a line that {@link encodeFrame} wrote (without its line feed); `undefined` when it is torn or damaged. */
export function decodeFrame(line: string): unknown {
  if (line.length < 10 || line[8] !== ' ') return undefined
  const json = line.slice(9)
  if (Number.parseInt(line.slice(0, 8), 16) !== crc32(json)) return undefined
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
