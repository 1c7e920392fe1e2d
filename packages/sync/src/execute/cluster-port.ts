import type { KubeObject, ObjectKey } from '@driftless/kube-objects'

export interface ApplyOptions {
  readonly serverSide: boolean
  /** Deletes and makes the object again where it cannot be changed. */
  readonly force: boolean
  readonly dryRun: boolean
  /** Refuses unknown and wrong fields. */
  readonly validate: boolean
  readonly manager: string
  readonly forceConflicts: boolean
}

/** A key with the version under which to reach the object. */
export type VersionedKey = ObjectKey & { version?: string }

/** What a sync needs of a cluster. Calls reject with the cluster's reason; each object that comes back is as stored. */
export interface ClusterPort {
  /** Server-side apply, or a three-way merge by the last-applied annotation. */
  apply(object: KubeObject, options: ApplyOptions): Promise<KubeObject>
  create(object: KubeObject, options?: { dryRun?: boolean }): Promise<KubeObject>
  replace(object: KubeObject, options?: { force?: boolean; dryRun?: boolean }): Promise<KubeObject>
  patch(object: KubeObject, patch: { type: 'json' | 'merge' | 'strategic'; body: unknown }): Promise<KubeObject>
  /** Deleting what is not there is fine. */
  delete(
    key: VersionedKey,
    options: { propagation: 'foreground' | 'background' | 'orphan'; gracePeriodSeconds?: number; uid?: string },
  ): Promise<void>
  get(key: VersionedKey): Promise<KubeObject | undefined>
}
