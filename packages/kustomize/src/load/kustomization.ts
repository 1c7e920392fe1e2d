import { anything, filled, flag, listOf, mapOf, optionalText, type Read, record, text, whole } from './shape.ts'

const selector = record('Selector', {
  group: optionalText,
  version: optionalText,
  kind: optionalText,
  name: optionalText,
  namespace: optionalText,
  annotationSelector: optionalText,
  labelSelector: optionalText,
})

export const fieldSpec = filled(
  record('FieldSpec', {
    group: optionalText,
    version: optionalText,
    kind: optionalText,
    path: text,
    create: flag,
  }),
)

export const patchEntry = filled(
  record('Patch', {
    path: optionalText,
    patch: optionalText,
    target: selector,
    options: record('PatchArgs', { allowNameChange: flag, allowKindChange: flag }),
  }),
)

export const imageEntry = filled(
  record('Image', {
    name: text,
    newName: optionalText,
    tagSuffix: optionalText,
    newTag: optionalText,
    digest: optionalText,
  }),
)

export const replicaEntry = filled(record('Replica', { name: text, count: whole }))

const labelEntry = filled(
  record('Label', {
    pairs: mapOf(text),
    includeSelectors: flag,
    includeTemplates: flag,
    includeVolumeClaimTemplates: flag,
    fields: listOf(fieldSpec),
  }),
)

export const generatorOptions = record('GeneratorOptions', {
  labels: mapOf(text),
  annotations: mapOf(text),
  disableNameSuffixHash: flag,
  immutable: flag,
})

const generatorFields = {
  name: text,
  namespace: optionalText,
  behavior: optionalText,
  literals: listOf(text),
  files: listOf(text),
  envs: listOf(text),
  env: optionalText,
  options: generatorOptions,
}

export const configMapEntry = filled(record('ConfigMapArgs', generatorFields))
export const secretEntry = filled(record('SecretArgs', { ...generatorFields, type: optionalText }))

const fieldOptions = record('FieldOptions', {
  delimiter: optionalText,
  index: whole,
  encoding: optionalText,
  create: flag,
})

const replacementFields = {
  source: record('SourceSelector', {
    group: optionalText,
    version: optionalText,
    kind: optionalText,
    name: optionalText,
    namespace: optionalText,
    fieldPath: optionalText,
    options: fieldOptions,
  }),
  sourceValue: optionalText,
  targets: listOf(
    filled(
      record('TargetSelector', {
        select: selector,
        reject: listOf(filled(selector)),
        fieldPaths: listOf(text),
        options: fieldOptions,
      }),
    ),
  ),
}

export const replacement = filled(record('Replacement', replacementFields))
export const replacementEntry = filled(record('ReplacementField', { ...replacementFields, path: optionalText }))

const variable = filled(
  record('Var', {
    name: text,
    objref: filled(
      record('Target', {
        apiVersion: optionalText,
        group: optionalText,
        version: optionalText,
        kind: optionalText,
        name: optionalText,
        namespace: optionalText,
      }),
    ),
    fieldref: record('FieldSelector', { fieldPath: optionalText }),
  }),
)

export const helmGlobals = record('HelmGlobals', { chartHome: optionalText, configHome: optionalText })

export const helmChartFields = {
  name: text,
  version: optionalText,
  repo: optionalText,
  releaseName: optionalText,
  namespace: optionalText,
  additionalValuesFiles: listOf(text),
  valuesFile: optionalText,
  valuesInline: mapOf(anything),
  valuesMerge: optionalText,
  includeCRDs: flag,
  skipHooks: flag,
  apiVersions: listOf(text),
  kubeVersion: optionalText,
  nameTemplate: optionalText,
  skipTests: flag,
  debug: flag,
  devel: flag,
}

const helmChart = filled(record('HelmChart', helmChartFields))

const oldHelmChart = filled(
  record('HelmChartArgs', {
    chartName: text,
    chartVersion: optionalText,
    chartRepoUrl: optionalText,
    chartHome: optionalText,
    chartRepoName: optionalText,
    helmBin: optionalText,
    helmHome: optionalText,
    values: optionalText,
    valuesLocal: mapOf(anything),
    valuesMerge: optionalText,
    releaseName: optionalText,
    releaseNamespace: optionalText,
    extraArgs: listOf(text),
  }),
)

export const sortOptions = record('SortOptions', {
  order: optionalText,
  legacySortOptions: record('LegacySortOptions', { orderFirst: listOf(text), orderLast: listOf(text) }),
})

/** Every field of a Kustomization or Component. */
export const kustomizationShape = filled(
  record('Kustomization', {
    apiVersion: optionalText,
    kind: optionalText,
    metadata: anything,
    openapi: mapOf(text),
    namePrefix: text,
    nameSuffix: text,
    namespace: text,
    commonLabels: mapOf(text),
    labels: listOf(labelEntry),
    commonAnnotations: mapOf(text),
    patchesStrategicMerge: listOf(text),
    patchesJson6902: listOf(patchEntry),
    patches: listOf(patchEntry),
    images: listOf(imageEntry),
    imageTags: listOf(imageEntry),
    replacements: listOf(replacementEntry),
    replicas: listOf(replicaEntry),
    vars: listOf(variable),
    sortOptions,
    resources: listOf(text),
    components: listOf(text),
    crds: listOf(text),
    bases: listOf(text),
    configMapGenerator: listOf(configMapEntry),
    secretGenerator: listOf(secretEntry),
    helmGlobals,
    helmCharts: listOf(helmChart),
    helmChartInflationGenerator: listOf(oldHelmChart),
    generatorOptions,
    configurations: listOf(text),
    generators: listOf(text),
    transformers: listOf(text),
    validators: listOf(text),
    buildMetadata: listOf(text),
  }),
)

/** A kustomization as read, deprecated fields moved to their successors. */
export type Kustomization = Read<typeof kustomizationShape>
export type PatchEntry = Read<typeof patchEntry>
export type PatchTarget = NonNullable<PatchEntry['target']>
export type ConfigMapEntry = Read<typeof configMapEntry>
export type SecretEntry = Read<typeof secretEntry>
export type GeneratorOptions = NonNullable<Read<typeof generatorOptions>>
export type HelmChartEntry = Read<typeof helmChart>
export type HelmGlobals = NonNullable<Read<typeof helmGlobals>>
