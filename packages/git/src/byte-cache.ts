/** Keeps the values used last, up to a total size. */
export interface ByteCache<V> {
  get(key: string): V | undefined
  set(key: string, value: V, bytes: number): void
  readonly bytes: number
}

/** Creates a cache of at most `limit` bytes; a value larger than that is not kept. */
export function createByteCache<V>(limit: number): ByteCache<V> {
  const entries = new Map<string, { value: V; bytes: number }>()
  let total = 0
  const remove = (key: string): void => {
    total -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
  }
  return {
    get bytes() {
      return total
    },
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    set(key, value, bytes) {
      remove(key)
      if (bytes > limit) return
      entries.set(key, { value, bytes })
      total += bytes
      for (const oldest of entries.keys()) {
        if (total <= limit) break
        remove(oldest)
      }
    },
  }
}
