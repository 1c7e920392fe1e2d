import type { Clock } from '@driftless/foundation'
import type { GitDriver } from './driver.ts'
import { arrangeReferences } from './references.ts'
import type { GitReferences } from './remote.ts'
import type { KeyedAccess } from './repository-access.ts'
import { createSingleFlight } from './single-flight.ts'

/** What servers advertised, with its age. */
export interface ReferenceListings {
  /** A listing not older than `maxAgeSeconds`; with 0 the server is asked after this call. */
  get(access: KeyedAccess, maxAgeSeconds: number): Promise<GitReferences>
  /** The last listing, however old. */
  last(access: KeyedAccess): GitReferences | undefined
}

/** Creates the cache of listings; concurrent questions to one server are one. */
export function createReferenceListings(driver: () => Promise<GitDriver>, clock: Clock): ReferenceListings {
  const flights = createSingleFlight()
  const listings = new Map<string, { at: number; references: GitReferences }>()
  return {
    last: (access) => listings.get(access.key)?.references,
    async get(access, maxAgeSeconds) {
      const cached = listings.get(access.key)
      const isFresh = cached !== undefined && clock.now().getTime() - cached.at < maxAgeSeconds * 1000
      if (isFresh) return cached.references
      const list = async () => {
        const at = clock.now().getTime()
        const references = arrangeReferences(await (await driver()).references(access))
        listings.set(access.key, { at, references })
        return references
      }
      return maxAgeSeconds === 0 ? flights.after(access.key, list) : flights.join(access.key, list)
    },
  }
}
