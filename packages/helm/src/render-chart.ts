import type { FileTree } from '@driftless/foundation'
import type { TemplateLimits } from '@driftless/go-template'
import { ChartCache } from './chart-cache.ts'
import { checkApiVersion, checkDependencies, checkInstallable, checkReleaseName } from './check-release.ts'
import type { HelmVersion } from './engine/helm-version.ts'
import type { Lookup } from './engine/host.ts'
import { openChart } from './open-chart.ts'
import { crdDocuments, listCrds } from './render/crds.ts'
import { takeNotes } from './render/notes.ts'
import { printRelease } from './render/print-manifests.ts'
import { showOnly } from './render/show-only.ts'
import { type Hook, type Manifest, sortManifests } from './render/split-manifests.ts'
import { renderFiles } from './render-files.ts'
import { mergeInputs, type ValueInputs } from './values/merge-inputs.ts'

/** What is rendered, with everything it may depend on. */
export interface RenderChartRequest extends ValueInputs {
  readonly tree: FileTree
  /** Chart directory, or `.tgz` file, inside the tree. */
  readonly path: string
  readonly releaseName: string
  readonly namespace: string
  readonly revision?: number
  readonly isUpgrade?: boolean
  /** `v1.37.0` unless told. */
  readonly kubeVersion?: string
  /** Added to those that Helm knows by itself. */
  readonly apiVersions?: readonly string[]
  readonly includeCrds?: boolean
  readonly skipTests?: boolean
  readonly skipSchemaValidation?: boolean
  /** Only these templates, by their path inside the chart; `*` stops at `/`. */
  readonly showOnly?: readonly string[]
  readonly lookup?: Lookup
  readonly clock: { now(): Date }
  readonly randomBytes: (count: number) => Uint8Array
  readonly limits?: Partial<TemplateLimits>
  /** Shared by renders; a private one unless given. */
  readonly cache?: ChartCache
  /** `4` unless told. */
  readonly helm?: HelmVersion
}

/** A rendered document. */
export interface RenderedManifest {
  /** `chart/templates/x.yaml`. */
  readonly source: string
  readonly text: string
  /** Undefined for a document of comments alone. */
  readonly object?: unknown
}

/** What a render gives. */
export interface RenderChartResult {
  /** In install order, hooks last; CRDs first when asked for. */
  readonly manifests: readonly RenderedManifest[]
  readonly notes: string
  /** What `helm template` prints. */
  readonly text: string
}

/** Renders a chart as `helm template` does. Throws `HELM_*`, `FILE_*` and `LIMIT_EXCEEDED`; `FileNotLoaded` passes. */
export function renderChart(request: RenderChartRequest): RenderChartResult {
  const cache = request.cache ?? new ChartCache()
  checkReleaseName(request.releaseName)
  const helm = request.helm ?? '4'
  const chart = openChart(request.tree, request.path, { cache, helm })
  checkInstallable(chart)
  checkDependencies(chart, helm)
  checkApiVersion(chart, helm)
  const { active, rendered } = renderFiles(chart, mergeInputs(request, helm), { ...request, cache, checkKube: true })
  const notes = takeNotes(rendered, active.name)
  const sorted = sortManifests(rendered, helm)
  const crds = request.includeCrds === true ? listCrds(active, cache) : []
  const hooks = request.skipTests === true ? sorted.hooks.filter((hook) => !isTest(hook)) : sorted.hooks
  const text = printRelease([...crds, ...sorted.manifests], hooks)
  const manifests = [
    ...crds.flatMap((crd) => crdDocuments(crd, helm)),
    ...sorted.manifests,
    ...hooks.map(withoutEvents),
  ]
  const only = request.showOnly ?? []
  return only.length === 0 ? { manifests, notes, text } : { notes, ...showOnly(manifests, only, { text, helm }) }
}

const isTest = (hook: Hook) => hook.events.includes('test')
const withoutEvents = ({ events: _events, ...manifest }: Hook): Manifest => manifest
