import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryTree, systemClock } from '@driftless/foundation'
import { ChartCache, renderChart } from '@driftless/helm'
import { deepEqual, parseYamlDocuments } from '@driftless/kube-objects'
import { build } from '@driftless/kustomize'
import { driftless, median, run, timeInTurns, timeOf } from './processes.ts'
import { timeUnchanged } from './unchanged.ts'
import { chartSizes, writeChart } from './write-chart.ts'
import { kustomizationSizes, writeKustomization } from './write-kustomization.ts'

const helm = toolFrom('HELM_BIN')
const kustomize = toolFrom('KUSTOMIZE_BIN')
const directory = mkdtempSync(join(tmpdir(), 'driftless-bench-render-'))
try {
  const charts = chartSizes.map((size) => {
    const path = join(directory, 'source', size.name)
    writeChart(path, size)
    return path
  })
  const kustomizations = kustomizationSizes.map((resources) => {
    const path = join(directory, 'source', `resources-${resources}`)
    writeKustomization(path, resources)
    return path
  })
  const source = join(directory, 'source')
  const names = [...charts, ...kustomizations].map((path) => path.slice(source.length + 1))
  const unchanged = await timeUnchanged(join(directory, 'git'), textsOf(source), names)
  console.table(await inOrder(charts, (path) => chartRow(path, unchanged)))
  const rows = await inOrder(kustomizations, (path) => kustomizationRow(path, unchanged))
  console.table(rows)
  printGrowth(rows)
  printMemory(charts.at(-1) ?? '')
} finally {
  rmSync(directory, { recursive: true, force: true })
}

type Row = Record<string, string | number>

function toolFrom(variable: string): string | undefined {
  const binary = process.env[variable]
  if (binary !== undefined && existsSync(binary)) return binary
  console.log(
    binary === undefined ? `${variable} is not set` : `${variable}: there is no ${binary}`,
    '- measured without it',
  )
  return undefined
}

async function inOrder(paths: readonly string[], measure: (path: string) => Promise<Row>): Promise<Row[]> {
  const rows: Row[] = []
  for (const path of paths) rows.push(await measure(path))
  return rows
}

async function chartRow(path: string, unchanged: ReadonlyMap<string, number>): Promise<Row> {
  const args = ['template', 'bench', path, '--namespace', 'bench']
  const ours = () => run(driftless, ['helm', ...args])
  const theirs = helm === undefined ? undefined : () => run([helm], args)
  const objects = checkEqual(path, ours(), theirs?.())
  const warm = warmChart(path)
  const times: number[] = []
  for (let round = 0; round < 100; round += 1) times.push(await timeOf(() => warm(round)))
  const { a, b } = await timeInTurns(5, ours, theirs)
  return rowOf(path, { objects, cold: a, tool: b, warm: median(times.slice(20)), unchanged })
}

function warmChart(path: string): (bench: number) => void {
  const tree = memoryTree(textsOf(path))
  const cache = new ChartCache()
  const fixed = { tree, path: '', releaseName: 'bench', namespace: 'bench', cache, clock: systemClock, randomBytes }
  return (bench) => {
    renderChart({ ...fixed, values: { bench } })
  }
}

async function kustomizationRow(path: string, unchanged: ReadonlyMap<string, number>): Promise<Row> {
  const ours = () => run(driftless, ['kustomize', 'build', path])
  const theirs = kustomize === undefined ? undefined : () => run([kustomize], ['build', path])
  const objects = checkEqual(path, ours(), theirs?.())
  const tree = memoryTree(textsOf(path))
  const large = objects > 500
  const times: number[] = []
  for (let round = 0; round < (large ? 5 : 50); round += 1)
    times.push(await timeOf(() => build({ tree, path: '' }).text))
  const { a, b } = await timeInTurns(large ? 1 : 5, ours, theirs)
  return rowOf(path, { objects, cold: a, tool: b, warm: median(times), unchanged })
}

/** The number of objects, when both say the same; nothing is timed otherwise. */
function checkEqual(path: string, ours: string, theirs: string | undefined): number {
  const documents = parseYamlDocuments(ours)
  if (theirs !== undefined && theirs !== ours && !deepEqual(documents, parseYamlDocuments(theirs)))
    throw new Error(`${path}: the results differ, so there is nothing to time`)
  return documents.length
}

interface Measured {
  readonly objects: number
  readonly cold: number
  readonly tool: number | undefined
  readonly warm: number
  readonly unchanged: ReadonlyMap<string, number>
}

function rowOf(path: string, { objects, cold, tool, warm, unchanged }: Measured): Row {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const ratio = (ours: number) => (tool === undefined ? '' : `1/${(tool / ours).toFixed(1)}`)
  return {
    name,
    objects,
    'tool ms': tool === undefined ? 'absent' : round(tool),
    'cold ms': round(cold),
    'cold ratio': ratio(cold),
    'warm ms': round(warm),
    'warm ratio': ratio(warm),
    'unchanged ms': round(unchanged.get(name) ?? Number.NaN),
  }
}

function round(value: number): number {
  return Number(value.toPrecision(3))
}

/** The exponent of warm time in the number of resources, from the three largest sizes by least squares. */
function printGrowth(rows: readonly Row[]): void {
  const points = rows.slice(-3).map((row) => [Math.log(Number(row.objects)), Math.log(Number(row['warm ms']))] as const)
  const mean = (pick: 0 | 1) => points.reduce((sum, point) => sum + point[pick], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const above = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0)
  const below = points.reduce((sum, [a]) => sum + (a - x) ** 2, 0)
  console.log(`kustomize: warm time grows with resources to the power of ${(above / below).toFixed(2)}`)
}

/** What a thousand renders of the largest chart leave in memory; exact with `--expose-gc`. */
function printMemory(path: string): void {
  const render = warmChart(path)
  for (let warmUp = 0; warmUp < 50; warmUp += 1) render(warmUp)
  const used = () => {
    globalThis.gc?.()
    return process.memoryUsage().heapUsed
  }
  const before = used()
  for (let count = 0; count < 1000; count += 1) render(1000 + count)
  console.log(`helm: 1,000 renders of the largest chart leave ${((used() - before) / 1e6).toFixed(1)} MB`)
}

function textsOf(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(paths.map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]))
}
