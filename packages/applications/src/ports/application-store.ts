import type {
  ApplicationCondition,
  ApplicationSpec,
  ComparedTo,
  HealthStatusCode,
  ObjectMetadata,
  Operation,
  OperationPhase,
  ResourceResult,
  ResourceStatus,
  RevisionHistory,
  SourceType,
  SyncOperationResult,
  SyncStatusCode,
} from '@driftless/model'

/** Names one application. */
export interface ApplicationRef {
  readonly namespace: string
  readonly name: string
}

export type RefreshType = 'normal' | 'hard'
export type OperationKind = 'sync' | 'rollback' | 'delete'

/** What the loop observed of an application: everything its status shows but operations and history. */
export interface ObservedState {
  readonly sync: SyncStatusCode
  /** One resolved commit per source, the tuple that was rendered and compared; empty when nothing could be resolved. */
  readonly revisions: readonly string[]
  readonly comparedTo: ComparedTo | undefined
  readonly health: HealthStatusCode
  readonly healthMessage: string | undefined
  /** RFC 3339; moves only when `health` changes. */
  readonly healthSince: string
  readonly resources: readonly ResourceStatus[]
  readonly conditions: readonly ApplicationCondition[]
  readonly sourceTypes: readonly SourceType[]
  /** Sorted sets. */
  readonly images: readonly string[]
  readonly externalUrls: readonly string[]
  /** RFC 3339: when git was last resolved and compared. */
  readonly reconciledAt: string
  /** RFC 3339: when the cluster last confirmed the live state; unchanged while it is unreachable. */
  readonly observedAt: string | undefined
  /** Subject and author of the first source's commit. */
  readonly commitMessage: string | undefined
  readonly commitAuthor: string | undefined
}

/** One attempt to change an application; the newest one is the application's `operationState`. */
export interface OperationRow {
  /** UUID. */
  readonly id: string
  readonly kind: OperationKind
  readonly operation: Operation
  readonly phase: OperationPhase
  readonly message: string
  /** RFC 3339. */
  readonly startedAt: string
  readonly finishedAt: string | undefined
  readonly retryCount: number
  /** RFC 3339: when the next retry is due, while one is waited for. */
  readonly retryAt: string | undefined
  /** Sources and resolved commits that this operation deploys; fixed at its first step. */
  readonly syncResult: Omit<SyncOperationResult, 'resources'> | undefined
  readonly results: readonly ResourceResult[]
  readonly deploymentId: number | undefined
}

/** An application as the store keeps it. */
export interface ApplicationRecord extends ApplicationRef {
  readonly uid: string
  /** Position in the database's one version sequence; grows with every change. */
  readonly version: number
  readonly generation: number
  /** RFC 3339. */
  readonly createdAt: string
  /** RFC 3339 when its deletion was asked for. */
  readonly deletedAt: string | undefined
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly finalizers: readonly string[]
  readonly spec: ApplicationSpec
  readonly refresh: { readonly type: RefreshType; readonly requestedAt: string } | undefined
  /** Undefined until the first comparison. */
  readonly state: ObservedState | undefined
  /** The newest attempt, running or finished. */
  readonly operation: OperationRow | undefined
  /** Recorded deployments, oldest first. */
  readonly history: readonly RevisionHistory[]
}

export interface NewApplication extends ApplicationRef {
  readonly metadata: Pick<ObjectMetadata, 'labels' | 'annotations' | 'finalizers'>
  readonly spec: ApplicationSpec
}

export interface OperationProgress {
  readonly phase: OperationPhase
  readonly message: string
  readonly retryCount?: number
  readonly retryAt?: string | undefined
  readonly syncResult?: Omit<SyncOperationResult, 'resources'>
  /** All results so far; rows are written for those that changed. */
  readonly results?: readonly ResourceResult[]
}

export interface OperationOutcome extends OperationProgress {
  /** RFC 3339. */
  readonly finishedAt: string
  /** Recorded as a deployment in the same transaction; the store gives it its id and trims to `historyLimit`. */
  readonly deployment?: Omit<RevisionHistory, 'id'>
  readonly historyLimit?: number
}

/**
 * Where applications are kept. Every method is one transaction that also writes the change event for watchers;
 * when it resolves, a kill of the process loses nothing of it. A method that would change nothing writes nothing.
 */
export interface ApplicationStore {
  get(ref: ApplicationRef): Promise<ApplicationRecord | undefined>
  /** All applications, whole, ordered by namespace and name. */
  list(): Promise<ApplicationRecord[]>
  /** Throws `APPLICATION_EXISTS` when the name is taken. */
  create(application: NewApplication): Promise<ApplicationRecord>
  /** Replaces spec and the given metadata; `expectedVersion` makes it optimistic (throws `APPLICATION_CONFLICT`). */
  update(
    ref: ApplicationRef,
    change: {
      spec?: ApplicationSpec
      labels?: Record<string, string>
      annotations?: Record<string, string>
      finalizers?: string[]
      expectedVersion?: number
    },
  ): Promise<ApplicationRecord>
  /** Marks as being deleted; the loop removes it when its finalizers are done. */
  markDeleted(ref: ApplicationRef, finalizers: readonly string[]): Promise<ApplicationRecord>
  /** Removes the application with all that belongs to it. */
  remove(ref: ApplicationRef): Promise<void>

  requestRefresh(ref: ApplicationRef, type: RefreshType): Promise<ApplicationRecord>
  /** Writes what was observed and clears refresh requests made at or before `clearRefreshUntil`. */
  recordState(ref: ApplicationRef, state: ObservedState, clearRefreshUntil: string | undefined): Promise<void>

  /** Starts an operation in phase Running; throws `APPLICATION_OPERATION_RUNNING` when one is unfinished. */
  startOperation(ref: ApplicationRef, kind: OperationKind, operation: Operation): Promise<ApplicationRecord>
  recordProgress(ref: ApplicationRef, operationId: string, progress: OperationProgress): Promise<void>
  completeOperation(ref: ApplicationRef, operationId: string, outcome: OperationOutcome): Promise<void>
  /** Moves a running operation to Terminating; throws `APPLICATION_NO_OPERATION` when none is running. */
  terminateOperation(ref: ApplicationRef): Promise<void>
  /** Applications whose newest operation is unfinished: what a restart must go on with. */
  unfinishedOperations(): Promise<ApplicationRef[]>
  /** Attempts, newest first. */
  operations(ref: ApplicationRef, limit: number): Promise<OperationRow[]>
}
