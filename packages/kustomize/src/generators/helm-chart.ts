import { FileNotLoaded, messageOf, subtree } from '@driftless/foundation'
import { type ChartCache, renderChart } from '@driftless/helm'
import { printYaml } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import type { HelmChartEntry, HelmGlobals } from '../load/kustomization.ts'
import type { Loader } from '../load/loader.ts'
import { mergePatch } from '../merge/merge-patch.ts'
import { readResources } from '../resources/read-resources.ts'
import type { Resource } from '../resources/resource.ts'
import { builtInMergeSchema } from '../schema/merge-schema.ts'
import { readDocuments } from '../values/read-documents.ts'
import { isMap } from '../values/scalar.ts'
import { cloneTree, settle } from '../values/tree.ts'
import type { Generator } from './generator.ts'

/** What inflating charts needs from outside; charts may ask for the time and for randomness. */
export interface HelmSettings {
  readonly clock: { now(): Date }
  readonly randomBytes: (count: number) => Uint8Array
  readonly cache?: ChartCache
  /** Wins over what a chart's entry says. */
  readonly kubeVersion?: string
  readonly apiVersions?: readonly string[]
}

/** Inflates a chart that lies below the kustomization. */
export function generateHelmChart(
  entry: HelmChartEntry,
  globals: HelmGlobals | undefined,
  { loader, helm }: { loader: Loader; helm: HelmSettings | undefined },
): Generator {
  const fail = (reason: string, cause?: unknown) => KustomizeErrors.HELM({ chart: entry.name, reason }, { cause })
  if (helm === undefined) throw fail('must specify --enable-helm')
  if (entry.name === '') throw fail('chart name cannot be empty')
  if (entry.name.startsWith('-') || entry.releaseName?.startsWith('-') === true) {
    throw fail("chart name and releaseName must not start with '-'")
  }
  const merge = entry.valuesMerge || 'override'
  if (merge !== 'merge' && merge !== 'override' && merge !== 'replace') {
    throw fail('valuesMerge must be one of [merge override replace]')
  }
  const home = chartHome(entry, globals)
  for (const file of entry.additionalValuesFiles ?? []) loader.load(file)
  return () => {
    const chart = `${home}/${entry.name}`
    if (!loader.isDirectory(chart)) {
      throw fail(`no chart found at '${chart}': charts are not pulled here, keep the chart in the repository`)
    }
    try {
      return inflate({ entry, chart, values: valuesText(entry, { loader, chart, merge }), loader, helm })
    } catch (error) {
      if (error instanceof FileNotLoaded) throw error
      throw fail(messageOf(error), error)
    }
  }
}

function chartHome({ name, version, repo }: HelmChartEntry, globals: HelmGlobals | undefined): string {
  const home = globals?.chartHome || 'charts'
  return version && repo ? `${home}/${name}-${version}` : home
}

interface Inflation {
  readonly entry: HelmChartEntry
  readonly chart: string
  readonly values: string
  readonly loader: Loader
  readonly helm: HelmSettings
}

function inflate({ entry, chart, values, loader, helm }: Inflation): Resource[] {
  if (entry.nameTemplate)
    throw KustomizeErrors.HELM({ chart: entry.name, reason: 'nameTemplate is not taken, use releaseName' })
  const kubeVersion = helm.kubeVersion ?? entry.kubeVersion
  const apiVersions = helm.apiVersions ?? entry.apiVersions ?? []
  const { text } = renderChart({
    tree: subtree(loader.tree, loader.root),
    path: chart,
    releaseName: entry.releaseName || `${entry.name}-${Math.floor(helm.clock.now().getTime() / 1000)}`,
    namespace: entry.namespace || 'default',
    valuesFiles: [
      { path: 'values.yaml', text: values },
      ...(entry.additionalValuesFiles ?? []).map((path) => ({ path, text: loader.load(path) })),
    ],
    includeCrds: entry.includeCRDs,
    skipTests: entry.skipTests,
    ...(kubeVersion ? { kubeVersion } : {}),
    apiVersions,
    clock: helm.clock,
    randomBytes: helm.randomBytes,
    ...(helm.cache === undefined ? {} : { cache: helm.cache }),
  })
  const resources = readResources(text, chart)
  const kept = entry.skipHooks
    ? resources.filter(({ annotations }) => annotations['helm.sh/hook'] === undefined)
    : resources
  for (const resource of kept) resource.fromChart = true
  return kept
}

/** The values file, with the inline values merged in: over it, under it, or in its place. */
function valuesText(
  entry: HelmChartEntry,
  { loader, chart, merge }: { loader: Loader; chart: string; merge: string },
): string {
  const file = entry.valuesFile || `${chart}/values.yaml`
  const inline = entry.valuesInline
  if (inline === undefined || Object.keys(inline).length === 0) return loader.load(file)
  if (merge === 'replace') return printYaml(inline)
  const [document] = readDocuments(loader.load(file), file)
  const own = isMap(document) ? document : {}
  const given = cloneTree(inline) as { [field: string]: unknown }
  const options = { schema: builtInMergeSchema, newItems: 'last' } as const
  const merged = merge === 'override' ? mergePatch(own, given, options) : mergePatch(given, own, options)
  return printYaml(settle(merged ?? {}, false))
}
