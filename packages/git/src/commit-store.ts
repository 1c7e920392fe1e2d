import { rm, utimes } from 'node:fs/promises'
import type { Clock } from '@driftless/foundation'
import { type BlobReader, createBlobReader } from './blob-reader.ts'
import { createByteCache } from './byte-cache.ts'
import { parseCommit } from './commit-text.ts'
import type { GitDriver } from './driver.ts'
import { GitErrors } from './errors.ts'
import type { GitLimits } from './git-repositories.ts'
import type { KeyedAccess } from './repository-access.ts'
import { createLanes, createSingleFlight } from './single-flight.ts'
import { buildTreeIndex, type TreeIndex } from './tree-index.ts'

/** Commits and what they hold, fetched when they are first asked for. */
export interface CommitStore {
  index(access: KeyedAccess, sha: string): Promise<TreeIndex>
  /** Reads objects of a commit, given with their sizes. */
  readBlobs(
    access: KeyedAccess,
    sha: string,
    wanted: ReadonlyMap<string, number>,
  ): Promise<ReadonlyMap<string, Uint8Array>>
  describe(access: KeyedAccess, sha: string): Promise<ReturnType<typeof parseCommit>>
  /** Full SHAs of the commits in the server's history that begin with `prefix`. */
  find(access: KeyedAccess, prefix: string): Promise<readonly string[]>
}

/** What a store is built from. */
export interface CommitStoreParts {
  readonly driver: () => Promise<GitDriver>
  readonly clock: Clock
  readonly limits: GitLimits
}

/** Creates a store; what changes the cache of one repository happens one after the other. */
export function createCommitStore(parts: CommitStoreParts): CommitStore {
  const flights = createSingleFlight()
  const inTurn = createLanes()
  const trees = createByteCache<TreeIndex>(parts.limits.cacheBytes)
  const commits = createByteCache<ReturnType<typeof parseCommit>>(4 << 20)

  /** Brings a commit into the cache; a cache that is broken (a process was killed in it) is made anew once. */
  const ensureCommit = async (access: KeyedAccess, sha: string): Promise<GitDriver> => {
    const driver = await parts.driver()
    await flights.join(`fetch ${access.key} ${sha}`, () =>
      inTurn(access.key, async () => {
        await noteUse(access.directory, parts.clock.now())
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

  const readBlobs = createBlobStore(parts, ensureCommit)

  return {
    readBlobs,

    async index(access, sha) {
      const key = `${access.key} ${sha}`
      const cached = trees.get(key)
      if (cached !== undefined) return cached
      return flights.join(`tree ${key}`, async () => {
        const driver = await ensureCommit(access, sha)
        const listing = await driver.listTree(access, sha)
        const built = await buildTreeIndex(listing, (wanted) => readBlobs(access, sha, wanted))
        trees.set(key, built, built.bytes)
        return built
      })
    },

    async describe(access, sha) {
      const key = `${access.key} ${sha}`
      const known = commits.get(key)
      if (known !== undefined) return known
      const driver = await ensureCommit(access, sha)
      const commit = parseCommit(await driver.readCommit(access, sha))
      commits.set(key, commit, commit.message.length * 2 + 200)
      return commit
    },

    find: (access, prefix) => inTurn(access.key, async () => (await parts.driver()).findCommits(access, prefix)),
  }
}

/** Reads contents through a cache; brings a commit back that was dropped after its tree was opened. */
function createBlobStore(
  { driver, limits }: CommitStoreParts,
  ensureCommit: (access: KeyedAccess, sha: string) => Promise<GitDriver>,
): CommitStore['readBlobs'] {
  const blobs = createByteCache<Uint8Array>(limits.cacheBytes)
  const readers = new Map<string, BlobReader>()

  const readerOf = (access: KeyedAccess): BlobReader => {
    const known = readers.get(access.key)
    if (known !== undefined) return known
    const reader = createBlobReader(async (ids) => (await driver()).readBlobs(access, ids), limits.contentBytes / 2)
    readers.set(access.key, reader)
    return reader
  }

  return async (access, sha, wanted) => {
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
      await ensureCommit(access, sha)
      await read()
    }
    if (found.size < wanted.size) throw GitErrors.COMMIT_MISSING({ url: access.url.url, sha })
    return found
  }
}

/** Keeps a cache from being removed as unused. */
async function noteUse(directory: string, now: Date): Promise<void> {
  await utimes(directory, now, now).catch(() => {})
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
