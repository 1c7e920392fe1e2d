import type { FileTree } from '@driftless/foundation'
import { type CompileOptions, compile, type GoMap, int, type TemplateLimits, toPlain } from '@driftless/go-template'
import { activateChart } from './chart/activate.ts'
import type { ActiveChart } from './chart/active-chart.ts'
import type { Chart } from './chart/chart.ts'
import { ChartCache } from './chart-cache.ts'
import { checkKubeVersion } from './check-release.ts'
import { createCapabilities } from './engine/capabilities.ts'
import { scopeTemplates, templateValues } from './engine/chart-scope.ts'
import { helmFunctions } from './engine/functions.ts'
import { type HelmVersion, helmVersions } from './engine/helm-version.ts'
import { createHost, type Lookup } from './engine/host.ts'
import { renderTemplates } from './engine/render-templates.ts'
import { openChart } from './open-chart.ts'
import { checkSchemas } from './values/check-schemas.ts'
import { coalesceValues } from './values/coalesce.ts'
import type { Table } from './values/load-values.ts'
import { mergeInputs, type ValueInputs } from './values/merge-inputs.ts'

/** What templates may depend on besides their values. */
export interface EngineOptions {
  readonly lookup?: Lookup
  readonly clock: { now(): Date }
  readonly randomBytes: (count: number) => Uint8Array
  readonly limits?: Partial<TemplateLimits>
  /** Shared by renders; a private one unless given. */
  readonly cache?: ChartCache
  /** `4` unless told. */
  readonly helm?: HelmVersion
  /** A missing key is an error. */
  readonly strict?: boolean
  /** `fail` and `required` let the render go on. */
  readonly lint?: boolean
}

/** What a release is called and where it goes. */
export interface ReleaseOptions extends EngineOptions {
  readonly releaseName: string
  readonly namespace: string
  readonly revision?: number
  readonly isUpgrade?: boolean
  readonly kubeVersion?: string
  readonly apiVersions?: readonly string[]
  readonly skipSchemaValidation?: boolean
}

/** Renders every template of a chart with merged values; nothing is sorted or split. */
export function renderFiles(
  chart: Chart,
  given: Table,
  options: ReleaseOptions & { readonly cache: ChartCache; readonly checkKube: boolean },
): { active: ActiveChart; rendered: Map<string, string> } {
  const { helm = '4', cache } = options
  const active = activateChart(chart, given, helm)
  const values = coalesceValues(active, given, helm)
  if (options.skipSchemaValidation !== true) checkSchemas(active, values, cache)
  const kubeVersion = options.kubeVersion ?? helmVersions[helm].kubeVersion
  if (options.checkKube) checkKubeVersion(active, kubeVersion)
  const capabilities = createCapabilities({ kubeVersion, apiVersions: options.apiVersions ?? [], helm })
  const sources = scopeTemplates(active, {
    release: describeRelease(options),
    capabilities,
    values: templateValues(values),
    helm,
    cache,
  })
  return { active, rendered: renderTemplates(sources, engineOptions(options, cache)) }
}

/** Text of every template of a chart and its enabled dependencies by name, `NOTES.txt` and empty ones too; only values are checked. */
export function renderChartFiles(
  request: ReleaseOptions & ValueInputs & { readonly tree: FileTree; readonly path: string },
): Record<string, string> {
  const cache = request.cache ?? new ChartCache()
  const chart = openChart(request.tree, request.path, { cache, ...(request.helm && { helm: request.helm }) })
  const { rendered } = renderFiles(chart, mergeInputs(request, request.helm), { ...request, cache, checkKube: false })
  return Object.fromEntries(rendered)
}

/** Renders template texts by name with `context` as `.`, as Helm's engine does; partials (`_x`) are only included. */
export function renderHelmTemplates(
  templates: Readonly<Record<string, string>>,
  context: unknown,
  options: EngineOptions,
): Record<string, string> {
  const scope: GoMap = templateValues(context ?? {})
  const sources = Object.entries(templates).map(([name, text]) => ({ name, text, basePath: '', context: scope }))
  return Object.fromEntries(renderTemplates(sources, engineOptions(options, options.cache ?? new ChartCache())))
}

/** How one text is read. */
export interface TextOptions extends Pick<CompileOptions, 'templates' | 'delimiters' | 'missingKey'> {
  readonly numbers?: 'float64' | 'int'
}

/** Renders one text with Helm's functions and plain Go's rules. Throws `TEMPLATE_*` with Go's message. */
export function renderHelmText(text: string, data: unknown, options: EngineOptions & TextOptions): string {
  const { helm = '4', cache = new ChartCache(), lookup, lint = false, limits, numbers } = options
  const template = compile(text, {
    functions: helmFunctions[helm],
    missingKey: options.missingKey ?? (options.strict === true ? 'error' : 'zero'),
    ...(options.templates && { templates: options.templates }),
    ...(options.delimiters && { delimiters: options.delimiters }),
  })
  return template.render(data, {
    now: () => options.clock.now(),
    randomBytes: options.randomBytes,
    host: createHost({ cache, helm, lint, ...(lookup && { lookup }) }),
    ...(limits && { limits }),
    ...(numbers && { numbers }),
  })
}

/** Which dependencies the values leave enabled, as dotted paths, and the values that the chart gets. */
export function resolveDependencies(
  request: ValueInputs & {
    readonly tree: FileTree
    readonly path: string
    readonly cache?: ChartCache
    readonly helm?: HelmVersion
  },
): { charts: string[]; values: unknown } {
  const { helm = '4', cache = new ChartCache() } = request
  const given = mergeInputs(request, request.helm)
  const active = activateChart(openChart(request.tree, request.path, { cache, helm }), given, helm)
  return { charts: dottedPaths(active), values: toPlain(templateValues(coalesceValues(active, given, helm))) }
}

function dottedPaths(chart: ActiveChart, prefix = ''): string[] {
  const path = prefix === '' ? chart.name : `${prefix}.${chart.name}`
  return [path, ...chart.dependencies.flatMap((child) => dottedPaths(child, path))]
}

function engineOptions(options: EngineOptions, cache: ChartCache) {
  const { helm = '4', lookup, limits, strict = false, lint = false, randomBytes } = options
  const now = () => options.clock.now()
  return { cache, helm, now, randomBytes, strict, lint, ...(lookup && { lookup }), ...(limits && { limits }) }
}

function describeRelease(options: ReleaseOptions): GoMap {
  const isUpgrade = options.isUpgrade === true
  return {
    Name: options.releaseName,
    Namespace: options.namespace,
    IsUpgrade: isUpgrade,
    IsInstall: !isUpgrade,
    Revision: int(options.revision ?? 1),
    Service: 'Helm',
  }
}
