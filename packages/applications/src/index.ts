// The front door of @driftless/applications: explicit names only.
export { ApplicationErrors } from './errors.ts'
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
