import { createHash } from 'node:crypto'
import { type Clock, DriftlessError } from '@driftless/foundation'
import type { GitRemote, GitRepositories, LoadableTree } from '@driftless/git'
import type { SourceType } from '@driftless/model'
import { captureDependencies, digestDependencies, isUnchanged, type TreeDependencies } from './cache/dependencies.ts'
import { commitsKey, inputsKey, publicInputs } from './cache/keys.ts'
import { present } from './cache/present.ts'
import { type CacheEntry, createResultCache, type StoredResult } from './cache/result-cache.ts'
import { RenderErrors } from './errors.ts'
import type { RenderedSource, RenderSourceRequest } from './rendered-source.ts'
import { findAppDirectory } from './source/app-path.ts'
import type { AppDetails } from './source/describe-source.ts'
import { detectTool, discoverTools } from './source/detect.ts'
import type { SourceJob } from './source/job.ts'
import { createWorkerPool } from './worker/pool.ts'
import { runInPool, treeOf } from './worker/run-in-pool.ts'
import { ownTree, type TreeReads, type WorkerAnswer } from './worker/wire.ts'

/** Turns sources into manifests. */
export interface Renderer {
  /** Throws `RENDER_*`, `GIT_*`, `YAML_*`, `MANIFEST_*` and the engines' errors, with the file and line where there is one. */
  render(request: RenderSourceRequest): Promise<RenderedSource>
  /** What the files of a directory call for. */
  detect(request: {
    readonly remote: GitRemote
    readonly sha: string
    readonly path: string
  }): Promise<{ type: SourceType }>
  /** Charts and kustomizations of a whole repository. */
  discover(request: { readonly remote: GitRemote; readonly sha: string }): Promise<{ path: string; type: SourceType }[]>
  /** What a form for the source needs to know: parameters, values files, images. */
  appDetails(request: RenderSourceRequest): Promise<AppDetails>
  close(): Promise<void>
}

/** Bounds of a render; every one has a default. */
export interface RenderLimits {
  /** 60. */
  readonly timeoutSeconds: number
  /** Memory of one worker; 1024. */
  readonly megabytes: number
  /** Most bytes of manifests that a directory source reads; 10 MiB. */
  readonly manifestBytes: number
  /** Most bytes that a source renders to; 64 MiB. */
  readonly outputBytes: number
  /** Memory for finished renders; 128 MiB. */
  readonly cacheBytes: number
}

const defaultLimits: RenderLimits = {
  timeoutSeconds: 60,
  megabytes: 1024,
  manifestBytes: 10 << 20,
  outputBytes: 64 << 20,
  cacheBytes: 128 << 20,
}

/** What a renderer is built from. */
export interface RendererOptions {
  readonly git: GitRepositories
  /** Number of worker threads. */
  readonly workers: number
  readonly clock: Clock
  readonly limits?: Partial<RenderLimits>
}

