import { randomBytes } from 'node:crypto'
import { ChartCache, type RenderedManifest, renderChart } from '@driftless/helm'
import { type JsonObject, type KubeObject, parseManifests, parseYaml } from '@driftless/kube-objects'
import { RenderErrors } from '../errors.ts'
import type { Tool, ToolRequest } from './tool.ts'
import { locate, readNamed, readValuesFiles } from './values-files.ts'

/** Parsed charts and compiled templates of this thread. */
const cache = new ChartCache()

/** Renders a chart directory with our own engine (spec: objects §1.2, helm). */
export const renderHelm: Tool = (request) => {
  const { job, source, directory, trees } = request
  const helm = source.helm ?? {}
  const releaseName = helm.releaseName || releaseNameOf(job.application.instanceName)
  const namespace = helm.namespace || job.application.namespace
  const parameters = (helm.parameters ?? []).map((parameter) => ({
    ...parameter,
    value: request.environment.substitute(parameter.value),
  }))
  const kubeVersion = helm.kubeVersion || job.kubeVersion
  const apiVersions = helm.apiVersions?.length ? helm.apiVersions : [...(job.apiVersions ?? [])]
  const set = parameters.filter(({ forceString }) => forceString !== true).map(toSetting)
  const setString = parameters.filter(({ forceString }) => forceString === true).map(toSetting)
  const setFile = (helm.fileParameters ?? []).map(({ name, path }) => ({
    path: name,
    content: readParameterFile(request, path),
  }))
  const { manifests } = renderChart({
    tree: trees.own,
    path: directory,
    releaseName,
    namespace,
    valuesFiles: readValuesFiles(request),
    values: readInlineValues(request),
    set,
    setString,
    setFile,
    ...(kubeVersion ? { kubeVersion } : {}),
    apiVersions,
    includeCrds: helm.skipCrds !== true,
    skipTests: helm.skipTests === true,
    skipSchemaValidation: helm.skipSchemaValidation === true,
    cache,
    clock: { now: () => new Date(job.now) },
    randomBytes: (count) => randomBytes(count),
    limits: { outputBytes: job.limits.outputBytes },
  })
  const objects = manifests.flatMap(toObjects)
  return { objects, commands: [commandLine({ releaseName, namespace, kubeVersion, set, setString }, request)] }
}

/** The objects of a rendered document: the parsed one where it is plain, else by reading the text, which flattens lists and explains errors. */
function toObjects({ source: file, text, object }: RenderedManifest): KubeObject[] {
  return isPlainObject(object) ? [object] : parseManifests(text, { file })
}

function isPlainObject(value: unknown): value is KubeObject {
  if (!isRecord(value) || typeof value.apiVersion !== 'string' || value.apiVersion === '') return false
  if (typeof value.kind !== 'string' || value.kind === '' || value.kind.endsWith('List') || !isRecord(value.metadata))
    return false
  const { name, namespace, labels, annotations } = value.metadata
  const isText = (text: unknown) => text === undefined || typeof text === 'string'
  const isTexts = (map: unknown) =>
    map === undefined || (isRecord(map) && Object.values(map).every((text) => typeof text === 'string'))
  return isText(name) && isText(namespace) && isTexts(labels) && isTexts(annotations)
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The application's own name, without the namespace that an instance name may begin with. */
function releaseNameOf(instanceName: string): string {
  return instanceName.slice(instanceName.lastIndexOf('_') + 1)
}

/** A parameter as `--set` takes it: commas in its value are plain text unless it is a `{list}`. */
function toSetting({ name, value }: { name: string; value: string }): string {
  const isList = value.startsWith('{') && value.endsWith('}')
  return `${name}=${isList ? value : value.replace(/(?<!\\),/g, '\\,')}`
}

function readParameterFile(request: ToolRequest, path: string): string {
  const file = locate(request, path)
  const text = readNamed(file)
  if (text === undefined) throw RenderErrors.VALUES_MISSING({ path: file.shown }, { place: { file: file.shown } })
  return text
}

function readInlineValues({ source }: ToolRequest): unknown {
  const { values, valuesObject } = source.helm ?? {}
  if (valuesObject !== undefined && Object.keys(valuesObject).length > 0) return valuesObject
  if (!values) return undefined
  const parsed = parseYaml(values, { file: 'spec.source.helm.values' })
  if (parsed === null) return undefined
  if (typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw RenderErrors.VALUES_INVALID({ where: 'spec.source.helm.values', reason: 'it must be a mapping' })
  }
  return parsed
}

function commandLine(
  release: {
    releaseName: string
    namespace: string
    kubeVersion: string | undefined
    set: string[]
    setString: string[]
  },
  { source }: ToolRequest,
): string {
  const helm = source.helm ?? {}
  const parts = [
    ...['helm', 'template', '.', '--name-template', release.releaseName],
    ...(release.namespace === '' ? [] : ['--namespace', release.namespace]),
    ...(release.kubeVersion ? ['--kube-version', release.kubeVersion] : []),
    ...release.set.flatMap((setting) => ['--set', setting]),
    ...release.setString.flatMap((setting) => ['--set-string', setting]),
    ...(helm.fileParameters ?? []).flatMap(({ name, path }) => ['--set-file', `${name}=${path}`]),
    ...(helm.valueFiles ?? []).flatMap((file) => ['--values', file]),
    ...(helm.skipCrds === true ? [] : ['--include-crds']),
  ]
  return parts.map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`)).join(' ')
}
