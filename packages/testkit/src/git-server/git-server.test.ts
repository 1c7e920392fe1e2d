import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { hasGitHttpBackend, startGitServer } from './git-server.ts'

const execute = promisify(execFile)
const quiet = { env: { PATH: process.env.PATH ?? '', GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_GLOBAL: '/dev/null' } }

describe.skipIf(!(await hasGitHttpBackend()))('a git server (skipped where git http-backend is missing)', () => {
  it('serves what was committed to any git client', async () => {
    await using server = await startGitServer()
    await server.createRepository('shop', { 'a/b.txt': 'one' })
    const sha = await server.commit('shop', {
      branch: 'main',
      message: 'Two',
      files: { 'a/b.txt': 'two' },
      links: { l: 'a/b.txt' },
    })
    const folder = await mkdtemp(join(tmpdir(), 'driftless-clone-'))
    await execute('git', ['clone', '--quiet', server.url('shop'), folder], quiet)
    expect(await readFile(join(folder, 'l'), 'utf8')).toBe('two')
    expect((await execute('git', ['-C', folder, 'rev-parse', 'HEAD'], quiet)).stdout.trim()).toBe(sha)
    expect(server.requests.some((request) => request.service === 'git-upload-pack')).toBe(true)
    await rm(folder, { recursive: true })
  })

  it('refuses who does not know the password', async () => {
    await using server = await startGitServer({ credentials: { username: 'ada', password: 'secret' } })
    await server.createRepository('shop', { a: '1' })
    const list = (url: string) => execute('git', ['ls-remote', url], quiet)
    await expect(list(server.url('shop'))).rejects.toThrow(/could not read Username/)
    const known = server.url('shop').replace('://', '://ada:secret@')
    expect((await list(known)).stdout).toContain('refs/heads/main')
  })

  it('fails as often as told', async () => {
    await using server = await startGitServer()
    await server.createRepository('shop', { a: '1' })
    server.fail({ status: 500, times: 1 })
    await expect(execute('git', ['ls-remote', server.url('shop')], quiet)).rejects.toThrow(/500/)
    expect((await execute('git', ['ls-remote', server.url('shop')], quiet)).stdout).toContain('HEAD')
  })
})
