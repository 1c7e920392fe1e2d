import { access, mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DriverLimits, GitDriver, RepositoryAccess } from '../driver.ts'
import { GitErrors } from '../errors.ts'
import { type EnvironmentBase, localEnvironment, remoteEnvironment } from './environment.ts'
import { isRefusedCommit, toGitError } from './failure.ts'
import type { GitOutcome, GitProcesses, GitRun } from './git-process.ts'
import { parseBatch, parseReferences, parseTree } from './output.ts'

/** What the driver needs of its surroundings. */
export interface NativeDriverOptions {
  readonly processes: GitProcesses
  readonly environment: EnvironmentBase
  readonly limits: DriverLimits
}

interface Call {
  readonly what: string
  readonly arguments: readonly string[]
  readonly input?: string
  readonly maxOutputBytes?: number
  readonly sha?: string
}

const fetchOptions = [
  '--no-tags',
  '--no-write-fetch-head',
  '--no-auto-maintenance',
  '--no-recurse-submodules',
  '--quiet',
  '--force',
]

/** Speaks git by running the `git` program. */
export function createNativeDriver(options: NativeDriverOptions): GitDriver {
  const { limits } = options
  const local = localEnvironment(options.environment)

  const run = (call: Call, environment: GitRun['environment'], isRemote = false): Promise<GitOutcome> =>
    options.processes.run({
      isRemote,
      arguments: call.arguments,
      environment,
      ...(call.input === undefined ? {} : { input: call.input }),
      timeoutSeconds: limits.timeoutSeconds,
      maxOutputBytes: call.maxOutputBytes ?? limits.listingBytes,
    })

  const succeed = (to: RepositoryAccess, call: Call, outcome: GitOutcome): Buffer => {
    const { url } = to.url
    const limit = call.maxOutputBytes ?? limits.listingBytes
    switch (outcome.kind) {
      case 'exit':
        if (outcome.code === 0) return outcome.output
        throw toGitError({ ...to, what: call.what, sha: call.sha }, outcome.errors)
      case 'timeout':
        throw GitErrors.TIMEOUT({ url, what: call.what, seconds: limits.timeoutSeconds })
      case 'too-large':
        throw GitErrors.TOO_LARGE({ url, what: call.what, limit })
      case 'absent':
        throw GitErrors.FAILED({ url, what: call.what, reason: 'the git program could not be started' })
    }
  }

  /** Runs git against the server, with credentials. */
  const remotely = async (to: RepositoryAccess, call: Call): Promise<Buffer> => {
    await using environment = await remoteEnvironment(options.environment, to)
    return succeed(to, call, await run(call, environment.variables, true))
  }

  /** Runs git in the cache, without the network. */
  const locally = async (to: RepositoryAccess, call: Call): Promise<Buffer> => succeed(to, call, await run(call, local))

  const inCache = (to: RepositoryAccess, ...rest: string[]) => [`--git-dir=${to.directory}`, ...rest]

  const initialise = async (to: RepositoryAccess): Promise<void> => {
    if (await exists(join(to.directory, 'HEAD'))) return
    await rm(to.directory, { recursive: true, force: true })
    await mkdir(dirname(to.directory), { recursive: true })
    const args = ['init', '--quiet', '--bare', '--template=', '--initial-branch=unused', to.directory]
    await locally(to, { what: 'preparing the cache', arguments: args })
  }

  const fetchRefs = async (
    to: RepositoryAccess,
    refspecs: string[],
    extra: { depth?: string; filter?: string; sha?: string },
  ): Promise<void> => {
    const more = [
      ...(extra.depth === undefined ? [] : [`--depth=${extra.depth}`]),
      ...(extra.filter === undefined ? [] : [`--filter=${extra.filter}`]),
    ]
    await remotely(to, {
      what: 'fetching',
      arguments: inCache(to, 'fetch', ...fetchOptions, ...more, '--', to.url.url, ...refspecs),
      ...(extra.sha === undefined ? {} : { sha: extra.sha }),
    })
  }

  const hasCommit = async (to: RepositoryAccess, sha: string): Promise<boolean> => {
    if (!(await exists(join(to.directory, 'HEAD')))) return false
    const outcome = await run(
      { what: '', arguments: inCache(to, 'rev-parse', '--verify', '--quiet', `${keptReference(sha)}^{commit}`) },
      local,
    )
    if (outcome.kind !== 'exit' || outcome.code !== 0) return false
    await touch(join(to.directory, keptReference(sha)))
    return true
  }

  return {
    name: 'native',
    hasCommit,

    async references(to) {
      const output = await remotely(to, {
        what: 'listing references',
        arguments: ['ls-remote', '--symref', '--', to.url.url],
      })
      return parseReferences(output.toString())
    },

    async fetchCommit(to, sha) {
      await initialise(to)
      try {
        await fetchRefs(to, [`+${sha}:${keptReference(sha)}`], { depth: '1', sha })
      } catch (error) {
        if (!isRefusedCommit(error)) throw error
        // A server that hands out named commits only: take everything it names and look there.
        await fetchRefs(to, ['+refs/heads/*:refs/remote/heads/*', '+refs/tags/*:refs/remote/tags/*'], {
          depth: '2147483647',
        })
        await locally(to, {
          what: 'keeping the commit',
          arguments: inCache(to, 'update-ref', keptReference(sha), sha),
          sha,
        }).catch(() => {
          throw GitErrors.COMMIT_MISSING({ url: to.url.url, sha })
        })
      }
    },

    async findCommits(to, prefix) {
      const history = { ...to, directory: to.directory.replace(/\.git$/, '.history.git') }
      await initialise(history)
      await fetchRefs(history, ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'], { filter: 'tree:0' })
      const output = await locally(history, {
        what: 'searching the history',
        arguments: inCache(history, 'rev-list', '--all'),
      })
      return output
        .toString()
        .split('\n')
        .filter((line) => line.startsWith(prefix))
    },

    async listTree(to, sha) {
      const call = {
        what: 'listing the files',
        arguments: inCache(to, 'ls-tree', '-r', '-t', '-l', '-z', '--full-tree', sha),
        sha,
      }
      const root = { what: 'reading the commit', arguments: inCache(to, 'rev-parse', '--verify', `${sha}^{tree}`), sha }
      const [items, rootId] = await Promise.all([locally(to, call), locally(to, root)])
      return { rootId: rootId.toString().trim(), items: parseTree(items) }
    },

    async readBlobs(to, ids) {
      if (ids.length === 0) return new Map()
      const output = await locally(to, {
        what: 'reading files',
        arguments: inCache(to, 'cat-file', '--batch'),
        input: `${ids.join('\n')}\n`,
        maxOutputBytes: limits.contentBytes + ids.length * 100,
      })
      return parseBatch(output)
    },

    async readCommit(to, sha) {
      const output = await locally(to, {
        what: 'reading the commit',
        arguments: inCache(to, 'cat-file', 'commit', sha),
        sha,
      })
      return output.toString()
    },

    async tidy(to) {
      const kept = await byLastUse(join(to.directory, keptReference('')))
      if (kept.length <= limits.keptCommits * 3) return
      const forgotten = kept.slice(limits.keptCommits).map((sha) => `delete ${keptReference(sha)}\n`)
      await locally(to, {
        what: 'tidying the cache',
        arguments: inCache(to, 'update-ref', '--stdin'),
        input: forgotten.join(''),
      })
      await locally(to, { what: 'tidying the cache', arguments: inCache(to, 'gc', '--quiet', '--prune=now') })
    },

    close: async () => options.processes.close(),
  }
}

/** Whether the program is there and recent enough to be told everything through its environment. */
export async function findNativeGit(processes: GitProcesses, environment: EnvironmentBase): Promise<boolean> {
  const call = {
    arguments: ['--version'],
    environment: localEnvironment(environment),
    timeoutSeconds: 10,
    maxOutputBytes: 4096,
  }
  const outcome = await processes.run(call)
  if (outcome.kind !== 'exit' || outcome.code !== 0) return false
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(outcome.output.toString()) ?? []).map(Number)
  return major > 2 || (major === 2 && minor >= 31)
}

function keptReference(sha: string): string {
  return `refs/commits/${sha}`
}

/** Notes that a file was used. */
async function touch(path: string): Promise<void> {
  const now = new Date()
  await utimes(path, now, now).catch(() => {})
}

/** Names in a folder, those used last first. */
async function byLastUse(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const dated = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })))
  return dated.sort((a, b) => b.at - a.at).map(({ name }) => name)
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
