import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileNotLoaded, systemClock } from '@driftless/foundation'
import { type GitServerOptions, hasGitHttpBackend, startGitServer } from '@driftless/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { createGitRepositories, type GitRepositories, type GitRepositoriesOptions } from './index.ts'

const drivers = [
  ['the git program', {}],
  ['the JavaScript implementation', { binary: '/nonexistent/git' }],
] as const

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function start(server: GitServerOptions = {}, options: Partial<GitRepositoriesOptions> = {}) {
  const git = await startGitServer(server)
  const directory = await mkdtemp(join(tmpdir(), 'driftless-git-'))
  const repositories = createGitRepositories({ directory, clock: systemClock, timeoutSeconds: 20, ...options })
  cleanups.push(
    () => rm(directory, { recursive: true, force: true }),
    () => git.close(),
    () => repositories.close(),
  )
  return { git, repositories, directory }
}

const text = (content: Uint8Array | undefined) => new TextDecoder().decode(content)
const failure = (promise: Promise<unknown>): Promise<Error & { code: string; retryable: boolean; cause?: unknown }> =>
  promise.then(
    () => {
      throw new Error('it was expected to fail')
    },
    (error) => error,
  )

describe.skipIf(!(await hasGitHttpBackend())).each(drivers)(
  'git through %s (skipped where git http-backend is missing)',
  (_name, driver) => {
    it('resolves HEAD, branches, tags, full names and SHAs', async () => {
      const { git, repositories } = await start({}, driver)
      const first = await git.createRepository('shop', { a: '1' })
      const second = await git.commit('shop', { branch: 'feature/x', message: 'Two', files: { a: '2' } })
      await git.tag('shop', { name: 'light', sha: first })
      await git.tag('shop', { name: 'heavy', sha: second, message: 'Annotated' })
      const remote = { url: git.url('shop') }
      expect(await repositories.resolve(remote, '')).toEqual({ sha: first, reference: 'refs/heads/main' })
      expect(await repositories.resolve(remote, 'HEAD')).toEqual({ sha: first, reference: 'refs/heads/main' })
      expect(await repositories.resolve(remote, 'feature/x')).toEqual({
        sha: second,
        reference: 'refs/heads/feature/x',
      })
      expect(await repositories.resolve(remote, 'light')).toEqual({ sha: first, reference: 'refs/tags/light' })
      expect(await repositories.resolve(remote, 'heavy')).toEqual({ sha: second, reference: 'refs/tags/heavy' })
      expect(await repositories.resolve(remote, 'refs/tags/heavy')).toEqual({
        sha: second,
        reference: 'refs/tags/heavy',
      })
      expect(await repositories.resolve(remote, second.toUpperCase())).toEqual({ sha: second })
      expect(await repositories.resolve(remote, second.slice(0, 8))).toEqual({ sha: second })
    })

    it('finds a short SHA that no reference names', async () => {
      const { git, repositories } = await start({}, driver)
      const first = await git.createRepository('shop', { a: '1' })
      await git.commit('shop', { branch: 'main', message: 'Two', files: { a: '2' } })
      expect(await repositories.resolve({ url: git.url('shop') }, first.slice(0, 7))).toEqual({ sha: first })
    })

    it('resolves a version constraint to the highest tag, of those with the prefix', async () => {
      const { git, repositories } = await start({}, driver)
      const sha = await git.createRepository('shop', { a: '1' })
      for (const name of ['v1.2.0', 'v1.10.0', 'v2.0.0-rc.1', 'chart-1.4.0', 'other'])
        await git.tag('shop', { name, sha })
      const remote = { url: git.url('shop') }
      expect(await repositories.resolve(remote, '1.*')).toEqual({ sha, reference: 'refs/tags/v1.10.0' })
      expect(await repositories.resolve(remote, '>=2.0.0-0')).toEqual({ sha, reference: 'refs/tags/v2.0.0-rc.1' })
      expect(await repositories.resolve(remote, '^1.0', { tagPrefix: 'chart-' })).toEqual({
        sha,
        reference: 'refs/tags/chart-1.4.0',
      })
      await expect(repositories.resolve(remote, '>= 2')).rejects.toThrow(
        /no tag of .* satisfies '>= 2' \(5 tags were considered\)/,
      )
    })

    it('says that a revision is unknown, and names the closest one', async () => {
      const { git, repositories } = await start({}, driver)
      await git.createRepository('shop', { a: '1' })
      await git.commit('shop', { branch: 'production', message: 'p' })
      const error = await failure(repositories.resolve({ url: git.url('shop') }, 'prodution'))
      expect(error.code).toBe('GIT_REVISION_UNKNOWN')
      expect(error.message).toContain("unable to resolve 'prodution' to a commit SHA")
      expect(error.message).toContain("did you mean 'production'?")
    })

    it('reads files only after they were loaded', async () => {
      const { git, repositories } = await start({}, driver)
      await git.createRepository('shop', { 'app/a.yaml': 'a: 1', 'app/sub/b.yaml': 'b: 2', 'other/c.yaml': 'c: 3' })
      const sha = await git.commit('shop', {
        branch: 'main',
        message: 'link',
        links: { 'app/link': '../other/c.yaml' },
      })
      const { tree, load, treeId, blobId } = await repositories.openTree({ url: git.url('shop') }, sha)
      expect(tree.list('')?.map((entry) => `${entry.kind} ${entry.name}`)).toEqual(['directory app', 'directory other'])
      expect(tree.list('app')).toEqual([
        { name: 'a.yaml', kind: 'file', size: 4 },
        { name: 'link', kind: 'symlink' },
        { name: 'sub', kind: 'directory' },
      ])
      expect(tree.readLink('app/link')).toBe('../other/c.yaml')
      expect(tree.read('app/missing')).toBeUndefined()
      expect(() => tree.read('app/a.yaml')).toThrow(FileNotLoaded)
      await load('app')
      expect(text(tree.read('app/a.yaml'))).toBe('a: 1')
      expect(text(tree.read('app/sub/b.yaml'))).toBe('b: 2')
      expect(() => tree.read('other/c.yaml')).toThrow(FileNotLoaded)
      expect(treeId('app')).toMatch(/^[0-9a-f]{40}$/)
      expect(treeId('app/a.yaml')).toBeUndefined()
      expect(blobId('app/a.yaml')).toMatch(/^[0-9a-f]{40}$/)
    })

    it('keeps the id of a directory while a commit changes another one', async () => {
      const { git, repositories } = await start({}, driver)
      const before = await git.createRepository('shop', { 'a/x': '1', 'b/x': '1' })
      const after = await git.commit('shop', { branch: 'main', message: 'b', files: { 'b/x': '2', 'b/y/z': '3' } })
      const remote = { url: git.url('shop') }
      const [one, two] = [await repositories.openTree(remote, before), await repositories.openTree(remote, after)]
      expect(two.treeId('a')).toBe(one.treeId('a'))
      expect(two.treeId('b')).not.toBe(one.treeId('b'))
      expect(await repositories.changedPaths(remote, before, after)).toEqual(['b/x', 'b/y/z'])
      expect(await repositories.changedPaths(remote, after, before)).toEqual(['b/x', 'b/y/z'])
    })

    it('tells author, date, message and tags of a commit', async () => {
      const { git, repositories } = await start({}, driver)
      await git.createRepository('shop', { a: '1' })
      const author = 'Ada Löwe <ada@example.com>'
      const sha = await git.commit('shop', {
        branch: 'main',
        message: 'Raise it\n\nBecause.\n',
        files: { a: '2' },
        author,
        time: 1700000000,
      })
      await git.tag('shop', { name: 'v2', sha, message: 'two' })
      await git.tag('shop', { name: 'v1', sha })
      expect(await repositories.commit({ url: git.url('shop') }, sha)).toEqual({
        sha,
        author,
        date: '2023-11-14T22:13:20Z',
        message: 'Raise it\n\nBecause.',
        tags: ['v1', 'v2'],
      })
    })

    it('logs in with a user name and password, or a token', async () => {
      const { git, repositories } = await start(
        { credentials: { username: 'ada', password: 'p@ss w%rd' }, bearerToken: 'token-1' },
        driver,
      )
      const sha = await git.createRepository('shop', { a: '1' })
      const url = git.url('shop')
      const expected = { sha, reference: 'refs/heads/main' }
      expect(
        await repositories.resolve({ url, credentials: { username: 'ada', password: 'p@ss w%rd' } }, 'main'),
      ).toEqual(expected)
      expect(
        await repositories.resolve(
          { url, credentials: { username: 'ada', password: 'p@ss w%rd', forceHttpBasicAuth: true } },
          '',
        ),
      ).toEqual(expected)
      expect(await repositories.resolve({ url, credentials: { bearerToken: 'token-1' } }, 'main')).toEqual(expected)
      const tree = await repositories.openTree({ url, credentials: { bearerToken: 'token-1' } }, sha)
      await tree.load('a')
      expect(text(tree.tree.read('a'))).toBe('1')
      expect(await repositories.resolve({ url: url.replace('://', '://ada:p%40ss%20w%25rd@') }, 'main')).toEqual(
        expected,
      )
    })

    it('fails with the server’s reason and without the credentials when they are wrong', async () => {
      const { git, repositories } = await start({ credentials: { username: 'ada', password: 'right' } }, driver)
      await git.createRepository('shop', { a: '1' })
      const url = git.url('shop')
      for (const credentials of [
        { username: 'ada', password: 'canary-wrong' },
        { bearerToken: 'canary-token' },
        undefined,
      ]) {
        const error = await failure(repositories.test({ url, credentials }))
        expect(error.code).toBe('GIT_AUTHENTICATION_FAILED')
        expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toMatch(/canary/)
      }
      const embedded = await failure(repositories.test({ url: url.replace('://', '://ada:canary-embedded@') }))
      expect(`${embedded.stack}`).not.toMatch(/canary/)
    })

    it('does not share what was fetched between two holders of different credentials', async () => {
      const { git, repositories } = await start({ credentials: { username: 'ada', password: 'right' } }, driver)
      const sha = await git.createRepository('shop', { a: '1' })
      const url = git.url('shop')
      await repositories.openTree({ url, credentials: { username: 'ada', password: 'right' } }, sha)
      const error = await failure(
        repositories.openTree({ url, credentials: { username: 'eve', password: 'wrong' } }, sha),
      )
      expect(error.code).toBe('GIT_AUTHENTICATION_FAILED')
    })

    it('says what is wrong with a repository that cannot be reached', async () => {
      const { git, repositories } = await start({}, driver)
      const code = async (url: string) => (await failure(repositories.test({ url }))).code
      expect(await code(git.url('nowhere'))).toBe('GIT_REPOSITORY_NOT_FOUND')
      expect(await code('http://127.0.0.1:1/shop.git')).toBe('GIT_CONNECTION_FAILED')
      expect(await code('http://host.invalid/shop.git')).toBe('GIT_HOST_NOT_FOUND')
      expect(await code(git.url('shop').replace('http:', 'https:'))).toBe('GIT_TLS_FAILED')
      git.fail({ status: 500, body: 'disk full' })
      expect(await code(git.url('shop'))).toBe('GIT_SERVER_FAILED')
      git.fail({ status: 403 })
      expect(await code(git.url('shop'))).toBe('GIT_ACCESS_DENIED')
    })

    it('stops waiting for a server that does not answer', async () => {
      const { git, repositories } = await start({}, { ...driver, timeoutSeconds: 1 })
      git.fail({ delayMs: 10_000 })
      const error = await failure(repositories.test({ url: git.url('shop') }))
      expect(error).toMatchObject({ code: 'GIT_TIMEOUT', retryable: true })
    })

    it('says that a commit is missing', async () => {
      const { git, repositories } = await start({}, driver)
      await git.createRepository('shop', { a: '1' })
      const error = await failure(repositories.openTree({ url: git.url('shop') }, 'a'.repeat(40)))
      expect(error.code).toBe('GIT_COMMIT_MISSING')
      expect((await failure(repositories.openTree({ url: git.url('shop') }, '--upload-pack=x'))).code).toBe(
        'GIT_COMMIT_MISSING',
      )
    })

    it('fetches an older commit from a server that hands out named ones only', async () => {
      const { git, repositories } = await start({ protocol: 0 }, driver)
      const first = await git.createRepository('shop', { a: '1' })
      await git.commit('shop', { branch: 'main', message: 'Two', files: { a: '2' } })
      await git.configure('shop', 'uploadpack.allowAnySHA1InWant', 'false')
      const { tree, load } = await repositories.openTree({ url: git.url('shop') }, first)
      await load('a')
      expect(text(tree.read('a'))).toBe('1')
    })

    it('asks a server once for the same thing at the same time, and again when told to', async () => {
      const { git, repositories } = await start({}, driver)
      const first = await git.createRepository('shop', { a: '1' })
      const remote = { url: git.url('shop') }
      await Promise.all([1, 2, 3, 4].map(() => repositories.resolve(remote, 'main')))
      const once = git.requests.length
      await repositories.resolve(remote, 'main')
      expect(git.requests.length).toBe(once)
      const second = await git.commit('shop', { branch: 'main', message: 'Two' })
      expect((await repositories.resolve(remote, 'main')).sha).toBe(first)
      expect((await repositories.resolve(remote, 'main', { noCache: true })).sha).toBe(second)
      expect((await repositories.resolve(remote, 'main')).sha).toBe(second)
    })

    it('asks again before it denies a name that may be new', async () => {
      const moment = { now: new Date('2026-01-01T00:00:00Z') }
      const clock = { ...systemClock, now: () => moment.now }
      const { git, repositories } = await start({}, { ...driver, clock })
      await git.createRepository('shop', { a: '1' })
      const remote = { url: git.url('shop') }
      await repositories.resolve(remote, 'main')
      const sha = await git.commit('shop', { branch: 'new', message: 'n' })
      expect((await failure(repositories.resolve(remote, 'new'))).code).toBe('GIT_REVISION_UNKNOWN')
      moment.now = new Date('2026-01-01T00:00:06Z')
      expect((await repositories.resolve(remote, 'new')).sha).toBe(sha)
    })

    it('never answers a forced look-up with what was asked before it', async () => {
      const { git, repositories } = await start({}, driver)
      await git.createRepository('shop', { a: '1' })
      const remote = { url: git.url('shop') }
      git.fail({ delayMs: 300 })
      const early = repositories.resolve(remote, 'main', { noCache: true })
      await new Promise((resolve) => setTimeout(resolve, 100))
      const second = await git.commit('shop', { branch: 'main', message: 'Two' })
      const late = repositories.resolve(remote, 'main', { noCache: true })
      await early
      expect((await late).sha).toBe(second)
    })

    it('trusts a server by its certificate authority, or without any check when told so', async () => {
      const read = (name: string) => readFile(new URL(`../testdata/${name}`, import.meta.url), 'utf8')
      const [cert, key] = [await read('server.crt'), await read('server.key')]
      const { git, repositories } = await start({ tls: { cert, key } }, driver)
      const sha = await git.createRepository('shop', { a: '1' })
      const url = git.url('shop')
      expect((await failure(repositories.test({ url }))).code).toBe('GIT_TLS_FAILED')
      for (const credentials of [{ insecure: true }, { caData: cert }]) {
        const { tree, load } = await repositories.openTree({ url, credentials }, sha)
        await load('a')
        expect(text(tree.read('a'))).toBe('1')
      }
    })

    it('follows a repository that has moved, and gives its credentials to no other server', async () => {
      const { git, repositories } = await start({}, driver)
      await git.createRepository('shop', { a: '1' })
      await using open = await startGitServer()
      await using closed = await startGitServer({ credentials: { username: 'ada', password: 'secret' } })
      const moveTo = (target: string) =>
        git.fail({ status: 301, headers: { location: `${target}/info/refs?service=git-upload-pack` } })
      const sha = await open.createRepository('new', { a: '2' })
      await closed.createRepository('new', { a: '3' })
      const remote = { url: git.url('shop'), credentials: { username: 'ada', password: 'secret' } }
      moveTo(closed.url('new'))
      expect((await failure(repositories.test(remote))).code).toBe('GIT_AUTHENTICATION_FAILED')
      expect(closed.requests.filter(({ username }) => username === 'ada')).toEqual([])
      moveTo(open.url('new'))
      expect((await repositories.resolve(remote, 'main')).sha).toBe(sha)
      await (await repositories.openTree(remote, sha)).load('a')
      git.fail({
        status: 302,
        headers: { location: 'http://169.254.169.254/latest/info/refs?service=git-upload-pack' },
      })
      expect((await failure(repositories.test({ url: git.url('other') }))).message).toMatch(
        /at 169\.254\.169\.254, in a network that is blocked/,
      )
      git.fail({ status: 302, headers: { location: 'http://example.invalid/login' } })
      expect((await failure(repositories.test({ url: git.url('other'), credentials: { username: 'x' } }))).code).toBe(
        'GIT_MOVED',
      )
    })

    it('does not connect to networks that are blocked', async () => {
      const { git, repositories } = await start({}, { ...driver, blockedNetworks: ['127.0.0.0/8', '::1/128'] })
      const sha = await git.createRepository('shop', { a: '1' })
      for (const url of [
        git.url('shop'),
        git.url('shop').replace('127.0.0.1', 'localhost'),
        git.url('shop').replace('127.0.0.1', '[::ffff:127.0.0.1]'),
        git.url('shop').replace('127.0.0.1', '2130706433'),
      ]) {
        expect((await failure(repositories.test({ url }))).code, url).toBe('GIT_URL_REFUSED')
        expect((await failure(repositories.openTree({ url }, sha))).code, url).toBe('GIT_URL_REFUSED')
      }
      expect((await failure(repositories.test({ url: 'ssh://git@127.0.0.1:1/x' }))).code).toMatch(/URL_REFUSED/)
      expect(git.requests).toEqual([])
    })

    it('refuses a file that is too large by its name', async () => {
      const { git, repositories } = await start({}, { ...driver, limits: { fileBytes: 10 } })
      const sha = await git.createRepository('shop', { 'a/big.yaml': 'x'.repeat(11), 'a/small.yaml': 'y' })
      const { tree, load } = await repositories.openTree({ url: git.url('shop') }, sha)
      await load('a')
      expect(text(tree.read('a/small.yaml'))).toBe('y')
      expect((await failure(load('a/big.yaml'))).message).toMatch(
        /^a\/big.yaml in .* has 11 bytes, more than the limit of 10$/,
      )
    })
  },
)

