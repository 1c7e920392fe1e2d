import { z } from 'zod'

/** A string map such as labels. */
export const stringMap = z.record(z.string(), z.string())

export const helmParameter = z.object({
  name: z.string(),
  value: z.string().default(''),
  forceString: z.boolean().optional(),
})

export const helmSource = z.object({
  valueFiles: z.array(z.string()).optional(),
  values: z.string().optional(),
  valuesObject: z.record(z.string(), z.unknown()).optional(),
  parameters: z.array(helmParameter).optional(),
  fileParameters: z.array(z.object({ name: z.string(), path: z.string() })).optional(),
  releaseName: z.string().optional(),
  version: z.string().optional(),
  passCredentials: z.boolean().optional(),
  ignoreMissingValueFiles: z.boolean().optional(),
  skipCrds: z.boolean().optional(),
  skipTests: z.boolean().optional(),
  skipSchemaValidation: z.boolean().optional(),
  namespace: z.string().optional(),
  kubeVersion: z.string().optional(),
  apiVersions: z.array(z.string()).optional(),
})

export const kustomizeSource = z.object({
  namePrefix: z.string().optional(),
  nameSuffix: z.string().optional(),
  images: z.array(z.string()).optional(),
  replicas: z.array(z.object({ name: z.string(), count: z.union([z.number().int(), z.string()]) })).optional(),
  commonLabels: stringMap.optional(),
  commonAnnotations: stringMap.optional(),
  forceCommonLabels: z.boolean().optional(),
  forceCommonAnnotations: z.boolean().optional(),
  labelWithoutSelector: z.boolean().optional(),
  labelIncludeTemplates: z.boolean().optional(),
  commonAnnotationsEnvsubst: z.boolean().optional(),
  namespace: z.string().optional(),
  patches: z
    .array(
      z.object({
        path: z.string().optional(),
        patch: z.string().optional(),
        target: z
          .object({
            group: z.string().optional(),
            version: z.string().optional(),
            kind: z.string().optional(),
            name: z.string().optional(),
            namespace: z.string().optional(),
            annotationSelector: z.string().optional(),
            labelSelector: z.string().optional(),
          })
          .optional(),
        options: z.record(z.string(), z.boolean()).optional(),
      }),
    )
    .optional(),
  components: z.array(z.string()).optional(),
  ignoreMissingComponents: z.boolean().optional(),
  version: z.string().optional(),
  kubeVersion: z.string().optional(),
  apiVersions: z.array(z.string()).optional(),
})

const jsonnetVariable = z.object({ name: z.string(), value: z.string().default(''), code: z.boolean().optional() })

export const directorySource = z.object({
  recurse: z.boolean().optional(),
  include: z.string().optional(),
  exclude: z.string().optional(),
  disableExtensionFilter: z.boolean().optional(),
  jsonnet: z
    .object({
      extVars: z.array(jsonnetVariable).optional(),
      tlas: z.array(jsonnetVariable).optional(),
      libs: z.array(z.string()).optional(),
    })
    .optional(),
})

export const pluginSource = z.object({
  name: z.string().optional(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        string: z.string().optional(),
        map: stringMap.optional(),
        array: z.array(z.string()).optional(),
      }),
    )
    .optional(),
})

/** `spec.source` of an Application (spec: objects §1.2). */
export const applicationSource = z.object({
  repoURL: z.string(),
  path: z.string().optional(),
  targetRevision: z.string().optional(),
  tagPrefix: z.string().optional(),
  chart: z.string().optional(),
  ref: z.string().optional(),
  name: z.string().optional(),
  helm: helmSource.optional(),
  kustomize: kustomizeSource.optional(),
  directory: directorySource.optional(),
  plugin: pluginSource.optional(),
})
export type ApplicationSource = z.infer<typeof applicationSource>

/** Which tool renders a source. */
export const sourceType = z.enum(['Helm', 'Kustomize', 'Directory', 'Plugin'])
export type SourceType = z.infer<typeof sourceType>
