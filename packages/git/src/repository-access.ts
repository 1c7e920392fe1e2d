import { createHmac, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RepositoryAccess } from './driver.ts'
import type { GitRemote } from './remote.ts'
import { parseRepositoryUrl } from './repository-url.ts'

/** A repository with the key of what is cached for it: one for each URL and set of credentials. */
export interface KeyedAccess extends RepositoryAccess {
  readonly key: string
}

/** Creates the step from a remote, checked, to its place in the cache. */
export function createAccess(options: {
  readonly directory: string
  readonly allowFile: boolean
}): (remote: GitRemote) => Promise<KeyedAccess> {
  let identityKey: Promise<Buffer> | undefined
  return async (remote) => {
    const url = parseRepositoryUrl(remote.url, options)
    const credentials = remote.credentials ?? {}
    identityKey ??= readIdentityKey(options.directory)
    const identity = JSON.stringify([url, Object.entries(credentials).sort()])
    const key = createHmac('sha256', await identityKey)
      .update(identity)
      .digest('hex')
      .slice(0, 40)
    return { url, credentials, key, directory: join(options.directory, 'repositories', `${key}.git`) }
  }
}

/** The key that turns credentials into folder names, so that the names say nothing about them. */
async function readIdentityKey(directory: string): Promise<Buffer> {
  const path = join(directory, 'identity.key')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await writeFile(path, randomBytes(32), { flag: 'wx', mode: 0o600 }).catch(() => {})
  return readFile(path)
}
