import { formatKey, type KubeObject } from '@driftless/kube-objects'
import type { ObjectStorage } from './object-storage.ts'

/** Storage that lives as long as the value does; it survives a new API over it, not the process. */
export function memoryStorage(): ObjectStorage {
  const objects = new Map<string, { resource: string; object: KubeObject }>()
  let version = 0
  return {
    get version() {
      return version
    },
    load: () => objects.values(),
    commit(changes) {
      for (const { type, resource, key, object, version: next } of changes) {
        const id = `${resource} ${formatKey(key)}`
        if (type === 'put') objects.set(id, { resource, object })
        else objects.delete(id)
        version = next
      }
    },
    close: () => Promise.resolve(),
  }
}
