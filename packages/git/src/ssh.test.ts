import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@driftless/foundation'
import { hasGitHttpBackend, startGitServer } from '@driftless/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { createGitRepositories, type GitCredentials } from './index.ts'

const originalPath = process.env.PATH
afterEach(() => {
  process.env.PATH = originalPath
})

/** A program named ssh that notes how it was called and runs what it was asked to run on this machine. */
const standIn = `#!/bin/sh
printf '%s\\n' "$@" > "$0.arguments"
while [ $# -gt 1 ]; do
  if [ "$1" = -i ]; then cat "$2" > "$0.key"; stat -c %a "$2" > "$0.mode"; fi
  shift
done
exec sh -c "$1"
`

async function connect(credentials: GitCredentials) {
  const folder = await mkdtemp(join(tmpdir(), 'driftless-ssh-'))
  const ssh = join(folder, 'bin', 'ssh')
  await mkdir(join(folder, 'bin'))
  await writeFile(ssh, standIn)
  await chmod(ssh, 0o755)
  process.env.PATH = `${join(folder, 'bin')}:${originalPath}`
  await using server = await startGitServer()
  const sha = await server.createRepository('shop', { a: '1' })
  const directory = join(folder, 'cache')
  const repositories = createGitRepositories({ directory, clock: systemClock, knownHostsFile: '/srv/known_hosts' })
  const remote = { url: `ssh://git@127.0.0.1:2222${server.directory('shop')}`, credentials }
  const { tree, load } = await repositories.openTree(remote, sha)
  await load('a')
  const left = await readdir(join(directory, 'run'), { recursive: true })
  await repositories.close()
  const note = (name: string) => readFile(`${ssh}.${name}`, 'utf8')
  const seen = {
    arguments: await note('arguments'),
    key: await note('key').catch(() => ''),
    mode: await note('mode').catch(() => ''),
  }
  await rm(folder, { recursive: true })
  return { content: new TextDecoder().decode(tree.read('a')), left, ...seen }
}

describe.skipIf(!(await hasGitHttpBackend()))(
  'git over SSH, with a stand-in for ssh (skipped where git is missing)',
  () => {
    it('gives the key in a file that only we can read and that does not stay', async () => {
      const seen = await connect({ sshPrivateKey: '-----BEGIN KEY-----\ncanary\n-----END KEY-----' })
      expect(seen.content).toBe('1')
      expect(seen.key).toBe('-----BEGIN KEY-----\ncanary\n-----END KEY-----\n')
      expect(seen.mode.trim()).toBe('600')
      expect(seen.arguments).not.toMatch(/canary/)
      expect(seen.left.filter((name) => /identity/.test(name))).toEqual([])
    })

    it('checks the host key against the known hosts, and asks nobody', async () => {
      const { arguments: given } = await connect({})
      for (const option of [
        'BatchMode=yes',
        'StrictHostKeyChecking=yes',
        'UserKnownHostsFile=/srv/known_hosts',
        'ForwardAgent=no',
      ]) {
        expect(given.split('\n')).toContain(option)
      }
      expect(given).toMatch(/^-p\n2222$/m)
    })

    it('does not check it when told so', async () => {
      const { arguments: given } = await connect({ insecureIgnoreHostKey: true })
      expect(given.split('\n')).toContain('StrictHostKeyChecking=no')
    })
  },
)
