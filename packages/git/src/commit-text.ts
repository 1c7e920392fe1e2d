/** Author, date and message of a commit object's text. */
export function parseCommit(text: string): { author: string; date: string; message: string } {
  const blank = text.indexOf('\n\n')
  const head = blank < 0 ? text : text.slice(0, blank)
  const match = /^author (.*) (-?\d+) [+-]\d{4}$/m.exec(head)
  const seconds = Number(match?.[2] ?? 0)
  const date = new Date(Number.isSafeInteger(seconds * 1000) && Math.abs(seconds) < 8e12 ? seconds * 1000 : 0)
  return {
    author: match?.[1] ?? '',
    date: date.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    message: blank < 0 ? '' : text.slice(blank + 2).trimEnd(),
  }
}
