/** Text in columns, padded with two spaces, under upper-case headers. */
export function formatTable(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headers, ...rows]
  const widths = headers.map((_header, column) => Math.max(...all.map((row) => [...(row[column] ?? '')].length)))
  return all
    .map((row) => {
      const cells = headers.map((_header, column) => {
        const cell = row[column] ?? ''
        return column === headers.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) + 2 - [...cell].length)
      })
      return `${cells.join('').trimEnd()}\n`
    })
    .join('')
}

/** One line `Label:  value` with the value in column 20. */
export function formatField(label: string, value: string): string {
  return `${`${label}:`.padEnd(20)}${value}`.trimEnd().concat('\n')
}
