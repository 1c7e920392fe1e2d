import type { KubeObject, ObjectKey } from '@driftless/kube-objects'
import type { HealthStatusCode, OperationPhase, ResourceResult } from '@driftless/model'
import type { SyncTask } from '../plan/sync-task.ts'

/** How far a sync has come; all that must survive a restart. */
export interface SyncState {
  readonly results: readonly ResourceResult[]
  readonly phase: OperationPhase
  readonly message: string
  /** True once every object was tried without change; trying again does no harm. */
  readonly tried?: boolean
}

/** What is true of an object right now. */
export interface ObservedObject {
  readonly exists: boolean
  readonly deleting: boolean
  /** Absent when the kind has no health. */
  readonly health?: { readonly status: HealthStatusCode; readonly message: string } | undefined
  readonly finalizers?: readonly string[]
  readonly uid?: string
  readonly resourceVersion?: string
}

/** Looks an object up; undefined when nothing is known of it yet. */
export type Observation = (key: ObjectKey) => ObservedObject | undefined

/** One call that an executor makes; actions of one group may run side by side, groups run one after another. */
export interface SyncAction {
  readonly type: 'dry-run' | 'apply' | 'replace' | 'create' | 'prune' | 'delete-hook' | 'remove-hook-finalizer'
  readonly task: SyncTask
  readonly group: number
}

/** What the next step of a sync is. */
export interface NextStep {
  readonly state: SyncState
  /** Empty when the sync is over or has to wait. */
  readonly actions: readonly SyncAction[]
  readonly wait?: 'health' | 'delete' | 'confirmation' | 'wave-delay'
  /** The objects that a wait is about. */
  readonly waitFor?: readonly ObjectKey[]
}

/** How an action went. */
export interface ActionOutcome {
  readonly action: SyncAction
  readonly ok: boolean
  /** What the cluster answered, or why it refused. */
  readonly message: string
  /** The object as it is in the cluster after the action. */
  readonly object?: KubeObject
}

/** The state of a sync that has not begun. */
export const initialState: SyncState = { results: [], phase: 'Running', message: '' }
