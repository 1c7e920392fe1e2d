import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { gvkOf, type KubeObject, keyOf, type ObjectKey } from '@driftless/kube-objects'

/**
 * What is kept of an object in the heap: columns for everything, the manifest (compressed) only where asked for.
 * `C` are the columns that the owner of the cache computes once per state.
 */
export interface LiveObject<C> {
  readonly key: ObjectKey
  readonly version: string
  readonly uid: string
  readonly resourceVersion: string
  readonly owners: readonly {
    readonly uid: string
    readonly kind: string
    readonly name: string
    readonly apiVersion: string
  }[]
  /** Which instance manages it, by the tracking port; undefined for everything else. */
  readonly instance: string | undefined
  readonly createdAt: string | undefined
  readonly deleting: boolean
  readonly columns: C
  readonly packed: Buffer | undefined
}

/** How the owner of a cache looks at objects. */
export interface LiveObjectPorts<C> {
  /** The instance that manages the object, or undefined. */
  instanceOf(object: KubeObject): string | undefined
  /** Columns to keep. */
  describe(object: KubeObject): C
}

/** Makes the kept form of an object. */
export function createLiveObject<C>(object: KubeObject, ports: LiveObjectPorts<C>): LiveObject<C> {
  const { metadata } = object
  const instance = ports.instanceOf(object)
  return {
    key: keyOf(object),
    version: gvkOf(object).version,
    uid: metadata.uid ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    owners: (metadata.ownerReferences ?? []).map(({ uid, kind, name, apiVersion }) => ({
      uid,
      kind,
      name,
      apiVersion,
    })),
    instance,
    createdAt: metadata.creationTimestamp,
    deleting: metadata.deletionTimestamp !== undefined,
    columns: ports.describe(object),
    packed: instance === undefined ? undefined : deflateRawSync(JSON.stringify(object), { level: 1 }),
  }
}

/** The manifest of an object that keeps it. */
export function unpack<C>(object: LiveObject<C>): KubeObject | undefined {
  return object.packed === undefined
    ? undefined
    : (JSON.parse(inflateRawSync(object.packed).toString('utf8')) as KubeObject)
}
