import { type FileEntry, type FileTree, joinPath, LimitErrors, resolveInTree } from '@driftless/foundation'
import type { ChartFile } from './chart.ts'
import { compileIgnoreRules, type IgnoreRules } from './ignore-rules.ts'

/** What a chart may weigh. */
export interface ChartLimits {
  /** Bytes of all files of a chart, archives unpacked. */
  readonly chartBytes: number
  /** Files of a chart, dependencies included. */
  readonly chartFiles: number
}

/** Helm's own limit on bytes; far more files than any public chart has. */
export const defaultChartLimits: ChartLimits = { chartBytes: 100 * 1024 * 1024, chartFiles: 20_000 }

/** Reads all files of a chart directory that its `.helmignore` leaves; links may lead anywhere inside the tree. */
export function readChartDirectory(
  tree: FileTree,
  directory: string,
  limits: ChartLimits = defaultChartLimits,
): ChartFile[] {
  const ignoreFile = readOptional(tree, joinPath(directory, '.helmignore'))
  const rules = compileIgnoreRules(ignoreFile === undefined ? '' : new TextDecoder().decode(ignoreFile))
  const walk: Walk = { tree, rules, limits, files: [], bytes: 0 }
  visit(walk, resolveInTree(tree, directory), '', [])
  return walk.files
}

interface Walk {
  readonly tree: FileTree
  readonly rules: IgnoreRules
  readonly limits: ChartLimits
  readonly files: ChartFile[]
  bytes: number
}

function visit(walk: Walk, directory: string, prefix: string, above: readonly string[]): void {
  if (above.includes(directory)) return
  for (const entry of walk.tree.list(directory) ?? []) {
    const path = prefix + entry.name
    const place = directory === '' ? entry.name : `${directory}/${entry.name}`
    const { real, kind } = follow(walk.tree, place, entry)
    if (kind === 'other' || walk.rules(path, kind === 'directory')) continue
    if (kind === 'directory') visit(walk, real, `${path}/`, [...above, directory])
    else addFile(walk, path, real)
  }
}

function follow(
  tree: FileTree,
  place: string,
  entry: FileEntry,
): { real: string; kind: 'file' | 'directory' | 'other' } {
  if (entry.kind !== 'symlink') return { real: place, kind: entry.kind }
  const real = resolveInTree(tree, place)
  return { real, kind: tree.list(real) === undefined ? 'file' : 'directory' }
}

function addFile(walk: Walk, path: string, real: string): void {
  const content = walk.tree.read(real)
  if (content === undefined) return
  walk.bytes += content.length
  if (walk.bytes > walk.limits.chartBytes)
    throw LimitErrors.EXCEEDED({ what: 'the size of the chart', limit: walk.limits.chartBytes })
  if (walk.files.length >= walk.limits.chartFiles)
    throw LimitErrors.EXCEEDED({ what: 'the number of chart files', limit: walk.limits.chartFiles })
  walk.files.push({ path, content: withoutMark(content) })
}

/** Without a byte-order mark. */
export function withoutMark(content: Uint8Array): Uint8Array {
  return content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf ? content.subarray(3) : content
}

function readOptional(tree: FileTree, path: string): Uint8Array | undefined {
  return tree.read(resolveInTree(tree, path))
}
