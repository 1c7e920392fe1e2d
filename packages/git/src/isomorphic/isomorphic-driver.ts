import fs from 'node:fs'
import { access as accessFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '@driftless/foundation'
import git from 'isomorphic-git'
import type { AdvertisedReference, DriverLimits, GitDriver, RepositoryAccess, TreeItem } from '../driver.ts'
import { GitErrors } from '../errors.ts'
import { isRefusedCommit, toGitError } from '../native/failure.ts'
import { createHttpClient } from './http-client.ts'

/** Begins the names of the files that say which commits are complete. */
const marker = 'have-'

/** Speaks git without the `git` program, over HTTP and HTTPS only. */
export function createIsomorphicDriver(limits: DriverLimits): GitDriver {
  const remotely = async <T>(
    to: RepositoryAccess,
    call: { what: string; sha?: string },
    work: () => Promise<T>,
  ): Promise<T> => {
    if (to.url.transport !== 'http' && to.url.transport !== 'https') {
      throw GitErrors.URL_REFUSED({
        url: to.url.url,
        reason: 'only http and https work while the git program is not installed',
      })
    }
    try {
      return await work()
    } catch (error) {
      if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
        throw GitErrors.TIMEOUT({ url: to.url.url, what: call.what, seconds: limits.timeoutSeconds })
      }
      throw toGitError({ ...to, ...call }, describe(error))
    }
  }

  const fetchInto = (
    to: RepositoryAccess,
    call: { what: string; sha?: string },
    extra: { depth?: number; remoteRef?: string },
  ) =>
    remotely(to, call, () =>
      git.fetch({
        fs,
        http: createHttpClient(to, limits.timeoutSeconds),
        gitdir: to.directory,
        url: to.url.url,
        remote: 'origin',
        tags: extra.remoteRef === undefined,
        singleBranch: extra.remoteRef !== undefined,
        ...extra,
      }),
    )

  const isThere = async (to: RepositoryAccess, sha: string): Promise<boolean> => {
    try {
      const { commit } = await git.readCommit({ fs, gitdir: to.directory, oid: sha })
      await git.readTree({ fs, gitdir: to.directory, oid: commit.tree })
      return true
    } catch {
      return false
    }
  }

  return {
    name: 'isomorphic',

    references: (to) =>
      remotely(to, { what: 'listing references' }, async () => {
        const http = createHttpClient(to, limits.timeoutSeconds)
        const listed = await git.listServerRefs({
          http,
          url: to.url.url,
          symrefs: true,
          peelTags: true,
          protocolVersion: 2,
        })
        return listed.flatMap(({ ref, oid, target, peeled }): AdvertisedReference[] => [
          { name: ref, sha: oid, ...(target === undefined ? {} : { symbolic: target }) },
          ...(peeled === undefined ? [] : [{ name: `${ref}^{}`, sha: peeled }]),
        ])
      }),

    async fetchCommit(to, sha) {
      await initialise(to)
      try {
        await fetchInto(to, { what: 'fetching', sha }, { depth: 1, remoteRef: sha })
      } catch (error) {
        if (!isRefusedCommit(error)) throw error
        await fetchInto(to, { what: 'fetching' }, {})
      }
      if (!(await isThere(to, sha))) throw GitErrors.COMMIT_MISSING({ url: to.url.url, sha })
      await writeFile(join(to.directory, `${marker}${sha}`), '')
    },

    hasCommit: (to, sha) =>
      accessFile(join(to.directory, `${marker}${sha}`)).then(
        () => true,
        () => false,
      ),

    async findCommits(to, prefix) {
      const history = { ...to, directory: to.directory.replace(/\.git$/, '.history.git') }
      await initialise(history)
      await fetchInto(history, { what: 'fetching' }, {})
      try {
        return [await git.expandOid({ fs, gitdir: history.directory, oid: prefix })]
      } catch {
        return []
      }
    },

    async listTree(to, sha) {
      const { commit } = await git.readCommit({ fs, gitdir: to.directory, oid: sha })
      const items: TreeItem[] = []
      const cache = {}
      const walk = async (oid: string, parent: string): Promise<void> => {
        const { tree } = await git.readTree({ fs, gitdir: to.directory, oid, cache })
        for (const entry of tree) {
          const path = parent === '' ? entry.path : `${parent}/${entry.path}`
          const kind = kindOf(entry)
          const size = kind === 'file' || kind === 'symlink' ? await sizeOf(to, entry.oid, cache) : 0
          items.push({ path, kind, id: entry.oid, size })
          if (kind === 'directory') await walk(entry.oid, path)
        }
      }
      await walk(commit.tree, '')
      return { rootId: commit.tree, items }
    },

    async readBlobs(to, ids) {
      const contents = new Map<string, Uint8Array>()
      const cache = {}
      for (const oid of ids) {
        const { blob } = await git.readBlob({ fs, gitdir: to.directory, oid, cache })
        const copy = new Uint8Array(new SharedArrayBuffer(blob.length))
        copy.set(blob)
        contents.set(oid, copy)
      }
      return contents
    },

    async readCommit(to, sha) {
      const { object } = await git.readObject({ fs, gitdir: to.directory, oid: sha, format: 'content' })
      return Buffer.from(object as Uint8Array).toString()
    },

    // Single objects cannot be taken out of what isomorphic-git has fetched.
    tidy: () => Promise.resolve(),

    close: () => Promise.resolve(),
  }
}

async function initialise(to: RepositoryAccess): Promise<void> {
  await mkdir(to.directory, { recursive: true })
  await git.init({ fs, gitdir: to.directory, bare: true, defaultBranch: 'unused' })
  await git.addRemote({ fs, gitdir: to.directory, remote: 'origin', url: to.url.url, force: true })
}

async function sizeOf(to: RepositoryAccess, oid: string, cache: object): Promise<number> {
  const { blob } = await git.readBlob({ fs, gitdir: to.directory, oid, cache })
  return blob.length
}

function kindOf(entry: { mode: string; type: string }): TreeItem['kind'] {
  if (entry.type === 'tree') return 'directory'
  if (entry.type !== 'blob') return 'other'
  return entry.mode === '120000' ? 'symlink' : 'file'
}

/** The words of an error, in the form that git itself uses where the two differ. */
function describe(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const status = /HTTP Error: (\d+)(?: (.*))?/.exec(messageOf(error))
  if (status !== null) return `The requested URL returned error: ${status[1]} ${status[2] ?? ''}`.trim()
  if (code === 'ECONNREFUSED') return `Connection refused: ${messageOf(error)}`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `Could not resolve host: ${messageOf(error)}`
  if (/CERT|SSL|TLS/.test(code)) return `SSL certificate problem: ${messageOf(error)}`
  if (code === 'NotFoundError') return `couldn't find remote ref: ${messageOf(error)}`
  return messageOf(error)
}
