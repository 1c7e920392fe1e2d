import type { ApplicationRecord, ApplicationRef, ApplicationStore } from '@driftless/applications'

/** Records kept at most; the ones read longest ago go first. */
const capacity = 5_000

/**
 * Serves reads of single applications from memory. Sound because one process owns the database (its lock sees to that): every
 * write goes through here, and a read that began before a write never outlives it in the cache.
 */
export function cacheApplications(inner: ApplicationStore): ApplicationStore {
  const records = new Map<string, ApplicationRecord>()
  /** How often each application was written; never forgotten, or a slow read of a removed one could come back. */
  const epochs = new Map<string, number>()
  const keyOf = (ref: ApplicationRef) => `${ref.namespace}/${ref.name}`

  const forget = (key: string): void => {
    records.delete(key)
    epochs.set(key, (epochs.get(key) ?? 0) + 1)
  }
  const keep = (key: string, record: ApplicationRecord): void => {
    records.delete(key)
    records.set(key, record)
    if (records.size <= capacity) return
    const [oldest] = records.keys()
    if (oldest !== undefined) records.delete(oldest)
  }
  /** Wraps a write: what was read before it, or meanwhile, no longer counts. */
  const writing = async <T>(ref: ApplicationRef, write: () => Promise<T>): Promise<T> => {
    const key = keyOf(ref)
    forget(key)
    try {
      return await write()
    } finally {
      forget(key)
    }
  }

  return {
    async get(ref) {
      const key = keyOf(ref)
      const known = records.get(key)
      if (known !== undefined) {
        keep(key, known)
        return known
      }
      const epoch = epochs.get(key) ?? 0
      const record = await inner.get(ref)
      if (record !== undefined && (epochs.get(key) ?? 0) === epoch) keep(key, record)
      return record
    },
    list: () => inner.list(),
    create: (application) => writing(application, () => inner.create(application)),
    update: (ref, change) => writing(ref, () => inner.update(ref, change)),
    markDeleted: (ref, finalizers) => writing(ref, () => inner.markDeleted(ref, finalizers)),
    remove: (ref) => writing(ref, () => inner.remove(ref)),
    requestRefresh: (ref, type) => writing(ref, () => inner.requestRefresh(ref, type)),
    recordState: (ref, state, until) => writing(ref, () => inner.recordState(ref, state, until)),
    startOperation: (ref, kind, operation) => writing(ref, () => inner.startOperation(ref, kind, operation)),
    recordProgress: (ref, id, progress) => writing(ref, () => inner.recordProgress(ref, id, progress)),
    completeOperation: (ref, id, outcome) => writing(ref, () => inner.completeOperation(ref, id, outcome)),
    terminateOperation: (ref) => writing(ref, () => inner.terminateOperation(ref)),
    unfinishedOperations: () => inner.unfinishedOperations(),
    operations: (ref, limit) => inner.operations(ref, limit),
  }
}
