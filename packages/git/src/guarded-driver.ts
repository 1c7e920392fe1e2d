import type { GitDriver, RepositoryAccess } from './driver.ts'
import type { Egress } from './egress.ts'
import { GitErrors } from './errors.ts'
import { findRedirect } from './redirect.ts'
import type { GitCredentials } from './remote.ts'
import { parseRepositoryUrl } from './repository-url.ts'

/** What stands between a driver and the network. */
export interface Guard {
  readonly egress: Egress
  readonly timeoutSeconds: number
}

/**
 * Lets a driver talk only to addresses that are allowed, and follows one redirect itself: the new address is checked too,
 * and gets the credentials only if it has the same origin.
 */
export function guardDriver(driver: GitDriver, { egress, timeoutSeconds }: Guard): GitDriver {
  const moved = new Map<string, string>()

  const allow = async (to: RepositoryAccess): Promise<RepositoryAccess> => ({
    ...to,
    addresses: await egress.addressesOf(to.url, to.credentials),
  })

  const moveTo = (to: RepositoryAccess, target: string): Promise<RepositoryAccess> => {
    const url = parseRepositoryUrl(target)
    return allow({
      ...to,
      url,
      credentials: url.origin === to.url.origin ? to.credentials : withoutSecrets(to.credentials),
    })
  }

  const remotely = async <T>(to: RepositoryAccess, call: (to: RepositoryAccess) => Promise<T>): Promise<T> => {
    const known = moved.get(to.url.url)
    if (known !== undefined) {
      try {
        return await call(await moveTo(to, known))
      } catch {
        moved.delete(to.url.url)
      }
    }
    const allowed = await allow(to)
    try {
      return await call(allowed)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === GitErrors.MOVED.code)) throw error
      const target = await findRedirect(allowed, timeoutSeconds)
      if (target === undefined) throw error
      const result = await call(await moveTo(to, target))
      moved.set(to.url.url, target)
      return result
    }
  }

  return {
    ...driver,
    references: (to) => remotely(to, driver.references),
    fetchCommit: (to, sha) => remotely(to, (allowed) => driver.fetchCommit(allowed, sha)),
    findCommits: (to, prefix) => remotely(to, (allowed) => driver.findCommits(allowed, prefix)),
  }
}

function withoutSecrets({ insecure, caData, proxy, noProxy }: GitCredentials): GitCredentials {
  return { insecure, caData, proxy, noProxy }
}
