import type { ActiveChart } from '../chart/active-chart.ts'
import type { ChartCache } from '../chart-cache.ts'
import type { HelmVersion } from '../engine/helm-version.ts'
import { readYaml } from '../read-yaml.ts'
import { type Manifest, splitManifests } from './split-manifests.ts'

const isManifest = (path: string) => /\.(?:ya?ml|json)$/.test(path)

/** Files under `crds/` of a chart and its enabled dependencies; one entry a file, as Helm prints them. */
export function listCrds(chart: ActiveChart, cache: ChartCache): Manifest[] {
  const own = chart.chart.files
    .filter((file) => file.path.startsWith('crds/') && isManifest(file.path))
    .map((file) => ({ source: `${chart.fullPath}/${file.path}`, text: cache.text(file.content) }))
  return [...own, ...chart.dependencies.flatMap((child) => listCrds(child, cache))]
}

/** Documents of a CRD file with their objects. */
export function crdDocuments(manifest: Manifest, helm: HelmVersion): Manifest[] {
  return splitManifests(manifest.text, helm).map((text) => ({ source: manifest.source, text, object: readYaml(text) }))
}
