// The front door of @driftless/embedded-cluster: explicit names only.
export { ClusterErrors } from './errors.ts'
export { type EmbeddedCluster, type EmbeddedClusterOptions, startEmbeddedCluster } from './start/start.ts'
export { type FileStorageOptions, openFileStorage } from './storage/file-storage.ts'
