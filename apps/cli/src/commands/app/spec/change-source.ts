import type { ApplicationSource } from '@driftless/model'
import { splitPair, splitPairs, textMapOf } from './pair.ts'
import { anyGiven, givenFields, type SpecChange } from './spec-change.ts'

/** The source as it is after the flags that were given; undefined when none of them is about a source. */
export function changeSource(source: ApplicationSource, change: SpecChange): ApplicationSource | undefined {
  const top = givenFields(change, {
    repoURL: 'repo',
    path: 'path',
    targetRevision: 'revision',
    tagPrefix: 'tag-prefix',
    chart: 'helm-chart',
    ref: 'ref',
  })
  const names = source.name === undefined ? givenFields(change, { name: 'source-name' }) : {}
  const tools = {
    ...part('helm', changeHelm(source.helm, change)),
    ...part('kustomize', changeKustomize(source.kustomize, change)),
    ...part('directory', changeDirectory(source.directory, change)),
    ...part('plugin', changePlugin(source.plugin, change)),
  }
  if (Object.keys({ ...top, ...tools, ...names }).length === 0) return undefined
  return { ...source, ...top, ...names, ...tools }
}

function part<K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]?: T })
}

type Helm = NonNullable<ApplicationSource['helm']>
type Kustomize = NonNullable<ApplicationSource['kustomize']>
type Directory = NonNullable<ApplicationSource['directory']>
type Plugin = NonNullable<ApplicationSource['plugin']>

function changeHelm(helm: Helm | undefined, change: SpecChange): Helm | undefined {
  const { flags, given } = change
  const fields = givenFields(change, {
    ignoreMissingValueFiles: 'ignore-missing-value-files',
    releaseName: 'release-name',
    version: 'helm-version',
    passCredentials: 'helm-pass-credentials',
    skipCrds: 'helm-skip-crds',
    skipSchemaValidation: 'helm-skip-schema-validation',
    skipTests: 'helm-skip-tests',
    namespace: 'helm-namespace',
    kubeVersion: 'helm-kube-version',
  })
  const parameters = [
    ...splitPairs([...flags.parameter, ...flags['helm-set']]),
    ...splitPairs(flags['helm-set-string']).map((parameter) => ({ ...parameter, forceString: true })),
  ]
  const files = splitPairs(flags['helm-set-file']).map(({ name, value }) => ({ name, path: value }))
  const changed: Helm = {
    ...fields,
    ...(given.has('values') && { valueFiles: [...flags.values] }),
    ...(given.has('values-literal-file') && { values: flags['values-literal-file'], valuesObject: undefined }),
    ...(given.has('helm-api-versions') && { apiVersions: [...flags['helm-api-versions']] }),
    ...(parameters.length > 0 && { parameters: mergeByName(helm?.parameters ?? [], parameters) }),
    ...(files.length > 0 && { fileParameters: mergeByName(helm?.fileParameters ?? [], files) }),
  }
  return Object.keys(changed).length === 0 ? undefined : { ...helm, ...changed }
}

function changeKustomize(kustomize: Kustomize | undefined, change: SpecChange): Kustomize | undefined {
  const { flags, given } = change
  const fields = givenFields(change, {
    namePrefix: 'nameprefix',
    nameSuffix: 'namesuffix',
    version: 'kustomize-version',
    namespace: 'kustomize-namespace',
    labelWithoutSelector: 'kustomize-label-without-selector',
    labelIncludeTemplates: 'kustomize-label-include-templates',
    forceCommonLabels: 'kustomize-force-common-label',
    forceCommonAnnotations: 'kustomize-force-common-annotation',
    kubeVersion: 'kustomize-kube-version',
    ignoreMissingComponents: 'ignore-missing-components',
  })
  const replicas = splitPairs(flags['kustomize-replica']).map(({ name, value }) => ({
    name,
    count: /^\d+$/.test(value) ? Number(value) : value,
  }))
  const changed: Kustomize = {
    ...fields,
    ...(given.has('kustomize-image') && { images: mergeImages(kustomize?.images ?? [], flags['kustomize-image']) }),
    ...(replicas.length > 0 && { replicas: mergeByName(kustomize?.replicas ?? [], replicas) }),
    ...(given.has('kustomize-common-label') && { commonLabels: textMapOf(flags['kustomize-common-label']) }),
    ...(given.has('kustomize-common-annotation') && {
      commonAnnotations: textMapOf(flags['kustomize-common-annotation']),
    }),
    ...(given.has('kustomize-api-versions') && { apiVersions: [...flags['kustomize-api-versions']] }),
  }
  return Object.keys(changed).length === 0 ? undefined : { ...kustomize, ...changed }
}

function changeDirectory(directory: Directory | undefined, change: SpecChange): Directory | undefined {
  const { flags } = change
  const fields = givenFields(change, {
    recurse: 'directory-recurse',
    include: 'directory-include',
    exclude: 'directory-exclude',
    disableExtensionFilter: 'directory-disable-extension-filter',
  })
  const code = { code: true }
  const jsonnet = {
    ...(anyGiven(change, ['jsonnet-ext-var-str', 'jsonnet-ext-var-code']) && {
      extVars: [
        ...splitPairs(flags['jsonnet-ext-var-str']),
        ...splitPairs(flags['jsonnet-ext-var-code']).map((variable) => ({ ...variable, ...code })),
      ],
    }),
    ...(anyGiven(change, ['jsonnet-tla-str', 'jsonnet-tla-code']) && {
      tlas: [
        ...splitPairs(flags['jsonnet-tla-str']),
        ...splitPairs(flags['jsonnet-tla-code']).map((variable) => ({ ...variable, ...code })),
      ],
    }),
    ...(anyGiven(change, ['jsonnet-libs']) && { libs: [...flags['jsonnet-libs']] }),
  }
  const hasJsonnet = Object.keys(jsonnet).length > 0
  if (Object.keys(fields).length === 0 && !hasJsonnet) return undefined
  return { ...directory, ...fields, ...(hasJsonnet && { jsonnet: { ...directory?.jsonnet, ...jsonnet } }) }
}

function changePlugin(plugin: Plugin | undefined, change: SpecChange): Plugin | undefined {
  const fields = givenFields(change, { name: 'config-management-plugin' })
  const env = splitPairs(change.flags['plugin-env'])
  if (Object.keys(fields).length === 0 && env.length === 0) return undefined
  return { ...plugin, ...fields, ...(env.length > 0 && { env: mergeByName(plugin?.env ?? [], env) }) }
}

/** Items of the second list replace those of the same name. */
function mergeByName<T extends { name: string }>(before: readonly T[], changes: readonly T[]): T[] {
  const all = new Map([...before, ...changes].map((item) => [item.name, item]))
  return [...all.values()]
}

/** Image overrides replace those of the same image: `old=new:tag`, `name:tag`, `name@digest`. */
function mergeImages(before: readonly string[], changes: readonly string[]): string[] {
  const all = new Map([...before, ...changes].map((image) => [imageName(image), image]))
  return [...all.values()]
}

/** The image that an override is for. */
export function imageName(image: string): string {
  if (image.includes('=')) return splitPair(image).name
  return image.replace(/@.*$/, '').replace(/:[^/]*$/, '')
}