/** Creates a renderer; its worker threads start when they are first needed. */
export function createRenderer(options: RendererOptions): Renderer {
  const limits = { ...defaultLimits, ...options.limits }
  const pool = createWorkerPool({ ...limits, workers: options.workers, clock: options.clock })
  const cache = createResultCache(limits.cacheBytes)
  const flights = new Map<string, Promise<CacheEntry>>()

  const jobOf = (request: RenderSourceRequest): SourceJob => ({
    application: request.application,
    source: request.source,
    sha: request.sha,
    kubeVersion: request.kubeVersion,
    apiVersions: request.apiVersions,
    settings: request.settings ?? {},
    limits: { manifestBytes: limits.manifestBytes, outputBytes: limits.outputBytes },
    now: options.clock.now().toISOString(),
  })

  const openTrees = async (request: RenderSourceRequest): Promise<Map<string, LoadableTree>> => {
    const wanted = [[ownTree, request] as const, ...Object.entries(request.references ?? {})]
    const opened = wanted.map(
      async ([name, { remote, sha }]) => [name, await options.git.openTree(remote, sha)] as const,
    )
    return new Map(await Promise.all(opened))
  }

  const renderAnew = async (
    request: RenderSourceRequest,
    inputs: string,
    trees: ReadonlyMap<string, LoadableTree>,
  ): Promise<CacheEntry> => {
    const job = jobOf(request)
    const answer = await runInPool(pool, { task: 'render', job, trees })
    if (answer.kind === 'described')
      throw RenderErrors.CRASHED({ path: job.source.path || '.', reason: 'it was described, not rendered' })
    const dependencies = new Map(
      [...answer.reads].map(([name, reads]) => [name, captureDependencies(reads, treeOf(trees, name))]),
    )
    const commits = new Set([commitsKey(request)])
    const entry: CacheEntry =
      answer.kind === 'done'
        ? {
            outcome: { ok: true, result: toStored(answer, request, dependencies) },
            trees: dependencies,
            commits,
            isBound: answer.usesRevision,
          }
        : {
            outcome: { ok: false, error: new DriftlessError(answer.error) },
            trees: dependencies,
            commits,
            isBound: true,
          }
    // What lies in us rather than in the source may be gone the next time.
    const isLasting = entry.outcome.ok || entry.outcome.error.status < 500
    if (isLasting) cache.add(inputs, entry)
    return entry
  }

  const find = async (
    request: RenderSourceRequest,
    inputs: string,
  ): Promise<{ entry: CacheEntry; cached: boolean }> => {
    const commits = commitsKey(request)
    const known = request.noCache === true ? [] : cache.entries(inputs)
    const exact = known.find((entry) => entry.commits.has(commits))
    if (exact !== undefined) return { entry: exact, cached: true }
    const trees = await openTrees(request)
    const same = known.find(
      (entry) => !entry.isBound && [...entry.trees].every(([name, tree]) => isUnchanged(tree, treeOf(trees, name))),
    )
    if (same === undefined) return { entry: await renderAnew(request, inputs, trees), cached: false }
    same.commits.add(commits)
    return { entry: same, cached: true }
  }

  return {
    async render(request) {
      const inputs = inputsKey(request)
      const flightKey = `${inputs} ${commitsKey(request)} ${request.noCache === true}`
      const running = flights.get(flightKey)
      if (running !== undefined) return present(await running, true)
      let cached = false
      const flight = find(request, inputs).then((found) => {
        cached = found.cached
        return found.entry
      })
      flights.set(flightKey, flight)
      try {
        return present(await flight, cached)
      } finally {
        flights.delete(flightKey)
      }
    },

    async detect({ remote, sha, path }) {
      const { tree } = await options.git.openTree(remote, sha)
      return { type: detectTool(tree, findAppDirectory(tree, path)) }
    },

    async discover({ remote, sha }) {
      return discoverTools((await options.git.openTree(remote, sha)).tree)
    },

    async appDetails(request) {
      const job = jobOf(request)
      const answer = await runInPool(pool, { task: 'describe', job, trees: await openTrees(request) })
      if (answer.kind === 'described') return answer.details
      if (answer.kind === 'failed') throw new DriftlessError(answer.error)
      throw RenderErrors.CRASHED({ path: job.source.path || '.', reason: 'it was rendered, not described' })
    },

    close: () => pool.close(),
  }
}

function toStored(
  answer: Extract<WorkerAnswer, { kind: 'done' }>,
  request: RenderSourceRequest,
  dependencies: ReadonlyMap<string, TreeDependencies>,
): StoredResult {
  const { type, json, hashes, commands, reads } = answer
  const parts = [publicInputs(request), digestDependencies(dependencies), answer.usesRevision ? request.sha : '']
  const contentKey = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return { contentKey, type, json, hashes, commands, filesRead: namesOf(reads) }
}

function namesOf(reads: ReadonlyMap<string, TreeReads>): string[] {
  const names = [...reads].flatMap(([tree, { files, directories, links }]) => {
    const prefix = tree === ownTree ? '' : `$${tree}/`
    return [...files, ...links, ...directories.map((path) => `${path}/`)].map((path) => `${prefix}${path}`)
  })
  return [...new Set(names)].sort()
}
