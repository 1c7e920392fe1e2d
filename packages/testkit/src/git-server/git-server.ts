import { createHash, timingSafeEqual } from 'node:crypto'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GitChange, type GitTag, git, initBareRepository, writeCommit, writeTag } from './bare-repository.ts'
import { serveGit } from './http-backend.ts'

/** How a git server for tests is to behave. */
export interface GitServerOptions {
  /** Asks for these by basic authentication; everybody may read when absent. */
  readonly credentials?: { readonly username: string; readonly password: string }
  /** Accepts this bearer token as well. */
  readonly bearerToken?: string
  /** Serves https with this certificate. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** 0 speaks the old protocol only, as simple servers do. */
  readonly protocol?: 0 | 2
}

/** One request that a git server has seen. */
export interface GitServerRequest {
  readonly path: string
  /** `git-upload-pack` or `git-receive-pack`. */
  readonly service?: string
  readonly method: string
  /** Name of the user that came with the request. */
  readonly username?: string
}

/** A deliberate failure: an answer of this status, a delay, or both, for as many requests as told. */
export interface GitServerFailure {
  readonly status?: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly delayMs?: number
  /** Number of requests to treat so; all until `recover()` when absent. */
  readonly times?: number
}

/** Bare repositories served over smart HTTP on 127.0.0.1. */
export interface GitServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, or https. */
  readonly origin: string
  readonly requests: GitServerRequest[]
  url(name: string): string
  /** Folder of a bare repository, to look at it or change it with git itself. */
  directory(name: string): string
  /** Creates a repository with one commit and returns its SHA. */
  createRepository(name: string, files: Readonly<Record<string, string>>, branch?: string): Promise<string>
  /** Creates a repository with all branches and tags of a bundle and returns the SHA of its HEAD. */
  importBundle(name: string, bundlePath: string): Promise<string>
  /** Adds a commit to a branch (made from nothing when new) and returns its SHA. */
  commit(name: string, change: GitChange): Promise<string>
  /** Points a branch (created when new) at a commit. */
  branch(name: string, branch: string, sha: string): Promise<void>
  tag(name: string, tag: GitTag): Promise<void>
  /** Sets a setting of a repository, as `git config` does. */
  configure(name: string, setting: string, value: string): Promise<void>
  fail(failure: GitServerFailure): void
  recover(): void
  close(): Promise<void>
}

/** Starts a git server on a free port; needs `git` with `git http-backend` (see {@link hasGitHttpBackend}). */
export async function startGitServer(options: GitServerOptions = {}): Promise<GitServer> {
  const root = await mkdtemp(join(tmpdir(), 'driftless-git-server-'))
  const requests: GitServerRequest[] = []
  const failures: { current: GitServerFailure | undefined; left: number } = { current: undefined, left: 0 }
  const listen = (request: IncomingMessage, response: ServerResponse) => {
    requests.push(requestOf(request))
    void answer(request, response, { options, root, failures })
  }
  const server = options.tls === undefined ? createServer(listen) : createSecureServer(options.tls, listen)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`
  const directory = (name: string) => join(root, `${name}.git`)
  const close = () => stop(server, root)
  return {
    origin,
    requests,
    directory,
    url: (name) => `${origin}/${name}.git`,
    async createRepository(name, files, branch = 'main') {
      await initBareRepository(directory(name), branch)
      return writeCommit(directory(name), { branch, message: 'First commit', files })
    },
    importBundle: (name, bundle) => importBundle(directory(name), bundle),
    commit: (name, change) => writeCommit(directory(name), change),
    branch: async (name, branch, sha) => void (await git(directory(name), 'update-ref', `refs/heads/${branch}`, sha)),
    tag: (name, tag) => writeTag(directory(name), tag),
    configure: async (name, setting, value) => void (await git(directory(name), 'config', setting, value)),
    fail(failure) {
      failures.current = failure
      failures.left = failure.times ?? Number.POSITIVE_INFINITY
    },
    recover() {
      failures.current = undefined
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Whether `git` and its `http-backend` are installed here; tests that need them skip otherwise. */
export async function hasGitHttpBackend(): Promise<boolean> {
  try {
    const folder = await git(undefined, '--exec-path')
    await access(join(folder, 'git-http-backend'))
    return true
  } catch {
    return false
  }
}

const challenge = { 'www-authenticate': 'Basic realm="git"' }

interface Behaviour {
  readonly options: GitServerOptions
  readonly root: string
  readonly failures: { current: GitServerFailure | undefined; left: number }
}

async function answer(request: IncomingMessage, response: ServerResponse, behaviour: Behaviour): Promise<void> {
  const failure = behaviour.failures.left > 0 ? behaviour.failures.current : undefined
  if (failure !== undefined) {
    behaviour.failures.left -= 1
    if (failure.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, failure.delayMs).unref())
    if (failure.status !== undefined) {
      response.writeHead(failure.status, { ...(failure.status === 401 ? challenge : {}), ...failure.headers })
      return void response.end(failure.body ?? '')
    }
  }
  if (!isAdmitted(request, behaviour.options)) {
    response.writeHead(401, challenge)
    return void response.end('Invalid username or password')
  }
  serveGit(request, response, { root: behaviour.root, user: 'tester', protocol: behaviour.options.protocol ?? 2 })
}

function isAdmitted(request: IncomingMessage, options: GitServerOptions): boolean {
  const { credentials, bearerToken } = options
  if (credentials === undefined && bearerToken === undefined) return true
  const given = request.headers.authorization ?? ''
  const basic = credentials && `Basic ${btoa(`${credentials.username}:${credentials.password}`)}`
  const bearer = bearerToken && `Bearer ${bearerToken}`
  return [basic, bearer].some((wanted) => wanted !== undefined && equalTexts(given, wanted))
}

function equalTexts(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

function requestOf(request: IncomingMessage): GitServerRequest {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const service = url.searchParams.get('service') ?? /git-(?:upload|receive)-pack$/.exec(url.pathname)?.[0]
  const basic = /^Basic (.*)$/.exec(request.headers.authorization ?? '')?.[1]
  return {
    path: url.pathname,
    method: request.method ?? 'GET',
    ...(service === undefined ? {} : { service }),
    ...(basic === undefined ? {} : { username: atob(basic).split(':', 1)[0] ?? '' }),
  }
}

async function importBundle(directory: string, bundle: string): Promise<string> {
  const heads = (await git(undefined, 'bundle', 'list-heads', bundle)).split('\n').map((line) => line.split(' '))
  const head = heads.find(([, name]) => name === 'HEAD')?.[0]
  const branches = heads.filter(([, name]) => name?.startsWith('refs/heads/'))
  const isMain = ([sha, name]: string[]) => (head === undefined ? name === 'refs/heads/main' : sha === head)
  const main = (branches.find(isMain) ?? branches[0])?.[1] ?? 'refs/heads/main'
  await initBareRepository(directory, main.slice('refs/heads/'.length))
  await git(directory, 'fetch', '--quiet', '--update-head-ok', bundle, '+refs/*:refs/*')
  return git(directory, 'rev-parse', 'HEAD')
}

async function stop(server: Server | SecureServer, root: string): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(root, { recursive: true, force: true })
}
