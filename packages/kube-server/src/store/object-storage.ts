import type { KubeObject, ObjectKey } from '@driftless/kube-objects'

/** Where committed objects are kept; met by a file in the embedded cluster and by {@link memoryStorage} in tests. */
export interface ObjectStorage {
  /** Last assigned resourceVersion. */
  readonly version: number
  /** Everything that was committed and not deleted, at start; `resource` is `group/plural`. */
  load(): Iterable<{ resource: string; object: KubeObject }>
  /** Durably appends before returning; one atomic change is one call. */
  commit(changes: readonly StorageChange[]): void
  close(): Promise<void>
}

/** One object put or deleted; for deletions `object` is the last state. */
export interface StorageChange {
  version: number
  resource: string
  type: 'put' | 'delete'
  key: ObjectKey
  object: KubeObject
}
