import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FileTree, memoryTree } from '@driftless/foundation'
import { describe, expect, it } from 'vitest'
import { ChartCache } from './chart-cache.ts'
import { type RenderChartRequest, renderChart } from './render-chart.ts'

interface Case {
  readonly name: string
  readonly chart: string
  readonly args: readonly string[]
  readonly valuesFiles?: readonly string[]
  readonly error?: string
  readonly helm?: '3'
}

const folder = join(import.meta.dirname, '../testdata')
const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as Case[]
const cache = new ChartCache()

function treeOf(directory: string): FileTree {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name))
  return memoryTree(Object.fromEntries(paths.map((path) => [path.slice(directory.length + 1), readFileSync(path)])))
}

type Flags = { -readonly [K in keyof RenderChartRequest]?: RenderChartRequest[K] }

function readFlags(args: readonly string[]): Flags {
  const flags: Flags = {}
  const lists: Record<string, 'set' | 'setString' | 'setJson' | 'apiVersions' | 'showOnly'> = {
    '--set': 'set',
    '--set-string': 'setString',
    '--set-json': 'setJson',
    '-a': 'apiVersions',
    '-s': 'showOnly',
  }
  for (let at = 0; at < args.length; at += 1) {
    const flag = args[at] as string
    const list = lists[flag]
    if (list !== undefined) flags[list] = [...(flags[list] ?? []), args[++at] as string]
    else if (flag === '--kube-version') flags.kubeVersion = args[++at] as string
    else if (flag === '--include-crds') flags.includeCrds = true
    else if (flag === '--skip-tests') flags.skipTests = true
    else throw new Error(`unknown flag ${flag}`)
  }
  return flags
}

function render(test: Case): string {
  return renderChart({
    tree: treeOf(join(folder, 'charts', test.chart)),
    path: '',
    releaseName: 'rel',
    namespace: 'ns',
    cache,
    clock: { now: () => new Date('2026-01-02T03:04:05Z') },
    randomBytes: (count) => new Uint8Array(count),
    valuesFiles: (test.valuesFiles ?? []).map((text, index) => ({ path: `values-${index}.yaml`, text })),
    ...(test.helm && { helm: test.helm }),
    ...readFlags(test.args),
  }).text
}

describe('[H1] text and errors are those of helm template', () => {
  it.each(cases.map((test) => [test.name, test] as const))('%s', (name, test) => {
    if (test.error === undefined) expect(render(test)).toBe(readFileSync(join(folder, `expected/${name}.yaml`), 'utf8'))
    else expect(() => render(test)).toThrow(expect.objectContaining({ message: expect.stringContaining(test.error) }))
  })
})
