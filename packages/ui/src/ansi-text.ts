/** A piece of a terminal line with its colour, `undefined` for the default. */
export interface AnsiPiece {
  readonly text: string
  readonly color: 'red' | 'green' | 'yellow' | 'blue' | 'dim' | undefined
  readonly bold: boolean
}

const colors: Readonly<Record<string, AnsiPiece['color']>> = {
  30: 'dim',
  31: 'red',
  32: 'green',
  33: 'yellow',
  34: 'blue',
  35: 'blue',
  36: 'blue',
  90: 'dim',
  91: 'red',
  92: 'green',
  93: 'yellow',
  94: 'blue',
}

/** Splits a line at its terminal colour codes; every other control sequence is dropped. */
export function parseAnsi(line: string): AnsiPiece[] {
  if (!line.includes('\u001b')) return [{ text: line, color: undefined, bold: false }]
  const pieces: AnsiPiece[] = []
  let color: AnsiPiece['color']
  let bold = false
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal codes begin with ESC
  for (const part of line.split(/(\u001b\[[0-9;?]*[A-Za-z])/)) {
    if (part === '') continue
    if (!part.startsWith('\u001b[')) {
      pieces.push({ text: part, color, bold })
      continue
    }
    if (!part.endsWith('m')) continue
    for (const code of part.slice(2, -1).split(';')) {
      if (code === '' || code === '0') {
        color = undefined
        bold = false
      } else if (code === '1') bold = true
      else if (code === '39') color = undefined
      else if (Object.hasOwn(colors, code)) color = colors[code]
    }
  }
  return pieces
}
