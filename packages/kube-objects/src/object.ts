/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [field: string]: Json }

/** A JSON object whose fields are not known here. */
export type JsonObject = { [field: string]: unknown }

/** One entry of `metadata.ownerReferences`. */
export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

/** One entry of `metadata.managedFields`. */
export interface ManagedFieldsEntry {
  manager?: string
  operation?: 'Apply' | 'Update'
  apiVersion?: string
  time?: string
  fieldsType?: 'FieldsV1'
  fieldsV1?: JsonObject
  subresource?: string
}

/** `metadata` of an object; every field is optional because a manifest may lack any of them. */
export interface ObjectMeta {
  name?: string
  generateName?: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  /** RFC 3339. */
  creationTimestamp?: string
  /** RFC 3339. */
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  labels?: Record<string, string>
  annotations?: Record<string, string>
  ownerReferences?: OwnerReference[]
  finalizers?: string[]
  managedFields?: ManagedFieldsEntry[]
}

/** Any Kubernetes object as data. */
export interface KubeObject {
  apiVersion: string
  kind: string
  metadata: ObjectMeta
  [field: string]: unknown
}

/** A kind with its API group (`''` for core) and version. */
export interface GroupVersionKind {
  group: string
  version: string
  kind: string
}

/** Identifies an object in a cluster, whatever its version; `namespace` is `''` for cluster-scoped objects. */
export interface ObjectKey {
  group: string
  kind: string
  namespace: string
  name: string
}

/** Splits `apiVersion` into group and version. */
export function parseApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/')
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) }
}

/** Joins group and version into `apiVersion`. */
export function formatApiVersion(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`
}

/** The kind of an object with its group and version. */
export function gvkOf(object: Pick<KubeObject, 'apiVersion' | 'kind'>): GroupVersionKind {
  return { ...parseApiVersion(object.apiVersion), kind: object.kind }
}

/** The key of an object. */
export function keyOf(object: KubeObject): ObjectKey {
  const { group } = parseApiVersion(object.apiVersion)
  return { group, kind: object.kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name ?? '' }
}

/** Writes a key as `group/kind/namespace/name`, usable as a map key. */
export function formatKey(key: ObjectKey): string {
  return `${key.group}/${key.kind}/${key.namespace}/${key.name}`
}

/** Reads what {@link formatKey} wrote. */
export function parseKey(text: string): ObjectKey {
  const [group = '', kind = '', namespace = '', ...name] = text.split('/')
  return { group, kind, namespace, name: name.join('/') }
}

/** The group and kind as Argo CD's settings and messages name them: `<group>/<Kind>`, core kinds just `<Kind>`. */
export function formatGroupKind(kind: { group: string; kind: string }): string {
  return kind.group === '' ? kind.kind : `${kind.group}/${kind.kind}`
}
