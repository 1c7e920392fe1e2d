// The front door of @driftless/applications: explicit names only.
export { type Applications, type ClusterContact, createApplications } from './applications.ts'
export { type AutoSyncDecision, decideAutoSync } from './auto-sync.ts'
export type { ApplicationsOptions, LogLevel } from './context.ts'
export { ApplicationErrors } from './errors.ts'
export { describeLive, type LiveColumns } from './live-columns.ts'
export type {
  ApplicationRecord,
  ApplicationRef,
  ApplicationStore,
  NewApplication,
  ObservedState,
  OperationKind,
  OperationOutcome,
  OperationProgress,
  OperationRow,
  RefreshType,
} from './ports/application-store.ts'
export type { ClusterDirectory, ProjectDirectory, RegisteredCluster, RepositoryDirectory } from './ports/directories.ts'
export { instanceOf, parseTrackingId, trackingAnnotation, trackingId } from './tracking.ts'
