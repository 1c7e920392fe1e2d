import type { Io } from '../../../io.ts'
import { cellsOf, keyOf, type ResourceRow } from '../../../output/resource-rows.ts'

const columns: readonly (readonly [header: string, width: number])[] = [
  ['TIMESTAMP', 27],
  ['GROUP', 12],
  ['KIND', 14],
  ['NAMESPACE', 12],
  ['NAME', 24],
  ['STATUS', 10],
  ['HEALTH', 12],
  ['HOOK', 8],
  ['MESSAGE', 0],
]

/** Prints a row each time a resource is not as it was when last printed; the widths are fixed, as rows come one by one. */
export function createProgress(io: Io): (rows: readonly ResourceRow[]) => void {
  const printed = new Map<string, string>()
  return (rows) => {
    for (const row of rows) {
      const cells = cellsOf(row)
      const key = `${keyOf(row)}/${row.hook}`
      const state = cells.join('\0')
      if (printed.get(key) === state) continue
      if (printed.size === 0) io.out(line(columns.map(([header]) => header)))
      printed.set(key, state)
      io.out(line([new Date().toISOString().replace(/\.\d+Z$/, '+00:00'), ...cells]))
    }
  }
}

function line(cells: readonly string[]): string {
  const text = cells.map((cell, index) => cell.padEnd(columns[index]?.[1] ?? 0)).join('  ')
  return `${text.trimEnd()}\n`
}
