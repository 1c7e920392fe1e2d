import type { ResourceSet } from '../resources/resource-set.ts'
import { contentHash } from './content-hash.ts'

/** Appends the hash of their content to the names of generated objects. */
export function addHashes(resources: ResourceSet): void {
  for (const resource of resources.list) {
    if (!resource.needsHash) continue
    const hash = contentHash(resource.object)
    resource.rememberId()
    resource.setName(`${resource.name}-${hash}`)
  }
  resources.changed()
}