describe.skipIf(!(await hasGitHttpBackend()))(
  'the cache of repositories (skipped where git http-backend is missing)',
  () => {
    it('survives a restart, and heals after a process was killed in the middle of writing', async () => {
      const { git, repositories, directory } = await start()
      const sha = await git.createRepository('shop', { a: '1' })
      const remote = { url: git.url('shop') }
      await repositories.openTree(remote, sha)
      const again = async (): Promise<GitRepositories> => {
        const next = createGitRepositories({ directory, clock: systemClock })
        cleanups.push(() => next.close())
        return next
      }
      const asked = git.requests.length
      await (await again()).openTree(remote, sha)
      expect(git.requests.length).toBe(asked)
      const second = await git.commit('shop', { branch: 'main', message: 'Two' })
      const [name] = await readdir(join(directory, 'repositories'))
      await writeFile(join(directory, 'repositories', name ?? '', 'shallow.lock'), '')
      await (await again()).openTree(remote, second)
    })

    it('drops the commits used longest ago, and brings them back when they are asked for', async () => {
      const { git, repositories, directory } = await start({}, { limits: { keptCommits: 2, cacheBytes: 0 } })
      const remote = { url: git.url('shop') }
      const shas = [await git.createRepository('shop', { a: '0' })]
      const first = await repositories.openTree(remote, shas[0] ?? '')
      for (let index = 1; index <= 6; index += 1) {
        const sha = await git.commit('shop', { branch: 'main', message: 'm', files: { a: String(index) } })
        shas.push(sha)
        await repositories.openTree(remote, sha)
      }
      const last = await repositories.openTree(remote, shas[6] ?? '')
      await last.load('a')
      expect(text(last.tree.read('a'))).toBe('6')
      const kept = async () =>
        (await readdir(directory, { recursive: true })).filter((name) => /refs\/commits\/./.test(name)).length
      await expect.poll(kept, { timeout: 10_000 }).toBeLessThanOrEqual(3)
      await first.load('a')
      expect(text(first.tree.read('a'))).toBe('0')
    })

    it('is removed when nobody used it for two weeks', async () => {
      const { git, repositories, directory } = await start()
      const sha = await git.createRepository('shop', { a: '1' })
      await git.createRepository('old', { a: '1' })
      const old = (await repositories.resolve({ url: git.url('old') }, 'main')).sha
      await repositories.openTree({ url: git.url('old') }, old)
      const [name = ''] = await readdir(join(directory, 'repositories'))
      await repositories.openTree({ url: git.url('shop') }, sha)
      const past = new Date(Date.now() - 15 * 24 * 3600 * 1000)
      await utimes(join(directory, 'repositories', name), past, past)
      const next = createGitRepositories({ directory, clock: systemClock })
      cleanups.push(() => next.close())
      await next.openTree({ url: git.url('shop') }, sha)
      expect(await readdir(join(directory, 'repositories'))).toHaveLength(1)
      await next.openTree({ url: git.url('old') }, old)
    })

    it('leaves no credential on disk, in arguments, or in folder names', async () => {
      const { git, repositories, directory } = await start({
        credentials: { username: 'ada', password: 'canary-secret' },
      })
      const sha = await git.createRepository('shop', { a: '1' })
      const remote = {
        url: git.url('shop'),
        credentials: { username: 'ada', password: 'canary-secret', sshPrivateKey: 'canary-key' },
      }
      git.fail({ delayMs: 2000, times: 1 })
      const opened = repositories.openTree(remote, sha)
      const commands = async (): Promise<string[]> => {
        const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
        return Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
      }
      const isSeen = (lines: string[]) => lines.some((line) => line.includes(git.origin))
      if (process.platform === 'linux')
        await expect.poll(async () => isSeen(await commands()), { timeout: 1900 }).toBe(true)
      expect((await commands()).filter((line) => line.includes('canary'))).toEqual([])
      await opened
      const names = await readdir(directory, { recursive: true })
      expect(names.filter((name) => /canary|ada/.test(name))).toEqual([])
      for (const name of names) {
        const content = await readFile(join(directory, name), 'latin1').catch(() => '')
        expect(content.includes('canary'), name).toBe(false)
      }
    })
  },
)
