const lineLength = 70

/** Standard base64 of bytes, padded; texts longer than a line are broken into lines of 70, each ended. */
export function base64Lines(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  if (text.length < lineLength) return text
  let lines = ''
  for (let at = 0; at < text.length; at += lineLength) lines += `${text.slice(at, at + lineLength)}\n`
  return lines
}
