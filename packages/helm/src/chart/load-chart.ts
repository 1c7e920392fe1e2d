import { messageOf } from '@driftless/foundation'
import type { ChartCache } from '../chart-cache.ts'
import type { HelmVersion } from '../engine/helm-version.ts'
import { HelmErrors } from '../errors.ts'
import { readYaml } from '../read-yaml.ts'
import { loadValues } from '../values/load-values.ts'
import { readChartArchive } from './archive.ts'
import type { Chart, ChartFile } from './chart.ts'
import { type Metadata, readDependencies, readMetadata, validateMetadata } from './metadata.ts'

/** What Helm 4 loads; it renders the first two alone. */
const versions = new Set(['v1', 'v2', 'v3'])
const decoder = new TextDecoder()

/** How a chart is read. */
export interface LoadOptions {
  readonly cache: ChartCache
  readonly helm: HelmVersion
}

/** Builds a chart from its files, dependencies under `charts/` included. Throws `HELM_CHART_INVALID` with Helm's message. */
export function loadChart(files: readonly ChartFile[], options: LoadOptions): Chart {
  const { cache, helm } = options
  const content = (path: string) => files.find((file) => file.path === path)?.content
  const text = (path: string) => {
    const bytes = content(path)
    return bytes === undefined ? undefined : decoder.decode(bytes)
  }
  const chartText = text('Chart.yaml')
  if (chartText === undefined) throw HelmErrors.CHART_INVALID({ message: 'Chart.yaml file is missing' })
  const requirements = text('requirements.yaml')
  const metadata = cache.memo('metadata', `${chartText}\0${requirements ?? ''}`, () =>
    loadMetadata(chartText, requirements),
  )
  if (helm === '4' && !versions.has(metadata.apiVersion))
    throw HelmErrors.CHART_INVALID({ message: 'unsupported chart version' })
  const isV1 = metadata.apiVersion === 'v1'
  const valuesText = text('values.yaml')
  return {
    metadata,
    values:
      valuesText === undefined ? {} : cache.memo(`values ${helm}`, valuesText, () => chartValues(valuesText, helm)),
    schema: text('values.schema.json'),
    templates: files.filter((file) => file.path.startsWith('templates/')),
    files: files.filter((file) => isPlainFile(file.path, isV1)),
    dependencies: loadDependencies(metadata.name, files, options),
  }
}

function loadMetadata(chartText: string, requirements: string | undefined): Metadata {
  const metadata = readMetadata(parse(chartText, 'Chart.yaml'), 'Chart.yaml')
  const older =
    requirements === undefined
      ? undefined
      : readDependencies(parse(requirements, 'requirements.yaml'), 'requirements.yaml')
  const complete = older === undefined ? metadata : { ...metadata, dependencies: older }
  validateMetadata(complete)
  return complete
}

function parse(text: string, file: string): unknown {
  try {
    return readYaml(text)
  } catch (cause) {
    throw HelmErrors.CHART_INVALID({ message: `cannot load ${file}: ${messageOf(cause)}` }, { cause })
  }
}

function chartValues(text: string, helm: HelmVersion): Record<string, unknown> {
  try {
    return loadValues(text, helm)
  } catch (cause) {
    throw HelmErrors.CHART_INVALID({ message: `cannot load values.yaml: ${messageOf(cause)}` }, { cause })
  }
}

const special = new Set(['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json'])

function isPlainFile(path: string, isV1: boolean): boolean {
  if (special.has(path) || path.startsWith('templates/')) return false
  if (path === 'requirements.yaml' || path === 'requirements.lock') return isV1
  return !path.startsWith('charts/') || path.endsWith('.prov')
}

function loadDependencies(parent: string, files: readonly ChartFile[], options: LoadOptions): Chart[] {
  const groups = new Map<string, ChartFile[]>()
  for (const { path, content } of files) {
    if (!path.startsWith('charts/') || path.endsWith('.prov')) continue
    const inner = path.slice('charts/'.length)
    const name = inner.split('/', 1)[0] as string
    const group = groups.get(name) ?? []
    group.push({ path: inner, content })
    groups.set(name, group)
  }
  return [...groups].flatMap(([name, group]) =>
    /^[_.]/.test(name) ? [] : loadDependency(parent, { name, group }, options),
  )
}

function loadDependency(
  parent: string,
  { name, group }: { name: string; group: ChartFile[] },
  options: LoadOptions,
): Chart[] {
  try {
    const first = group[0] as ChartFile
    if (name.endsWith('.tgz')) {
      if (first.path !== name)
        throw HelmErrors.CHART_INVALID({
          message: `error unpacking subchart tar in ${parent}: expected ${name}, got ${first.path}`,
        })
      return [loadChart(options.cache.archive(first.content, readChartArchive), options)]
    }
    const inner = group
      .filter((file) => file.path.includes('/'))
      .map(({ path, content }) => ({ path: path.slice(name.length + 1), content }))
    return [loadChart(inner, options)]
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause) || cause.code !== HelmErrors.CHART_INVALID.code) throw cause
    throw HelmErrors.CHART_INVALID(
      { message: `error unpacking subchart ${name} in ${parent}: ${cause.message}` },
      { cause },
    )
  }
}
