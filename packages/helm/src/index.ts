// The front door of @driftless/helm: explicit names only.

export { readChartArchive } from './chart/archive.ts'
export type { Chart, ChartFile } from './chart/chart.ts'
export type { Dependency, Maintainer, Metadata } from './chart/metadata.ts'
export { ChartCache, type ChartCacheOptions } from './chart-cache.ts'
export { helmFunctions } from './engine/functions.ts'
export { type HelmVersion, helmVersions } from './engine/helm-version.ts'
export type { Lookup } from './engine/host.ts'
export { HelmErrors } from './errors.ts'
export { openChart } from './open-chart.ts'
export { installOrder } from './render/kind-order.ts'
export { type RenderChartRequest, type RenderChartResult, type RenderedManifest, renderChart } from './render-chart.ts'
export {
  type EngineOptions,
  type ReleaseOptions,
  renderChartFiles,
  renderHelmTemplates,
  renderHelmText,
  resolveDependencies,
} from './render-files.ts'
export { isTable, loadValues, mergeMaps, type Table } from './values/load-values.ts'
export { mergeInputs, type ValueInputs } from './values/merge-inputs.ts'
export { parseSetExpressions } from './values/parse-set-expressions.ts'
export { applySet, type SetKind, SetProblem } from './values/set-grammar.ts'
