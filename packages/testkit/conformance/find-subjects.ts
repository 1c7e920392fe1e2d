import { readdirSync } from 'node:fs'
import { basename, extname, join } from 'node:path'

/** Which of the three tools a subject is for. */
export type Tool = 'helm' | 'kustomize' | 'jsonnet'

/** One thing that both the engine and the tool are asked to render. */
export interface Subject {
  readonly tool: Tool
  /** Chart or kustomization directory, or a jsonnet file. */
  readonly path: string
  /** Flags that both are given. */
  readonly flags: readonly string[]
}

const kustomizationNames = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])
const skipped = new Set(['.git', 'node_modules'])

/** Every chart (once more for each `ci/*-values.yaml`), kustomization and jsonnet program below a directory, in order of their paths. */
export function findSubjects(root: string): Subject[] {
  const entries = readdirSync(root, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  const found: Subject[] = []
  for (const { name } of entries.filter((entry) => entry.isFile())) {
    if (name === 'Chart.yaml') found.push(...chartSubjects(root))
    if (kustomizationNames.has(name)) found.push({ tool: 'kustomize', path: root, flags: [] })
    if (extname(name) === '.jsonnet') found.push({ tool: 'jsonnet', path: join(root, name), flags: [] })
  }
  const deeper = entries.filter((entry) => entry.isDirectory() && !skipped.has(entry.name))
  return [...found, ...deeper.flatMap(({ name }) => findSubjects(join(root, name)))]
}

function chartSubjects(chart: string): Subject[] {
  const ci = readdirSync(chart).includes('ci') ? valuesFilesOf(join(chart, 'ci')) : []
  const plain: Subject = { tool: 'helm', path: chart, flags: [] }
  return [plain, ...ci.map((file): Subject => ({ tool: 'helm', path: chart, flags: [`--values=${file}`] }))]
}

/** Chart testing keeps values that every change is tried with as `ci/NAME-values.yaml`. */
function valuesFilesOf(directory: string): string[] {
  const names = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile())
  return names.map(({ name }) => join(directory, name)).filter((path) => basename(path).endsWith('values.yaml'))
}
