import type { LoadableTree } from './loadable-tree.ts'
import type { CommitMetadata, GitReferences, GitRemote } from './remote.ts'
import type { ResolvedRevision } from './revision.ts'

/** Reads repositories: what they advertise, and what their commits hold. All errors are `GIT_*` and free of credentials. */
export interface GitRepositories {
  /** What the server advertises, not older than the cache allows; `noCache` asks the server after this call. */
  references(remote: GitRemote, options?: { noCache?: boolean }): Promise<GitReferences>
  /** Resolves when the server lets us list its references. */
  test(remote: GitRemote): Promise<void>
  /** Finds the commit of a branch, tag, full or short SHA, `HEAD` or `''`, full reference name, or version constraint over the tags. */
  resolve(
    remote: GitRemote,
    revision: string,
    options?: { tagPrefix?: string | undefined; noCache?: boolean },
  ): Promise<ResolvedRevision>
  /** The files of a commit, fetched when needed. */
  openTree(remote: GitRemote, sha: string): Promise<LoadableTree>
  commit(remote: GitRemote, sha: string): Promise<CommitMetadata>
  /** Paths of the files that differ between two commits, sorted. */
  changedPaths(remote: GitRemote, before: string, after: string): Promise<string[]>
  close(): Promise<void>
}

/** Sizes that {@link GitRepositories} keeps to. */
export interface GitLimits {
  /** Largest file that is read; 10 MiB when absent. */
  readonly fileBytes: number
  /** Most content that one load reads; 128 MiB when absent. */
  readonly contentBytes: number
  /** Longest listing of references or files; 128 MiB when absent. */
  readonly listingBytes: number
  /** Memory for listings of commits, and for contents; 64 MiB each when absent. */
  readonly cacheBytes: number
  /** Commits of a repository that stay on disk; up to three times as many may lie there; 16 when absent. */
  readonly keptCommits: number
}

export const defaultGitLimits: GitLimits = {
  fileBytes: 10 << 20,
  contentBytes: 128 << 20,
  listingBytes: 128 << 20,
  cacheBytes: 64 << 20,
  keptCommits: 16,
}
