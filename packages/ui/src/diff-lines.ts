/** A line of a comparison; `left` and `right` are 1-based line numbers, absent where that side has no such line. */
export interface DiffRow {
  readonly kind: 'same' | 'changed' | 'removed' | 'added'
  readonly left?: { readonly number: number; readonly text: string }
  readonly right?: { readonly number: number; readonly text: string }
}

/** A run of rows that is shown, or folded away. */
export interface DiffSection {
  readonly folded: boolean
  readonly rows: readonly DiffRow[]
}

/** A piece of a line; `changed` pieces are what differs within it. */
export interface WordPiece {
  readonly text: string
  readonly changed: boolean
}

/** Pairs the lines of two texts; a removed run beside an added run becomes changed rows, line by line. */
export function diffLines(left: string, right: string): DiffRow[] {
  const a = splitLines(left)
  const b = splitLines(right)
  const rows: DiffRow[] = []
  let i = 0
  let j = 0
  for (const [matchA, matchB] of [...matches(a, b), [a.length, b.length] as const]) {
    pairRuns(rows, { lines: a, from: i, to: matchA }, { lines: b, from: j, to: matchB })
    if (matchA < a.length) {
      const text = a[matchA] ?? ''
      rows.push({
        kind: 'same',
        left: { number: matchA + 1, text },
        right: { number: matchB + 1, text: b[matchB] ?? '' },
      })
    }
    i = matchA + 1
    j = matchB + 1
  }
  return rows
}

/** Groups rows, folding unchanged runs but for `context` lines beside each change. */
export function foldRows(rows: readonly DiffRow[], context = 3): DiffSection[] {
  const near = new Uint8Array(rows.length)
  rows.forEach((row, index) => {
    if (row.kind === 'same') return
    near.fill(1, Math.max(0, index - context), index + context + 1)
  })
  const sections: { folded: boolean; rows: DiffRow[] }[] = []
  rows.forEach((row, index) => {
    const folded = near[index] === 0
    const last = sections.at(-1)
    if (last !== undefined && last.folded === folded) last.rows.push(row)
    else sections.push({ folded, rows: [row] })
  })
  // A fold of one line would take as much room as the line.
  return sections.map((section) =>
    section.folded && section.rows.length < 2 ? { ...section, folded: false } : section,
  )
}

/** Lines that only the right side has, and lines that only the left side has. */
export function countChanges(rows: readonly DiffRow[]): { added: number; removed: number } {
  let added = 0
  let removed = 0
  for (const row of rows) {
    if (row.kind === 'same') continue
    if (row.right !== undefined) added += 1
    if (row.left !== undefined) removed += 1
  }
  return { added, removed }
}

/** What differs between two versions of a line, as pieces of each. */
export function diffWords(left: string, right: string): { left: WordPiece[]; right: WordPiece[] } {
  const a = left.match(/\s+|[\w-]+|[^\w\s]/g) ?? []
  const b = right.match(/\s+|[\w-]+|[^\w\s]/g) ?? []
  const pairs = matches(a, b)
  const keptA = new Set(pairs.map((pair) => pair[0]))
  const keptB = new Set(pairs.map((pair) => pair[1]))
  return { left: toPieces(a, keptA), right: toPieces(b, keptB) }
}

function toPieces(words: readonly string[], kept: ReadonlySet<number>): WordPiece[] {
  const pieces: { text: string; changed: boolean }[] = []
  words.forEach((text, index) => {
    const changed = !kept.has(index)
    const last = pieces.at(-1)
    if (last !== undefined && last.changed === changed) last.text += text
    else pieces.push({ text, changed })
  })
  return pieces
}

interface Run {
  readonly lines: readonly string[]
  readonly from: number
  readonly to: number
}

function pairRuns(rows: DiffRow[], left: Run, right: Run): void {
  const count = Math.max(left.to - left.from, right.to - right.from)
  for (let step = 0; step < count; step += 1) {
    const i = left.from + step
    const j = right.from + step
    const l = i < left.to ? { number: i + 1, text: left.lines[i] ?? '' } : undefined
    const r = j < right.to ? { number: j + 1, text: right.lines[j] ?? '' } : undefined
    if (l !== undefined && r !== undefined) rows.push({ kind: 'changed', left: l, right: r })
    else if (l !== undefined) rows.push({ kind: 'removed', left: l })
    else if (r !== undefined) rows.push({ kind: 'added', right: r })
  }
}

function splitLines(text: string): string[] {
  if (text === '') return []
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}

/** Edits beyond which the middle of two texts is taken as wholly different, so that time stays bounded. */
const editLimit = 2_000

/** Index pairs of a longest common subsequence (Myers), ends trimmed first. */
function matches(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1
    endB -= 1
  }
  const pairs: (readonly [number, number])[] = []
  for (let i = 0; i < start; i += 1) pairs.push([i, i])
  for (const [x, y] of shortestEdit(a.slice(start, endA), b.slice(start, endB))) pairs.push([x + start, y + start])
  for (let i = endA; i < a.length; i += 1) pairs.push([i, endB + i - endA])
  return pairs
}

function shortestEdit(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const max = Math.min(a.length + b.length, editLimit)
  const offset = max + 1
  let furthest = new Int32Array(2 * max + 3)
  const trace: Int32Array[] = []
  for (let d = 0; d <= max; d += 1) {
    trace.push(furthest.slice())
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest[offset + k - 1] ?? 0) < (furthest[offset + k + 1] ?? 0))
      let x = down ? (furthest[offset + k + 1] ?? 0) : (furthest[offset + k - 1] ?? 0) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1
      furthest[offset + k] = x
      if (x >= a.length && x - k >= b.length) return walkBack(trace, { x: a.length, y: b.length, offset })
    }
    furthest = furthest.slice()
  }
  return []
}

function walkBack(
  trace: readonly Int32Array[],
  end: { x: number; y: number; offset: number },
): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = []
  let { x, y } = end
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const furthest = trace[d] ?? new Int32Array()
    const at = (diagonal: number) => furthest[end.offset + diagonal] ?? 0
    const k = x - y
    const previous = k === -d || (k !== d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1
    const startX = d === 0 ? 0 : at(previous)
    const startY = d === 0 ? 0 : startX - previous
    while (x > startX && y > startY) {
      x -= 1
      y -= 1
      pairs.push([x, y])
    }
    x = startX
    y = startY
  }
  return pairs.reverse()
}
