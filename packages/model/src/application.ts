import { z } from 'zod'
import { applicationSource, sourceType, stringMap } from './source.ts'
import { healthStatus, operationPhase, resultCode, syncPhase, syncStatusCode } from './status.ts'

/** `spec.destination`: exactly one of server and name. */
export const destination = z.object({
  server: z.string().optional(),
  name: z.string().optional(),
  namespace: z.string().optional(),
})
export type Destination = z.infer<typeof destination>

export const retryStrategy = z.object({
  limit: z.coerce.number().int().optional(),
  refresh: z.boolean().optional(),
  backoff: z
    .object({
      duration: z.string().optional(),
      factor: z.coerce.number().optional(),
      maxDuration: z.string().optional(),
    })
    .optional(),
})
export type RetryStrategy = z.infer<typeof retryStrategy>

export const syncPolicy = z.object({
  automated: z
    .object({
      enabled: z.boolean().nullish(),
      prune: z.boolean().nullish(),
      selfHeal: z.boolean().nullish(),
      allowEmpty: z.boolean().nullish(),
    })
    .nullish(),
  syncOptions: z.array(z.string()).nullish(),
  retry: retryStrategy.nullish(),
  managedNamespaceMetadata: z.object({ labels: stringMap.optional(), annotations: stringMap.optional() }).nullish(),
})
export type SyncPolicy = z.infer<typeof syncPolicy>

export const ignoreDifference = z.object({
  group: z.string().optional(),
  kind: z.string(),
  name: z.string().optional(),
  namespace: z.string().optional(),
  jsonPointers: z.array(z.string()).optional(),
  jqPathExpressions: z.array(z.string()).optional(),
  managedFieldsManagers: z.array(z.string()).optional(),
})
export type IgnoreDifference = z.infer<typeof ignoreDifference>

/** `spec` of an Application (spec: objects §1.1). */
export const applicationSpec = z.object({
  project: z.string().default('default'),
  source: applicationSource.optional(),
  sources: z.array(applicationSource).optional(),
  destination: destination,
  syncPolicy: syncPolicy.optional(),
  ignoreDifferences: z.array(ignoreDifference).optional(),
  info: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  revisionHistoryLimit: z.number().int().optional(),
})
export type ApplicationSpec = z.infer<typeof applicationSpec>

