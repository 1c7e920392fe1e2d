// The front door of @driftless/git: explicit names only.
export { createGitRepositories, type GitRepositoriesOptions } from './create-git-repositories.ts'
export { metadataNetworks } from './egress.ts'
export { GitErrors } from './errors.ts'
export type { GitLimits, GitRepositories } from './git-repositories.ts'
export type { LoadableTree } from './loadable-tree.ts'
export type { CommitMetadata, GitCredentials, GitReferences, GitRemote } from './remote.ts'
export { type GitTransport, normalizeRepositoryUrl, parseRepositoryUrl, type RepositoryUrl } from './repository-url.ts'
export type { ResolvedRevision } from './revision.ts'
