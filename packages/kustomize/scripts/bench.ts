// Times builds of kustomizations of growing size, beside a kustomize binary when one is given.
// node scripts/bench.ts [path/to/kustomize]
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { memoryTree } from '@driftless/foundation'
import { build } from '../src/build.ts'

const [binary] = process.argv.slice(2)
const sizes = [10, 100, 1000, 3000]
const rounds = 5

if (binary === undefined) console.log('no kustomize binary given: only our own times')
console.log('resources   ours first   ours warm   kustomize   ratio (warm)')
const times: number[] = []
for (const size of sizes) {
  const files = makeFiles(size)
  const [first = 0, ...later] = Array.from({ length: rounds + 1 }, () =>
    time(() => build({ tree: memoryTree(files), path: 'main' }).text),
  )
  const warm = median(later)
  times.push(warm)
  const reference = binary === undefined ? undefined : runReference(binary, files, size)
  const ratio = reference === undefined ? '' : `1/${(reference / warm).toFixed(0)}`
  const cells = [format(first), format(warm), reference === undefined ? '-' : format(reference), ratio]
  console.log([String(size).padStart(9), ...cells.map((cell) => cell.padStart(12))].join(''))
}
const [, hundred = 1, , most = 1] = times
console.log(`growth exponent from 100 to 3000: ${(Math.log(most / hundred) / Math.log(30)).toFixed(2)}`)

/** A base of workloads with their configuration, and an overlay that changes all of them. */
function makeFiles(size: number): Record<string, string> {
  const documents: string[] = []
  for (let at = 0; documents.length < size; at++) {
    documents.push(
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app-${at}\n  labels:\n    app: app-${at}\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: app-${at}\n  template:\n    metadata:\n      labels:\n        app: app-${at}\n    spec:\n      serviceAccountName: app-${at}\n      containers:\n      - name: main\n        image: example/app:1.0\n        ports:\n        - containerPort: 8080\n        envFrom:\n        - configMapRef:\n            name: app-${at}\n        env:\n        - name: A\n          value: "${at}"\n`,
      `apiVersion: v1\nkind: Service\nmetadata:\n  name: app-${at}\nspec:\n  selector:\n    app: app-${at}\n  ports:\n  - port: 80\n    targetPort: 8080\n`,
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app-${at}\ndata:\n  key: value-${at}\n  other: |\n    some text\n    of lines\n`,
      `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app-${at}\n`,
    )
  }
  return {
    'base/kustomization.yaml': 'resources: [all.yaml]\n',
    'base/all.yaml': documents.slice(0, size).join('---\n'),
    'main/kustomization.yaml': `resources: [../base]
namespace: bench
namePrefix: p-
commonLabels: {team: bench}
commonAnnotations: {note: bench}
images: [{name: example/app, newTag: "2.0"}]
configMapGenerator: [{name: generated, literals: [a=b]}]
patches:
- target: {kind: Deployment}
  patch: |
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: any}
    spec: {template: {spec: {containers: [{name: main, resources: {limits: {memory: 1Gi}}}]}}}
- target: {kind: Service}
  patch: '[{"op": "add", "path": "/spec/type", "value": "ClusterIP"}]'
`,
  }
}

function runReference(command: string, files: Record<string, string>, size: number): number {
  const root = mkdtempSync(join(tmpdir(), 'kustomize-bench-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    const ours = build({ tree: memoryTree(files), path: 'main' }).text
    const runs = Array.from({ length: size > 1000 ? 1 : 3 }, () =>
      time(() => {
        const { stdout } = spawnSync(command, ['build', join(root, 'main')], { encoding: 'utf8', maxBuffer: 1 << 28 })
        if (stdout !== ours) throw new Error(`results differ at ${size} resources`)
      }),
    )
    return median(runs)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function time(run: () => unknown): number {
  const start = process.hrtime.bigint()
  run()
  return Number(process.hrtime.bigint() - start) / 1e6
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function format(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`
}
