import { gvkOf, type KubeObject } from '@driftless/kube-objects'

/** How an object was called at one time. */
export interface ResourceId {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** One object on its way through the layers, with the names it had before. */
export interface Resource {
  object: KubeObject
  /** Earlier ids, oldest first; the current one is not among them. */
  readonly formerIds: ResourceId[]
  /** Prefixes and suffixes it went through, so that references within one layer prefer their own. */
  readonly prefixes: string[]
  readonly suffixes: string[]
  /** Its name gets a hash of its content at the end. */
  needsHash: boolean
  readonly behavior: 'create' | 'replace' | 'merge'
}

/** Takes an object in. */
export function createResource(
  object: KubeObject,
  options: { needsHash?: boolean; behavior?: Resource['behavior'] } = {},
): Resource {
  return {
    object,
    formerIds: [],
    prefixes: [],
    suffixes: [],
    needsHash: options.needsHash ?? false,
    behavior: options.behavior ?? 'create',
  }
}

/** The id that an object has now. */
export function currentId({ object }: Pick<Resource, 'object'>): ResourceId {
  return { ...gvkOf(object), namespace: object.metadata.namespace ?? '', name: object.metadata.name ?? '' }
}

/** The id that an object had in its file. */
export function originalId(resource: Resource): ResourceId {
  return resource.formerIds[0] ?? currentId(resource)
}

/** Notes the present id as a former one, before a name or namespace changes. */
export function rememberId(resource: Resource): void {
  resource.formerIds.push(currentId(resource))
}

/** Ids are equal when kind, name and effective namespace are; the empty namespace is `default`. */
export function sameId(a: ResourceId, b: ResourceId): boolean {
  return (
    a.group === b.group &&
    a.version === b.version &&
    a.kind === b.kind &&
    a.name === b.name &&
    (a.namespace || 'default') === (b.namespace || 'default')
  )
}

/** Writes an id as kustomize's messages do. */
export function formatId({ kind, version, group, name, namespace }: ResourceId): string {
  const gvk = [kind, version, ...(group === '' ? [] : [group])].join('.')
  return `${gvk}/${name || '[noName]'}.${namespace || '[noNs]'}`
}
