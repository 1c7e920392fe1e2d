import type { GitRemote } from '@driftless/git'
import type { ClusterConfig, ConnectionState, Project } from '@driftless/model'

/** Finds repositories with their credentials (decrypted; never logged). */
export interface RepositoryDirectory {
  /** The remote for a URL: a connected repository's credentials, or the longest matching template's, or none. */
  remoteOf(url: string, project: string): Promise<GitRemote>
}

/** A registered cluster with what is needed to reach it. */
export interface RegisteredCluster {
  readonly server: string
  readonly name: string
  /** Where to connect to when it is not `server`, as for the cluster that Driftless itself belongs to. */
  readonly address?: string | undefined
  readonly config: ClusterConfig
  readonly namespaces: readonly string[]
}

/** Finds registered clusters. */
export interface ClusterDirectory {
  list(): Promise<RegisteredCluster[]>
  /** Keeps what was last learnt of a cluster, so that a restart can show it with its age. */
  recordConnection(
    server: string,
    observation: { connection: ConnectionState; serverVersion?: string; lastSeenAt?: string },
  ): Promise<void>
}

/** Finds projects. */
export interface ProjectDirectory {
  get(name: string): Promise<Project | undefined>
}
