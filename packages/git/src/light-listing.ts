import { DriftlessError } from '@driftless/foundation'
import type { GitDriver, RepositoryAccess } from './driver.ts'
import { GitErrors } from './errors.ts'

/**
 * A driver that lists references over HTTP without starting a process: in a large server process the start alone blocks
 * the event loop for longer than the whole exchange takes. Whatever that way cannot do, or fails at, the driver does itself.
 */
export function withLightListing(driver: GitDriver, light: Pick<GitDriver, 'references' | 'close'>): GitDriver {
  return {
    ...driver,
    async references(access) {
      if (!isPlainHttp(access)) return await driver.references(access)
      try {
        return await light.references(access)
      } catch (error) {
        // A server that does not answer will not answer the program either.
        if (error instanceof DriftlessError && error.code === GitErrors.TIMEOUT.code) throw error
        return await driver.references(access)
      }
    },
    async close() {
      await Promise.all([light.close(), driver.close()])
    },
  }
}

/** Proxies are the git program's business. */
function isPlainHttp({ url, credentials }: RepositoryAccess): boolean {
  return /^https?:\/\//i.test(url.url) && !credentials.proxy
}
