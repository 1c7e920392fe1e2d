import { type FileTree, joinPath, resolveInTree } from '@driftless/foundation'
import { readChartArchive } from './chart/archive.ts'
import type { Chart } from './chart/chart.ts'
import { loadChart } from './chart/load-chart.ts'
import { readChartDirectory } from './chart/read-directory.ts'
import type { ChartCache } from './chart-cache.ts'
import type { HelmVersion } from './engine/helm-version.ts'
import { HelmErrors } from './errors.ts'

/** Loads the chart directory or archive at a path of a tree. Throws `HELM_CHART_INVALID`, `FILE_OUTSIDE` or `LIMIT_EXCEEDED`. */
export function openChart(
  tree: FileTree,
  path: string,
  options: { readonly cache: ChartCache; readonly helm?: HelmVersion },
): Chart {
  const { cache, helm = '4' } = options
  const real = resolveInTree(tree, joinPath('', path))
  if (tree.list(real) !== undefined) return loadChart(readChartDirectory(tree, real), { cache, helm })
  const archive = tree.read(real)
  if (archive === undefined)
    throw HelmErrors.CHART_INVALID({ message: `path ${JSON.stringify(path)} not found` }, { place: { file: path } })
  return loadChart(cache.archive(archive, readChartArchive), { cache, helm })
}