/** Names one resource of an application in a selective sync. */
export const syncResource = z.object({
  group: z.string().optional(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
})
export type SyncResource = z.infer<typeof syncResource>

export const syncStrategy = z.object({
  apply: z.object({ force: z.boolean().optional() }).optional(),
  hook: z.object({ force: z.boolean().optional() }).optional(),
})
export type SyncStrategy = z.infer<typeof syncStrategy>

/** `operation.sync` (spec: objects §1.6). */
export const syncOperation = z.object({
  revision: z.string().optional(),
  revisions: z.array(z.string()).optional(),
  prune: z.boolean().optional(),
  dryRun: z.boolean().optional(),
  syncStrategy: syncStrategy.optional(),
  resources: z.array(syncResource).optional(),
  source: applicationSource.optional(),
  sources: z.array(applicationSource).optional(),
  manifests: z.array(z.string()).optional(),
  syncOptions: z.array(z.string()).optional(),
  autoHealAttemptsCount: z.number().int().optional(),
})
export type SyncOperation = z.infer<typeof syncOperation>

export const operationInitiator = z.object({ username: z.string().optional(), automated: z.boolean().optional() })
export type OperationInitiator = z.infer<typeof operationInitiator>

/** What somebody asked to be done with an application. */
export const operation = z.object({
  sync: syncOperation.optional(),
  initiatedBy: operationInitiator.optional(),
  info: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  retry: retryStrategy.optional(),
})
export type Operation = z.infer<typeof operation>

export const resourceResult = z.object({
  group: z.string(),
  version: z.string(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  status: resultCode.optional(),
  message: z.string().optional(),
  hookType: z.string().optional(),
  hookPhase: operationPhase.optional(),
  syncPhase: syncPhase.optional(),
  images: z.array(z.string()).optional(),
})
export type ResourceResult = z.infer<typeof resourceResult>

export const syncOperationResult = z.object({
  revision: z.string().optional(),
  revisions: z.array(z.string()).optional(),
  source: applicationSource.optional(),
  sources: z.array(applicationSource).optional(),
  resources: z.array(resourceResult).optional(),
})
export type SyncOperationResult = z.infer<typeof syncOperationResult>

/** `status.operationState` (spec: objects §1.7). */
export const operationState = z.object({
  operation: operation,
  phase: operationPhase,
  message: z.string().optional(),
  syncResult: syncOperationResult.optional(),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  retryCount: z.number().int().optional(),
})
export type OperationState = z.infer<typeof operationState>

/** One managed resource in `status.resources`. */
export const resourceStatus = z.object({
  group: z.string().optional(),
  version: z.string().optional(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  status: syncStatusCode.optional(),
  health: healthStatus.optional(),
  hook: z.boolean().optional(),
  requiresPruning: z.boolean().optional(),
  requiresDeletionConfirmation: z.boolean().optional(),
  syncWave: z.number().int().optional(),
})
export type ResourceStatus = z.infer<typeof resourceStatus>

/** One recorded deployment in `status.history`, oldest first; ids start at 0. */
export const revisionHistory = z.object({
  id: z.number().int(),
  revision: z.string().optional(),
  revisions: z.array(z.string()).optional(),
  source: applicationSource.optional(),
  sources: z.array(applicationSource).optional(),
  deployedAt: z.string(),
  deployStartedAt: z.string().optional(),
  initiatedBy: operationInitiator.optional(),
})
export type RevisionHistory = z.infer<typeof revisionHistory>

export const conditionType = z.enum([
  'DeletionError',
  'InvalidSpecError',
  'ComparisonError',
  'SyncError',
  'UnknownError',
  'SharedResourceWarning',
  'RepeatedResourceWarning',
  'ExcludedResourceWarning',
  'OrphanedResourceWarning',
])
export type ConditionType = z.infer<typeof conditionType>

export const applicationCondition = z.object({
  type: conditionType,
  message: z.string(),
  lastTransitionTime: z.string().optional(),
})
export type ApplicationCondition = z.infer<typeof applicationCondition>

export const comparedTo = z.object({
  source: applicationSource.optional(),
  sources: z.array(applicationSource).optional(),
  destination: destination,
  ignoreDifferences: z.array(ignoreDifference).optional(),
})
export type ComparedTo = z.infer<typeof comparedTo>

export const syncStatus = z.object({
  status: syncStatusCode,
  revision: z.string().optional(),
  revisions: z.array(z.string()).optional(),
  comparedTo: comparedTo.optional(),
})
export type SyncStatus = z.infer<typeof syncStatus>

export const applicationSummary = z.object({
  externalURLs: z.array(z.string()).optional(),
  images: z.array(z.string()).optional(),
})
export type ApplicationSummary = z.infer<typeof applicationSummary>

/** `status` of an Application (spec: objects §1.7), plus the age of what it says. */
export const applicationStatus = z.object({
  sync: syncStatus.optional(),
  health: healthStatus.optional(),
  resources: z.array(resourceStatus).optional(),
  history: z.array(revisionHistory).optional(),
  operationState: operationState.optional(),
  conditions: z.array(applicationCondition).optional(),
  reconciledAt: z.string().optional(),
  /** When the destination cluster last confirmed the live state that this status was made from (RFC 3339). */
  observedAt: z.string().optional(),
  sourceType: sourceType.optional(),
  sourceTypes: z.array(sourceType).optional(),
  summary: applicationSummary.optional(),
  controllerNamespace: z.string().optional(),
})
export type ApplicationStatus = z.infer<typeof applicationStatus>

/** `metadata` of our own kinds. */
export const objectMetadata = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  generateName: z.string().optional(),
  uid: z.string().optional(),
  resourceVersion: z.string().optional(),
  generation: z.number().optional(),
  creationTimestamp: z.string().optional(),
  deletionTimestamp: z.string().optional(),
  labels: stringMap.optional(),
  annotations: stringMap.optional(),
  finalizers: z.array(z.string()).optional(),
})
export type ObjectMetadata = z.infer<typeof objectMetadata>

/** An Application as clients see it (`argoproj.io/v1alpha1`). */
export const application = z.object({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: objectMetadata,
  spec: applicationSpec,
  status: applicationStatus.optional(),
  operation: operation.optional(),
})
export type Application = z.infer<typeof application>

/** The sources of a spec: `sources` when given, else the single source. */
export function sourcesOf(
  spec: Pick<ApplicationSpec, 'source' | 'sources'>,
): readonly z.infer<typeof applicationSource>[] {
  if (spec.sources !== undefined && spec.sources.length > 0) return spec.sources
  return spec.source === undefined ? [] : [spec.source]
}

/** True when automatic sync is on: the block is present and not switched off. */
export function isAutomated(spec: Pick<ApplicationSpec, 'syncPolicy'>): boolean {
  const automated = spec.syncPolicy?.automated
  return automated !== undefined && automated !== null && automated.enabled !== false
}

/** Name used in tracking ids and `ARGOCD_APP_NAME`: plain in the control-plane namespace, else `<namespace>_<name>` (spec: objects §1). */
export function instanceName(name: string, namespace: string, controlPlaneNamespace: string): string {
  return namespace === '' || namespace === controlPlaneNamespace ? name : `${namespace}_${name}`
}

export const cascadeFinalizer = 'resources-finalizer.argocd.argoproj.io'
