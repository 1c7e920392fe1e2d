import type { KubeObject } from '@driftless/kube-objects'
import type { RenderedSource } from '../rendered-source.ts'
import type { CacheEntry, StoredResult } from './result-cache.ts'

/** Object graphs of results while somebody uses them; the cache itself keeps bytes. */
const parsed = new WeakMap<StoredResult, WeakRef<KubeObject[]>>()

/** A cached outcome as callers see it; throws the failure that it is. */
export function present(entry: CacheEntry, cached: boolean): RenderedSource {
  if (!entry.outcome.ok) throw entry.outcome.error
  const { result } = entry.outcome
  return {
    get objects() {
      const known = parsed.get(result)?.deref()
      if (known !== undefined) return known
      const objects = JSON.parse(new TextDecoder().decode(result.json)) as KubeObject[]
      parsed.set(result, new WeakRef(objects))
      return objects
    },
    hashes: result.hashes,
    sourceType: result.type,
    filesRead: result.filesRead,
    contentKey: result.contentKey,
    cached,
    commands: result.commands,
  }
}
