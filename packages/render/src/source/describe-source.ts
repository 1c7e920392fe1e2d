import { FileTreeErrors, readText } from '@driftless/foundation'
import { type JsonObject, type KubeObject, parseYaml } from '@driftless/kube-objects'
import type { SourceType } from '@driftless/model'
import { tools } from '../tools/table.ts'
import { readValuesFiles } from '../tools/values-files.ts'
import { findAppDirectory, isCode, pathIn } from './app-path.ts'
import { createBuildEnvironment } from './build-environment.ts'
import { chooseTool } from './detect.ts'
import type { SourceJob, SourceTrees } from './job.ts'
import { applyOverrideFiles } from './overrides.ts'

/** What a form needs to know about a source (spec: api, appdetails). */
export interface AppDetails {
  readonly type: SourceType
  readonly helm?: {
    readonly name: string
    /** Values files in the chart's directory. */
    readonly valueFiles: readonly string[]
    /** Text of the chart's `values.yaml`. */
    readonly values: string
    /** The chart's values with the chosen files over them, flattened to `a.b[0]` paths, sorted. */
    readonly parameters: readonly { readonly name: string; readonly value: string }[]
    readonly fileParameters: readonly { readonly name: string; readonly path: string }[]
  }
  readonly kustomize?: { readonly images: readonly string[] }
  readonly directory?: Record<string, never>
}

/** Describes a source from files that lie in memory; `FileNotLoaded` passes through it. */
export async function describeSource(job: SourceJob, trees: SourceTrees): Promise<AppDetails> {
  const directory = findAppDirectory(trees.own, job.source.path ?? '')
  const source = applyOverrideFiles(job.source, {
    tree: trees.own,
    directory,
    instanceName: job.application.instanceName,
  })
  const type = chooseTool(source, { tree: trees.own, directory, disabled: job.settings.disabled })
  const request = { job, source, directory, trees, environment: createBuildEnvironment(job) }
  if (type === 'Helm') return { type, helm: describeChart(request) }
  if (type === 'Kustomize') return { type, kustomize: { images: imagesOf((await tools.Kustomize())(request).objects) } }
  return type === 'Directory' ? { type, directory: {} } : { type }
}

function describeChart(request: Parameters<typeof readValuesFiles>[0]): NonNullable<AppDetails['helm']> {
  const { directory, source, trees } = request
  const names = (trees.own.list(directory) ?? []).filter(({ kind }) => kind !== 'directory').map(({ name }) => name)
  const values = readOptional(request, 'values.yaml')
  const layers = [{ path: 'values.yaml', text: values }, ...readValuesFiles(request)]
  const parameters = new Map<string, string>()
  for (const { path, text } of layers) flatten(parseYaml(text, { file: path }), '', parameters)
  const chart = parseYaml(readOptional(request, 'Chart.yaml'), { file: pathIn(directory, 'Chart.yaml') })
  return {
    name: isRecord(chart) && typeof chart.name === 'string' ? chart.name : '',
    valueFiles: names.filter((name) => /values.*\.ya?ml$/.test(name)),
    values,
    parameters: [...parameters].map(([name, value]) => ({ name, value })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    fileParameters: source.helm?.fileParameters ?? [],
  }
}

function readOptional({ trees, directory }: Parameters<typeof readValuesFiles>[0], name: string): string {
  try {
    return readText(trees.own, pathIn(directory, name))
  } catch (error) {
    if (isCode(error, FileTreeErrors.NOT_FOUND.code)) return ''
    throw error
  }
}

function flatten(value: unknown, path: string, into: Map<string, string>): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) flatten(item, `${path}[${index}]`, into)
  } else if (isRecord(value)) {
    for (const [name, item] of Object.entries(value)) {
      const step = name.replaceAll('.', '\\.')
      flatten(item, path === '' ? step : `${path}.${step}`, into)
    }
  } else if (path !== '') into.set(path, value === null || value === undefined ? '' : String(value))
}

function imagesOf(objects: readonly KubeObject[]): string[] {
  const images = new Set<string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item)
    if (!isRecord(value)) return
    for (const [name, item] of Object.entries(value)) {
      if ((name === 'containers' || name === 'initContainers') && Array.isArray(item)) {
        for (const container of item)
          if (isRecord(container) && typeof container.image === 'string') images.add(container.image)
      }
      visit(item)
    }
  }
  visit(objects)
  return [...images].sort()
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
