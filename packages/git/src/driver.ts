import type { GitCredentials } from './remote.ts'
import type { RepositoryUrl } from './repository-url.ts'

/** A repository with its credentials, checked, and the folder that caches its objects. */
export interface RepositoryAccess {
  readonly url: RepositoryUrl
  readonly credentials: GitCredentials
  /** A bare repository; made on first use. */
  readonly directory: string
  /** Where the host was found to be; connections go nowhere else. */
  readonly addresses?: readonly string[]
}

/** One line of a reference listing. `symbolic` is what HEAD points at. */
export interface AdvertisedReference {
  readonly name: string
  readonly sha: string
  readonly symbolic?: string
}

/** One entry of a commit's tree, directories included. */
export interface TreeItem {
  readonly path: string
  readonly kind: 'file' | 'directory' | 'symlink' | 'other'
  readonly id: string
  /** Bytes, of files and links. */
  readonly size: number
}

/** What a way of speaking git can do; raises `GIT_*` errors. */
export interface GitDriver {
  readonly name: 'native' | 'isomorphic'
  references(access: RepositoryAccess): Promise<readonly AdvertisedReference[]>
  /** Puts a commit and all that it contains, without its history, into the cache. */
  fetchCommit(access: RepositoryAccess, sha: string): Promise<void>
  hasCommit(access: RepositoryAccess, sha: string): Promise<boolean>
  /** Full SHAs of the commits whose SHA begins with `prefix`, asking the server for its history. */
  findCommits(access: RepositoryAccess, prefix: string): Promise<readonly string[]>
  /** The SHA of a commit's root tree and every entry below it, in git's order. */
  listTree(
    access: RepositoryAccess,
    sha: string,
  ): Promise<{ readonly rootId: string; readonly items: readonly TreeItem[] }>
  readBlobs(access: RepositoryAccess, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
  /** The text of a commit object. */
  readCommit(access: RepositoryAccess, sha: string): Promise<string>
  /** Drops the commits used longest ago from the cache once there are many; nothing may be fetched into it meanwhile. */
  tidy(access: RepositoryAccess): Promise<void>
  /** Stops what is under way. */
  close(): Promise<void>
}

/** Bounds of what a driver may bring in. */
export interface DriverLimits {
  readonly timeoutSeconds: number
  /** Longest listing of references or of a tree, in bytes. */
  readonly listingBytes: number
  /** Most content that one call reads, in bytes. */
  readonly contentBytes: number
  /** Commits that a tidied cache still holds. */
  readonly keptCommits: number
}
