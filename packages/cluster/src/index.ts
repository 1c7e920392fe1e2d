// The front door of @driftless/cluster: explicit names only.
export { type ClusterAddress, type KubeStatus, kubeStatusOf } from './connection.ts'
export type { Discovery, ServedResource } from './discovery.ts'
export { ClusterErrors } from './errors.ts'
export {
  type ContactState,
  createLiveCluster,
  defaultExclusions,
  type LiveChange,
  type LiveCluster,
  type LiveClusterOptions,
} from './live-cluster.ts'
export { createLiveClusters, type LiveClusters, type LiveClustersOptions } from './live-clusters.ts'
export type { LiveObject, LiveObjectPorts } from './live-object.ts'
export type { LogLine, LogRequest, LogSource } from './log-source.ts'
export type {
  ApplyOptions,
  DeleteOptions,
  ObjectClient,
  VersionedKey,
} from './object-client.ts'
export { testCluster } from './test-connection.ts'
