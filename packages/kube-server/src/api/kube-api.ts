import type { KubeObject } from '@driftless/kube-objects'
import type { ServedKind } from './served-kind.ts'

/**
 * The Kubernetes API in process, with the same admission path as the wire. Objects that come out of it are frozen:
 * copy before changing. Refusals are thrown as {@link KubeStatusError}.
 */
export interface KubeApi {
  /** Every served kind and version, CRDs included. */
  kinds(): readonly ServedKind[]
  /** The served kind; without a version the one that objects are stored in. */
  kindOf(gvk: { group: string; version?: string; kind: string }): ServedKind | undefined
  get(ref: ObjectRef): KubeObject | undefined
  /** Sorted by namespace and name. */
  list(kind: { group: string; kind: string }, options?: ListOptions): KubeObject[]
  create(object: KubeObject, options?: WriteOptions): KubeObject
  /** Optimistic when `metadata.resourceVersion` is set. */
  update(object: KubeObject, options?: WriteOptions): KubeObject
  updateStatus(object: KubeObject, options?: WriteOptions): KubeObject
  patch(ref: ObjectRef, patch: PatchRequest, options?: WriteOptions): KubeObject
  /** `deleted` is false while finalizers or a grace period keep the object. */
  delete(ref: ObjectRef, options?: DeleteOptions): DeleteOutcome
  /** Every committed change from now on, in order; returns the end of it. */
  watch(listener: ChangeListener): () => void
  /** Objects whose ownerReferences name this uid. */
  dependents(ownerUid: string): KubeObject[]
  /** Last assigned resourceVersion. */
  readonly version: number
}

/** Names an object of a kind in whatever version. */
export interface ObjectRef {
  group: string
  kind: string
  namespace?: string
  name: string
  /** Reads and patches happen in this version; the stored one when absent. */
  version?: string
}

/** Narrows a list; selectors in the syntax of the query parameters. */
export interface ListOptions {
  namespace?: string
  labelSelector?: string
  fieldSelector?: string
}

/** A patch of one of the four types; `json` bodies are arrays of operations, the others objects. */
export interface PatchRequest {
  type: 'json' | 'merge' | 'strategic' | 'apply'
  body: unknown
}

/** How a write is done. */
export interface WriteOptions {
  /** Field manager; `driftless` when absent. */
  manager?: string
  subresource?: string
  /** Everything happens but the storing. */
  dryRun?: boolean
  /** Takes fields over from other managers (apply only). */
  force?: boolean
  /** `Ignore` when absent; the wire defaults to `Warn`. */
  fieldValidation?: 'Strict' | 'Warn' | 'Ignore'
  user?: string
  /** Faults of the body's text that a parsed object no longer shows (duplicate fields); treated like unknown fields. */
  bodyFaults?: readonly string[]
  /** Told about everything a client should be warned of. */
  onWarning?: (text: string) => void
}

/** How a deletion is done. */
export interface DeleteOptions {
  gracePeriodSeconds?: number
  propagationPolicy?: 'Foreground' | 'Background' | 'Orphan'
  preconditions?: { uid?: string; resourceVersion?: string }
  dryRun?: boolean
}

/** What a deletion led to; `object` is the last state. */
export interface DeleteOutcome {
  deleted: boolean
  object: KubeObject
}

/** A committed change; `previous` is absent for ADDED. */
export interface ChangeEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly kind: ServedKind
  readonly object: KubeObject
  readonly previous?: KubeObject
  readonly version: number
}

/** Receives changes in commit order. */
export type ChangeListener = (event: ChangeEvent) => void
