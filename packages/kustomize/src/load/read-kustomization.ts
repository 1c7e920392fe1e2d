import { FileNotLoaded, messageOf } from '@driftless/foundation'
import { parseYamlDocuments } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import { isNull } from '../values/scalar.ts'
import { isEmpty } from '../values/tree.ts'
import { type HelmChartEntry, type Kustomization, kustomizationShape } from './kustomization.ts'
import type { Loader } from './loader.ts'
import { ShapeProblem } from './shape.ts'

/** The names a kustomization file may have. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const

/** A kustomization with the name of its file. */
export interface LoadedKustomization {
  readonly file: string
  readonly kustomization: Kustomization
}

/** Reads the one kustomization file of a directory. */
export function readKustomization(loader: Loader): LoadedKustomization {
  const present = kustomizationNames.filter((name) => loader.isFile(name))
  const [file] = present
  if (file === undefined) throw KustomizeErrors.NO_KUSTOMIZATION({ path: loader.describe() })
  if (present.length > 1) throw KustomizeErrors.AMBIGUOUS({ path: loader.describe() })
  const path = loader.pathOf(file)
  try {
    return { file, kustomization: interpret(loader.load(file), path) }
  } catch (error) {
    if (error instanceof FileNotLoaded) throw error
    const reason = messageOf(error)
    if (!(error instanceof ShapeProblem)) throw error
    throw KustomizeErrors.INVALID({ file: path, reason }, { cause: error, place: { file: path } })
  }
}

function interpret(content: string, file: string): Kustomization {
  const [document] = parse(content, file)
  const raw = kustomizationShape.read(document, { path: 'Kustomization', strict: true })
  if (isEmptyKustomization(document)) throw KustomizeErrors.EMPTY({ file }, { place: { file } })
  const kind = raw.kind || 'Kustomization'
  if (kind !== 'Kustomization' && kind !== 'Component') {
    throw KustomizeErrors.INVALID({ file, reason: 'kind should be Kustomization or Component' }, { place: { file } })
  }
  const version = kind === 'Component' ? 'kustomize.config.k8s.io/v1alpha1' : 'kustomize.config.k8s.io/v1beta1'
  if ((raw.apiVersion || version) !== version) {
    throw KustomizeErrors.INVALID({ file, reason: `apiVersion for ${kind} should be ${version}` }, { place: { file } })
  }
  return { ...modernize(raw), kind }
}

function parse(content: string, file: string): unknown[] {
  try {
    // Kustomizations are read by the older rules of YAML: `yes` is true, and of repeated fields the last counts.
    return parseYamlDocuments(content, { file, duplicateKeys: 'last' })
  } catch (error) {
    if (error instanceof FileNotLoaded) throw error
    throw KustomizeErrors.INVALID({ file, reason: messageOf(error) }, { cause: error, place: { file } })
  }
}

/** True when nothing but apiVersion and kind is there. */
function isEmptyKustomization(document: unknown): boolean {
  const fields = Object.entries((document ?? {}) as object).filter(([field]) => !/^(?:apiVersion|kind)$/i.test(field))
  return fields.every(([, value]) => isNull(value) || value === '')
}

/** Deprecated fields are read as their successors. */
function modernize(raw: Kustomization): Kustomization {
  const charts = raw.helmChartInflationGenerator ?? []
  const globals = { chartHome: undefined as string | undefined, configHome: undefined as string | undefined }
  for (const chart of charts) {
    if (chart.chartHome) globals.chartHome = chart.chartHome
    if (chart.helmHome) globals.configHome = chart.helmHome
  }
  const hasGlobals = !isEmpty(globals.chartHome) || !isEmpty(globals.configHome)
  const withEnvs = <T extends { env: string | undefined; envs: string[] | undefined }>(entries: T[] | undefined) =>
    entries?.map((entry) =>
      entry.env ? { ...entry, envs: [...(entry.envs ?? []), entry.env], env: undefined } : entry,
    )
  return {
    ...raw,
    resources: [...(raw.resources ?? []), ...(raw.bases ?? [])],
    images: [...(raw.images ?? []), ...(raw.imageTags ?? [])],
    configMapGenerator: withEnvs(raw.configMapGenerator),
    secretGenerator: withEnvs(raw.secretGenerator),
    helmGlobals: raw.helmGlobals ?? (hasGlobals ? globals : undefined),
    helmCharts: [...(raw.helmCharts ?? []), ...charts.map(modernChart)],
  }
}

function modernChart(old: NonNullable<Kustomization['helmChartInflationGenerator']>[number]): HelmChartEntry {
  return {
    name: old.chartName,
    version: old.chartVersion,
    repo: old.chartRepoUrl,
    valuesFile: old.values,
    valuesInline: old.valuesLocal,
    valuesMerge: old.valuesMerge,
    releaseName: old.releaseName,
    namespace: undefined,
    additionalValuesFiles: undefined,
    includeCRDs: false,
    skipHooks: false,
    apiVersions: undefined,
    kubeVersion: undefined,
    nameTemplate: undefined,
    skipTests: false,
    debug: false,
    devel: false,
  }
}
