import type { Clock } from '@driftless/foundation'
import { createCommitStore } from './commit-store.ts'
import type { GitDriver } from './driver.ts'
import { GitErrors } from './errors.ts'
import type { GitLimits, GitRepositories } from './git-repositories.ts'
import { createLoadableTree } from './loadable-tree.ts'
import { createReferenceListings } from './reference-listings.ts'
import type { GitReferences, GitRemote } from './remote.ts'
import { createAccess, type KeyedAccess } from './repository-access.ts'
import { closestName, findRevision, isFullSha, isShortSha, type ResolvedRevision } from './revision.ts'
import { differingPaths } from './tree-index.ts'

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

/** A name that is unknown may be new: a listing older than this is not trusted to deny it. */
const denialMaxAgeSeconds = 5

/** Builds the reader over a driver. */
export function createRepositories(parts: RepositoriesParts): GitRepositories {
  const { limits } = parts
  const accessOf = createAccess(parts)
  const listings = createReferenceListings(parts.driver, parts.clock)
  const store = createCommitStore(parts)
  const maxAge = (noCache: boolean | undefined) => (noCache === true ? 0 : parts.referenceMaxAgeSeconds)

  const openIndex = async (remote: GitRemote, sha: string) => {
    const access = await accessOf(remote)
    if (!isFullSha(sha)) throw GitErrors.COMMIT_MISSING({ url: access.url.url, sha })
    return { access, index: await store.index(access, sha) }
  }

  const findShort = async (
    access: KeyedAccess,
    known: GitReferences,
    revision: string,
  ): Promise<ResolvedRevision | undefined> => {
    const prefix = revision.toLowerCase()
    const named = new Set(Object.values(known.refs).filter((sha) => sha.startsWith(prefix)))
    const found = named.size > 0 ? [...named] : await store.find(access, prefix)
    if (found.length > 1)
      throw GitErrors.REVISION_AMBIGUOUS({ url: access.url.url, revision, candidates: found.slice(0, 5) })
    return found[0] === undefined ? undefined : { sha: found[0] }
  }

  return {
    references: async (remote, options = {}) => listings.get(await accessOf(remote), maxAge(options.noCache)),

    async test(remote) {
      await listings.get(await accessOf(remote), 0)
    },

    async resolve(remote, revision, options = {}) {
      const access = await accessOf(remote)
      const { url } = access.url
      if (isFullSha(revision)) return { sha: revision.toLowerCase() }
      const lookUp = (references: GitReferences) =>
        findRevision(references, revision, { url, tagPrefix: options.tagPrefix })
      const found = lookUp(await listings.get(access, maxAge(options.noCache)))
      if (found !== undefined) return found
      const known = await listings.get(access, denialMaxAgeSeconds)
      const late = lookUp(known) ?? (isShortSha(revision) ? await findShort(access, known, revision) : undefined)
      if (late !== undefined) return late
      throw GitErrors.REVISION_UNKNOWN({ url, revision, closest: closestName(known, revision) })
    },

    async openTree(remote, sha) {
      const { access, index } = await openIndex(remote, sha)
      const readBlobs = (wanted: ReadonlyMap<string, number>) => store.readBlobs(access, sha, wanted)
      return createLoadableTree({ url: access.url.url, index, limits, readBlobs })
    },

    async commit(remote, sha) {
      const access = await accessOf(remote)
      const commit = await store.describe(access, sha)
      const { tags } = listings.last(access) ?? (await listings.get(access, parts.referenceMaxAgeSeconds))
      const names = Object.entries(tags).flatMap(([name, target]) => (target === sha ? [name] : []))
      return { sha, ...commit, tags: names.sort() }
    },

    async changedPaths(remote, before, after) {
      const [from, to] = await Promise.all([openIndex(remote, before), openIndex(remote, after)])
      return differingPaths(from.index, to.index)
    },

    close: parts.close,
  }
}
