import type { FileTree } from '@driftless/foundation'
import { type GoMap, int, type TemplateLimits } from '@driftless/go-template'
import { activateChart } from './chart/activate.ts'
import type { ActiveChart } from './chart/active-chart.ts'
import type { Chart } from './chart/chart.ts'
import { ChartCache } from './chart-cache.ts'
import { checkDependencies, checkInstallable, checkKubeVersion, checkReleaseName } from './check-release.ts'
import { createCapabilities, defaultKubeVersion, type HelmVersion } from './engine/capabilities.ts'
import { scopeTemplates, templateValues } from './engine/chart-scope.ts'
import type { Lookup } from './engine/host.ts'
import { renderTemplates } from './engine/render-templates.ts'
import { openChart } from './open-chart.ts'
import { listCrds } from './render/crds.ts'
import { takeNotes } from './render/notes.ts'
import { printRelease } from './render/print-manifests.ts'
import { showOnly } from './render/show-only.ts'
import { type Hook, type Manifest, sortManifests } from './render/split-manifests.ts'
import { checkSchemas } from './values/check-schemas.ts'
import { coalesceValues } from './values/coalesce.ts'
import type { Table } from './values/load-values.ts'
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
  const chart = openChart(request.tree, request.path, cache)
  checkInstallable(chart)
  checkDependencies(chart)
  const { active, rendered } = renderFiles(chart, mergeInputs(request), { ...request, cache })
  const notes = takeNotes(rendered, active.name)
  const sorted = sortManifests(rendered)
  const crds = request.includeCrds === true ? listCrds(active, cache) : []
  const hooks = request.skipTests === true ? sorted.hooks.filter((hook) => !isTest(hook)) : sorted.hooks
  return assemble([...crds, ...sorted.manifests], hooks, { notes, only: request.showOnly ?? [] })
}

type FileRequest = Omit<RenderChartRequest, 'tree' | 'path'> & { readonly cache: ChartCache }

/** Renders every template of a chart with merged values; nothing is sorted or split. */
export function renderFiles(
  chart: Chart,
  given: Table,
  request: FileRequest,
): { active: ActiveChart; rendered: Map<string, string> } {
  const active = activateChart(chart, given)
  const values = coalesceValues(active, given)
  if (request.skipSchemaValidation !== true) checkSchemas(active, values, request.cache)
  const helm = request.helm ?? '4'
  const kubeVersion = request.kubeVersion ?? defaultKubeVersion[helm]
  checkKubeVersion(active, kubeVersion)
  const scoped = scopeTemplates(active, {
    release: describeRelease(request),
    capabilities: createCapabilities({ kubeVersion, apiVersions: request.apiVersions ?? [], helm }),
    values: templateValues(values),
  })
  const rendered = renderTemplates(scoped, {
    cache: request.cache,
    now: () => request.clock.now(),
    randomBytes: request.randomBytes,
    ...(request.lookup && { lookup: request.lookup }),
    ...(request.limits && { limits: request.limits }),
  })
  return { active, rendered }
}

function describeRelease(request: FileRequest): GoMap {
  const isUpgrade = request.isUpgrade === true
  return {
    Name: request.releaseName,
    Namespace: request.namespace,
    IsUpgrade: isUpgrade,
    IsInstall: !isUpgrade,
    Revision: int(request.revision ?? 1),
    Service: 'Helm',
  }
}

const isTest = (hook: Hook) => hook.events.includes('test')

function assemble(
  manifests: readonly Manifest[],
  hooks: readonly Hook[],
  options: { notes: string; only: readonly string[] },
): RenderChartResult {
  const { notes, only } = options
  const all: readonly Manifest[] = [...manifests, ...hooks.map(({ events: _events, ...manifest }) => manifest)]
  const text = printRelease(manifests, hooks)
  return only.length === 0 ? { manifests: all, notes, text } : { notes, ...showOnly(all, only, text) }
}
