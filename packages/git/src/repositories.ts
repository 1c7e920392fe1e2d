import { createHmac, randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '@driftless/foundation'
import { type BlobReader, createBlobReader } from './blob-reader.ts'
import { createByteCache } from './byte-cache.ts'
import { parseCommit } from './commit-text.ts'
import type { GitDriver, RepositoryAccess } from './driver.ts'
import { GitErrors } from './errors.ts'
import { createLoadableTree, type LoadableTree } from './loadable-tree.ts'
import { arrangeReferences } from './references.ts'
import type { CommitMetadata, GitReferences, GitRemote } from './remote.ts'
import { parseRepositoryUrl } from './repository-url.ts'
import { closestName, findRevision, isFullSha, isShortSha, type ResolvedRevision } from './revision.ts'
import { createLanes, createSingleFlight } from './single-flight.ts'
import { buildTreeIndex, differingPaths, type TreeIndex } from './tree-index.ts'

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

/** What the reader of repositories is built from. */
export interface RepositoriesParts {
  readonly directory: string
  readonly driver: () => Promise<GitDriver>
  readonly clock: Clock
  readonly limits: GitLimits
  readonly allowFile: boolean
  readonly referenceMaxAgeSeconds: number
  readonly close: () => Promise<void>
}

/** A repository with the key that its holder's credentials give it. */
type KeyedAccess = RepositoryAccess & { readonly key: string }

/** Builds the reader over a driver. */
export function createRepositories(parts: RepositoriesParts): GitRepositories {
  const { limits, clock } = parts
  const flights = createSingleFlight()
  const inTurn = createLanes()
  const trees = createByteCache<TreeIndex>(limits.cacheBytes)
  const blobs = createByteCache<Uint8Array>(limits.cacheBytes)
  const readers = new Map<string, BlobReader>()
  const commits = createByteCache<ReturnType<typeof parseCommit>>(4 << 20)
  const listings = new Map<string, { at: number; references: GitReferences }>()
  const identityKey = once(() => readIdentityKey(parts.directory))

  const accessOf = async (remote: GitRemote): Promise<KeyedAccess> => {
    const url = parseRepositoryUrl(remote.url, { allowFile: parts.allowFile })
    const credentials = remote.credentials ?? {}
    const identity = JSON.stringify([url, Object.entries(credentials).sort()])
    const key = createHmac('sha256', await identityKey())
      .update(identity)
      .digest('hex')
      .slice(0, 40)
    return { url, credentials, key, directory: join(parts.directory, 'repositories', `${key}.git`) }
  }

  const references: GitRepositories['references'] = async (remote, options = {}) => {
    const access = await accessOf(remote)
    const cached = listings.get(access.key)
    const age = cached === undefined ? Number.POSITIVE_INFINITY : clock.now().getTime() - cached.at
    if (cached !== undefined && options.noCache !== true && age < parts.referenceMaxAgeSeconds * 1000)
      return cached.references
    const list = async () => {
      const at = clock.now().getTime()
      const found = arrangeReferences(await (await parts.driver()).references(access))
      listings.set(access.key, { at, references: found })
      return found
    }
    return options.noCache === true
      ? flights.after(`refs ${access.key}`, list)
      : flights.join(`refs ${access.key}`, list)
  }

  /** Brings a commit into the cache; a cache that is broken (a process was killed in it) is made anew once. */
  const ensureCommit = async (access: KeyedAccess, sha: string): Promise<GitDriver> => {
    const driver = await parts.driver()
    await flights.join(`fetch ${access.key} ${sha}`, () =>
      inTurn(access.key, async () => {
        await noteUse(access.directory, clock.now())
        if (await driver.hasCommit(access, sha)) return
        try {
          await driver.fetchCommit(access, sha)
        } catch (error) {
          if (!isCode(error, GitErrors.FAILED.code)) throw error
          await rm(access.directory, { recursive: true, force: true })
          await driver.fetchCommit(access, sha)
        }
        void inTurn(access.key, () => driver.tidy(access)).catch(() => {})
      }),
    )
    return driver
  }

  const readerOf = (access: KeyedAccess): BlobReader => {
    const known = readers.get(access.key)
    if (known !== undefined) return known
    const reader = createBlobReader(
      async (ids) => (await parts.driver()).readBlobs(access, ids),
      limits.contentBytes / 2,
    )
    readers.set(access.key, reader)
    return reader
  }

  const readBlobs = async (access: KeyedAccess, sha: string, wanted: ReadonlyMap<string, number>) => {
    const found = new Map<string, Uint8Array>()
    const missing = new Map<string, number>()
    for (const [id, size] of wanted) {
      const content = blobs.get(`${access.key} ${id}`)
      if (content === undefined) missing.set(id, size)
      else found.set(id, content)
    }
    if (missing.size === 0) return found
    const read = async () => {
      for (const [id, content] of await readerOf(access).read(missing)) {
        blobs.set(`${access.key} ${id}`, content, content.length + 100)
        found.set(id, content)
      }
    }
    await read()
    if (found.size < wanted.size) {
      // The commit was dropped from the cache after its tree was opened.
      await ensureCommit(access, sha)
      await read()
    }
    if (found.size < wanted.size) throw GitErrors.COMMIT_MISSING({ url: access.url.url, sha })
    return found
  }

  const indexOf = async (remote: GitRemote, sha: string): Promise<{ access: KeyedAccess; index: TreeIndex }> => {
    const access = await accessOf(remote)
    if (!isFullSha(sha)) throw GitErrors.COMMIT_MISSING({ url: access.url.url, sha })
    const key = `${access.key} ${sha}`
    const cached = trees.get(key)
    if (cached !== undefined) return { access, index: cached }
    const index = await flights.join(`tree ${key}`, async () => {
      const driver = await ensureCommit(access, sha)
      const listing = await driver.listTree(access, sha)
      const built = await buildTreeIndex(listing, (wanted) => readBlobs(access, sha, wanted))
      trees.set(key, built, built.bytes)
      return built
    })
    return { access, index }
  }

  const findShort = async (
    remote: GitRemote,
    known: GitReferences,
    revision: string,
  ): Promise<ResolvedRevision | undefined> => {
    const access = await accessOf(remote)
    const prefix = revision.toLowerCase()
    const named = new Set(Object.values(known.refs).filter((sha) => sha.startsWith(prefix)))
    const found =
      named.size > 0
        ? [...named]
        : await inTurn(access.key, async () => (await parts.driver()).findCommits(access, prefix))
    if (found.length > 1)
      throw GitErrors.REVISION_AMBIGUOUS({ url: access.url.url, revision, candidates: found.slice(0, 5) })
    return found[0] === undefined ? undefined : { sha: found[0] }
  }

  return {
    references,
    async test(remote) {
      await references(remote, { noCache: true })
    },

    async resolve(remote, revision, options = {}) {
      const { url } = parseRepositoryUrl(remote.url, { allowFile: parts.allowFile })
      if (isFullSha(revision)) return { sha: revision.toLowerCase() }
      const known = await references(remote, options)
      const found = findRevision(known, revision, { url, tagPrefix: options.tagPrefix })
      if (found !== undefined) return found
      const short = isShortSha(revision) ? await findShort(remote, known, revision) : undefined
      if (short !== undefined) return short
      throw GitErrors.REVISION_UNKNOWN({ url, revision, closest: closestName(known, revision) })
    },

    async openTree(remote, sha) {
      const { access, index } = await indexOf(remote, sha)
      return createLoadableTree({
        url: access.url.url,
        index,
        limits,
        readBlobs: (wanted) => readBlobs(access, sha, wanted),
      })
    },

    async commit(remote, sha) {
      const access = await accessOf(remote)
      const key = `${access.key} ${sha}`
      let commit = commits.get(key)
      if (commit === undefined) {
        commit = parseCommit(await (await ensureCommit(access, sha)).readCommit(access, sha))
        commits.set(key, commit, commit.message.length * 2 + 200)
      }
      const { tags } = listings.get(access.key)?.references ?? (await references(remote))
      const names = Object.entries(tags).flatMap(([name, target]) => (target === sha ? [name] : []))
      return { sha, ...commit, tags: names.sort() }
    },

    async changedPaths(remote, before, after) {
      const [from, to] = await Promise.all([indexOf(remote, before), indexOf(remote, after)])
      return differingPaths(from.index, to.index)
    },

    close: parts.close,
  }
}

/** Keeps a cache from being removed as unused. */
async function noteUse(directory: string, now: Date): Promise<void> {
  await utimes(directory, now, now).catch(() => {})
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** The key that turns credentials into folder names, so that the names say nothing about them. */
async function readIdentityKey(directory: string): Promise<Buffer> {
  const path = join(directory, 'identity.key')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await writeFile(path, randomBytes(32), { flag: 'wx', mode: 0o600 }).catch(() => {})
  return readFile(path)
}
