import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Clock } from '@driftless/foundation'
import type { GitDriver } from './driver.ts'
import { createEgress, metadataNetworks } from './egress.ts'
import { defaultGitLimits, type GitLimits, type GitRepositories } from './git-repositories.ts'
import { guardDriver } from './guarded-driver.ts'
import { createIsomorphicDriver } from './isomorphic/isomorphic-driver.ts'
import { withLightListing } from './light-listing.ts'
import type { EnvironmentBase } from './native/environment.ts'
import { createGitProcesses } from './native/git-process.ts'
import { createNativeDriver, findNativeGit } from './native/native-driver.ts'
import { createRepositories } from './repositories.ts'

/** How repositories are to be read. */
export interface GitRepositoriesOptions {
  /** Folder for cached objects; belongs to this process alone while it runs. */
  readonly directory: string
  readonly clock: Clock
  /** Longest time of one call to a server; 60 when absent. */
  readonly timeoutSeconds?: number
  /** The git program; `git` when absent. Where it cannot be run, a JavaScript implementation (HTTP only) takes its place. */
  readonly binary?: string
  /** Age up to which listed references are used again; 180 when absent. */
  readonly referenceMaxAgeSeconds?: number
  /** Lets repositories lie in local files, for tests and demonstrations. */
  readonly allowFile?: boolean
  /** File of trusted SSH host keys. */
  readonly knownHostsFile?: string
  /** Further variables for the git program, such as a proxy for everything. */
  readonly environment?: Readonly<Record<string, string>>
  /** Networks in CIDR form that no repository may lie in; link-local ones when absent. */
  readonly blockedNetworks?: readonly string[]
  readonly limits?: Partial<GitLimits>
}

/** Creates the reader of repositories. */
export function createGitRepositories(options: GitRepositoriesOptions): GitRepositories {
  const directory = resolve(options.directory)
  const limits = { ...defaultGitLimits, ...options.limits }
  const home = join(directory, 'run', String(process.pid), Math.random().toString(36).slice(2))
  const egress = createEgress(options.blockedNetworks ?? metadataNetworks)
  let driver: Promise<GitDriver> | undefined
  const start = async (): Promise<GitDriver> => {
    await removeLeftovers(join(directory, 'run'))
    await removeUnused(join(directory, 'repositories'), options.clock.now())
    await mkdir(home, { recursive: true, mode: 0o700 })
    const environment: EnvironmentBase = {
      home,
      path: process.env.PATH ?? '/usr/bin:/bin',
      allowFile: options.allowFile === true,
      knownHosts: options.knownHostsFile,
      extra: options.environment,
    }
    const driverLimits = { ...limits, timeoutSeconds: options.timeoutSeconds ?? 60 }
    const processes = createGitProcesses(options.binary ?? 'git', options.clock)
    const inProcess = createIsomorphicDriver(driverLimits)
    const found = (await findNativeGit(processes, environment))
      ? nativeFirst(createNativeDriver({ processes, environment, limits: driverLimits }), inProcess, options)
      : inProcess
    return guardDriver(found, { egress, timeoutSeconds: driverLimits.timeoutSeconds })
  }
  return createRepositories({
    directory,
    clock: options.clock,
    limits,
    allowFile: options.allowFile === true,
    referenceMaxAgeSeconds: options.referenceMaxAgeSeconds ?? 180,
    driver: () => {
      driver ??= start()
      return driver
    },
    async close() {
      await driver?.then((made) => made.close())
      await rm(home, { recursive: true, force: true })
    },
  })
}

/** The git program does the work; references are listed in the process unless the program's own variables may matter. */
function nativeFirst(native: GitDriver, inProcess: GitDriver, options: GitRepositoriesOptions): GitDriver {
  return options.environment === undefined ? withLightListing(native, inProcess) : native
}

const unusedDays = 14

/** Removes caches that nobody used for two weeks: credentials and repositories come and go. */
async function removeUnused(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const used = await stat(path).then(({ mtimeMs }) => mtimeMs)
    if (now.getTime() - used > unusedDays * 24 * 3600 * 1000) await rm(path, { recursive: true, force: true })
  }
}

/** Removes key files that a killed process left behind. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!isRunning(Number(name))) await rm(join(folder, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
