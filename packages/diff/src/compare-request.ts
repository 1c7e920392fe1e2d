import type { KubeObject, TypeSchema } from '@driftless/kube-objects'
import type { FieldDifference, IgnoreDifference } from '@driftless/model'
import type { KnownTypeField } from './normalise/known-type-fields.ts'

export type Strategy = 'three-way' | 'two-way' | 'structured-merge' | 'server-side'

/** What is compared, and how. */
export interface CompareRequest {
  readonly live: KubeObject | undefined
  readonly target: KubeObject | undefined
  /** What a server-side dry run of the target answered; needed for `server-side`. */
  readonly predicted?: KubeObject
  /** Default: structured-merge for objects that are applied server-side, three-way where the last applied state is known, else two-way. */
  readonly strategy?: Strategy
  /** Field manager of our own writes; default `argocd-controller`. */
  readonly manager?: string
  /** Rules for any object; those that do not select this one are passed over. */
  readonly ignoreDifferences?: readonly IgnoreDifference[]
  /** Takes the rules of aggregated roles as the cluster's. */
  readonly ignoreAggregatedRoles?: boolean
  /** Counts fields that admission webhooks set. */
  readonly includeMutationWebhook?: boolean
  /** Which status fields are compared: of no kind (`all` are ignored), of built-in kinds (`crd`), of every kind (`none`). */
  readonly ignoreStatus?: 'all' | 'crd' | 'none'
  /** Fields of custom kinds that hold core types, by `<group>/<Kind>`; Rollouts have theirs by default. */
  readonly knownTypes?: Readonly<Record<string, readonly KnownTypeField[]>>
  /** Schema of a custom kind. */
  readonly schema?: TypeSchema
}

/** What a comparison says. */
export interface Comparison {
  /** True when a sync would change something; false for what would be deleted. */
  readonly modified: boolean
  readonly normalizedLive: KubeObject | null
  /** Live as it would be after a sync. */
  readonly predictedLive: KubeObject | null
  readonly differences: FieldDifference[]
}

/** Name under which our own server-side applies own fields. */
export const defaultManager = 'argocd-controller'
