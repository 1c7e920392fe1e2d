import type { Clock } from '@driftless/foundation'
import type { KubeObject, TypeSchema } from '@driftless/kube-objects'
import type { FieldProblem } from '../status/field-problem.ts'
import type { KubeApi } from './kube-api.ts'

/** One kind in one version as the server serves it: built-in kinds are declared by the embedder, custom ones are made from CRDs. */
export interface ServedKind {
  group: string
  version: string
  kind: string
  plural: string
  singular: string
  /** `<kind>List` when absent. */
  listKind?: string
  shortNames?: readonly string[]
  categories?: readonly string[]
  namespaced: boolean
  verbs: readonly string[]
  schema?: TypeSchema
  /** Columns of Table output; the first one is the name. */
  columns: readonly TableColumn[]
  subresources: Subresources
  strategy: KindStrategy
  /** From a CRD: no strategic merge patch, pruning by schema. */
  custom?: boolean
  /** Objects are kept in this version; the first version declared is taken when none says so. */
  storage?: boolean
  /** What a schema document publishes instead of the schema made from {@link ServedKind.schema} (raw `openAPIV3Schema` of CRDs). */
  openApi?: unknown
  /** Sent as a Warning header with every answer about this kind. */
  deprecation?: string
  /** Fields a field selector may name besides `metadata.name` and `metadata.namespace`. */
  selectableFields?: readonly string[]
}

/** Which subresources a kind has; the paths of `scale` are JSON paths such as `.spec.replicas`. */
export interface Subresources {
  status?: boolean
  scale?: ScalePaths
  log?: boolean
  eviction?: boolean
  finalize?: boolean
  token?: boolean
  binding?: boolean
}

/** One column of Table output. */
export interface TableColumn {
  name: string
  type: string
  format?: string
  /** 0 is shown always, more only with `-o wide`. */
  priority?: number
  description?: string
  cell: (object: KubeObject, now: Date) => unknown
}

/** Where the scale subresource reads and writes. */
export interface ScalePaths {
  specReplicasPath: string
  statusReplicasPath: string
  labelSelectorPath?: string
}

/** Rules of one kind; all pure but for what the context offers. Each may be absent. */
export interface KindStrategy {
  /** Fills in defaults, before validation and on the results of patches and server-side apply; returns the object to go on with. */
  defaults?(object: KubeObject): KubeObject
  /** Chooses values on create (cluster IPs, node ports, first status). Mutates its argument. */
  prepareForCreate?(object: KubeObject, context: StrategyContext): void
  /** Keeps fields that an update may not change; mutates `next`. Called for the main resource, not for `status`. */
  prepareForUpdate?(next: KubeObject, previous: KubeObject, context: StrategyContext): void
  /** As `prepareForUpdate`, for writes to the `status` subresource, after everything but `status` was taken from `previous`. */
  prepareForStatusUpdate?(next: KubeObject, previous: KubeObject, context: StrategyContext): void
  validate?(object: KubeObject, previous: KubeObject | undefined): FieldProblem[]
  /** Problems of a write to the `status` subresource; `validate` is not asked then. */
  validateStatus?(object: KubeObject, previous: KubeObject): FieldProblem[]
  /** True when absent: generation starts at 1 and grows when anything but metadata and status changed. */
  hasGeneration?: boolean
  /** Seconds between a DELETE and the removal; more than 0 keeps the object with a deletionTimestamp. 0 when absent. */
  gracePeriodSeconds?(object: KubeObject, requested: number | undefined): number
  /** Rule of `metadata.name`; `subdomain` when absent. */
  nameRule?: 'subdomain' | 'label' | 'label1035' | 'path'
  /** DELETE answers with the object instead of a Status (pods, services, namespaces, …). */
  returnsDeletedObject?: boolean
  /** What DELETE does with dependents when the caller does not say; `Background` when absent. */
  defaultPropagation?: 'Orphan' | 'Background'
  /** Finalizers that DELETE adds, for kinds whose removal takes work of the server (CRDs). */
  finalizersOnDelete?: readonly string[]
  /** PUT needs `metadata.resourceVersion`; true for custom kinds when absent. */
  requiresVersion?: boolean
  /** PUT to a name that does not exist creates (leases, endpoints). */
  createsOnUpdate?: boolean
  /** Converts an object of this kind to another served version; only `apiVersion` changes when absent. */
  convert?(object: KubeObject, version: string): KubeObject
  /** Warnings to the client about a valid object. */
  warnings?(object: KubeObject): string[]
  /** Body of the answer to POST `token`, given the request and the owner; the subresource is not served when absent. */
  issueToken?(request: KubeObject, owner: KubeObject, context: StrategyContext): KubeObject
  /** Refuses a write before anything else looks at it (admission); throws a KubeStatusError. */
  admit?(object: KubeObject, previous: KubeObject | undefined, context: StrategyContext): void
}

/** What strategies may use of the world. */
export interface StrategyContext {
  api: KubeApi
  clock: Clock
  random: () => number
}
