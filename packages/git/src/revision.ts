import { compareVersions, createConstraint, isVersionConstraint, parseVersion } from '@driftless/foundation'
import { GitErrors } from './errors.ts'
import type { GitReferences } from './remote.ts'

/** A commit, and the full name of the reference that led to it. */
export interface ResolvedRevision {
  readonly sha: string
  readonly reference?: string
}

/** Whether a text is a whole SHA, which needs no look-up. */
export function isFullSha(revision: string): boolean {
  return /^[0-9a-f]{40}$/i.test(revision)
}

/** Whether a text may be the beginning of a SHA. */
export function isShortSha(revision: string): boolean {
  return /^[0-9a-f]{7,39}$/i.test(revision)
}

/**
 * Finds a revision among the references: `''` and `HEAD`, a full name, a branch, a tag, then a version constraint over the tags.
 * `undefined` when no reference fits; throws `GIT_CONSTRAINT_UNMATCHED` when a constraint fits no tag.
 */
export function findRevision(
  references: GitReferences,
  revision: string,
  options: { readonly url: string; readonly tagPrefix?: string | undefined },
): ResolvedRevision | undefined {
  if (revision === '' || revision === 'HEAD') {
    if (references.head === undefined) throw GitErrors.REPOSITORY_EMPTY({ url: options.url })
    return {
      sha: references.head,
      ...(references.headBranch === undefined ? {} : { reference: `refs/heads/${references.headBranch}` }),
    }
  }
  for (const name of [revision, `refs/${revision}`, `refs/heads/${revision}`, `refs/tags/${revision}`]) {
    const sha = name.startsWith('refs/') ? own(references.refs, name) : undefined
    if (sha !== undefined)
      return { sha: own(references.tags, name.replace(/^refs\/tags\//, '')) ?? sha, reference: name }
  }
  if (!isVersionConstraint(revision)) return undefined
  return highestTag(references, revision, { url: options.url, prefix: options.tagPrefix ?? '' })
}

/** The branch or tag whose name is nearest to a mistyped one. */
export function closestName(references: GitReferences, revision: string): string | undefined {
  const names = [...Object.keys(references.branches), ...Object.keys(references.tags)].slice(0, 5000)
  const short = revision.replace(/^refs\/(?:heads|tags)\//, '')
  let best: { name: string; distance: number } | undefined
  for (const name of names) {
    const distance = editDistance(short.slice(0, 100), name.slice(0, 100))
    if (best === undefined || distance < best.distance) best = { name, distance }
  }
  return best !== undefined && best.distance <= Math.max(2, Math.floor(short.length / 3)) ? best.name : undefined
}

function highestTag(
  references: GitReferences,
  constraint: string,
  from: { url: string; prefix: string },
): ResolvedRevision {
  const { matches } = createConstraint(constraint)
  const candidates = Object.entries(references.tags).filter(([tag]) => tag.startsWith(from.prefix))
  const versions = candidates.flatMap(([tag, sha]) => {
    const version = versionOf(tag.slice(from.prefix.length))
    return version !== undefined && matches(version) ? [{ tag, sha, version }] : []
  })
  const [first, ...rest] = versions
  if (first === undefined)
    throw GitErrors.CONSTRAINT_UNMATCHED({ url: from.url, constraint, tags: candidates.length, prefix: from.prefix })
  const highest = rest.reduce((best, next) => (compareVersions(next.version, best.version) > 0 ? next : best), first)
  return { sha: highest.sha, reference: `refs/tags/${highest.tag}` }
}

function versionOf(text: string): ReturnType<typeof parseVersion> | undefined {
  try {
    return parseVersion(text)
  } catch {
    return undefined
  }
}

function own(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [row, left] of [...a].entries()) {
    const current = [row + 1]
    for (let column = 0; column < b.length; column += 1) {
      const change = (previous[column] ?? 0) + (left === b[column] ? 0 : 1)
      current.push(Math.min(change, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
