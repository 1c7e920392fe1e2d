import { cloneJson, deepEqual, formatApiVersion, type KubeObject } from '@driftless/kube-objects'
import { badRequest, conflict, invalid, notFound, undecodable } from '../status/kube-status.ts'
import { updateMetadataProblems } from '../validation/metadata.ts'
import { decodeBody, judgeFaults, validate } from './admission.ts'
import { type ApiCore, inVersion, read, storageKind } from './core.ts'
import { createObject } from './create.ts'
import type { WriteOptions } from './kube-api.ts'
import { isUnchanged, recordManager } from './managed-fields.ts'
import type { ServedKind } from './served-kind.ts'

/** Why a version was refused. */
export const staleVersion =
  'the object has been modified; please apply your changes to the latest version and try again'

/** Replaces an object (or its status) by a body; `created` says that the kind creates on update and did. */
export function replaceObject(
  core: ApiCore,
  kind: ServedKind,
  body: unknown,
  options: WriteOptions,
): { object: KubeObject; created: boolean } {
  const { object, faults } = decodeBody(body, kind)
  judgeFaults([...(options.bodyFaults ?? []), ...faults], options, (text) => undecodable(object, kind.kind, text))
  const { namespace = '', name = '' } = object.metadata
  const previous = read(core, kind, namespace, name)
  if (previous === undefined) {
    if (kind.strategy.createsOnUpdate !== true || options.subresource !== undefined) throw notFound(kind, name)
    const { resourceVersion: _, uid: __, ...metadata } = object.metadata
    return { object: createObject(core, kind, { ...object, metadata }, options), created: true }
  }
  checkPreconditions(kind, object, previous)
  return { object: storeUpdate(core, { kind, previous, next: cloneJson(object), options }), created: false }
}

/** An update about to be stored: `next` is decoded, of the same version as `previous`, and may be changed. */
export interface Update {
  kind: ServedKind
  previous: KubeObject
  next: KubeObject
  options: WriteOptions
  /** managedFields are already right (apply). */
  applied?: boolean
}

/** Merges in what the caller may not change, applies the kind's rules and stores; a no-op keeps the resourceVersion. */
export function storeUpdate(core: ApiCore, update: Update): KubeObject {
  const { kind, previous, options } = update
  const merged = keepServerFields(update)
  const status = options.subresource === 'status'
  kind.strategy.admit?.(merged, previous, core.context)
  if (status) kind.strategy.prepareForStatusUpdate?.(merged, previous, core.context)
  else if (options.subresource !== 'finalize' && options.subresource !== 'binding')
    kind.strategy.prepareForUpdate?.(merged, previous, core.context)
  if (update.applied !== true) recordManager(core, { kind, next: merged, previous, options })
  if (kind.strategy.hasGeneration !== false) setGeneration(merged, previous, kind)
  const own = status
    ? (kind.strategy.validateStatus?.(merged, previous) ?? [])
    : (kind.strategy.validate?.(merged, previous) ?? [])
  validate(kind, merged, [...updateMetadataProblems(kind, merged, previous), ...own])
  for (const warning of kind.strategy.warnings?.(merged) ?? []) options.onWarning?.(warning)
  if (isUnchanged(merged, previous)) return previous
  if (options.dryRun === true) return merged
  return commitUpdate(core, kind, merged)
}

/** Stores an object, or removes it when it was only waiting for its finalizers. */
export function commitUpdate(core: ApiCore, kind: ServedKind, object: KubeObject): KubeObject {
  const storage = storageKind(core, kind)
  const type = isReleased(object) ? 'delete' : 'put'
  const [stored] = core.store.commit([{ kind: storage, type, object: inVersion(core, object, storage) }])
  return inVersion(core, stored ?? object, kind)
}

/** Whether nothing keeps a deleted object any more. */
export function isReleased(object: KubeObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = object.metadata
  const held = object.kind === 'Namespace' && object.apiVersion === 'v1' && namespaceFinalizers(object).length > 0
  return deletionTimestamp !== undefined && deletionGracePeriodSeconds === 0 && finalizers.length === 0 && !held
}

/** `spec.finalizers` of a namespace. */
export function namespaceFinalizers(namespace: KubeObject): string[] {
  const { finalizers } = (namespace.spec ?? {}) as { finalizers?: string[] }
  return finalizers ?? []
}

/** Throws 409 when the body was made from another state or another object of the name. */
export function checkPreconditions(kind: ServedKind, next: KubeObject, previous: KubeObject): void {
  const { uid } = next.metadata
  const { name = '', namespace = '' } = previous.metadata
  if (uid !== undefined && uid !== '' && uid !== previous.metadata.uid) {
    const key = [
      '/registry',
      ...(kind.custom === true ? [kind.group] : []),
      kind.plural,
      ...(namespace === '' ? [] : [namespace]),
      name,
    ]
    const reason = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${previous.metadata.uid}`
    throw conflict(
      kind,
      name,
      `StorageError: invalid object, Code: 4, Key: ${key.join('/')}, ResourceVersion: 0, AdditionalErrorMsg: ${reason}`,
    )
  }
  checkVersion(kind, next, previous)
}

/** Throws 409 when `next` was made from another version; kinds may ask for one to be there at all. */
export function checkVersion(kind: ServedKind, next: KubeObject, previous: KubeObject): void {
  const { resourceVersion } = next.metadata
  const { name = '' } = previous.metadata
  if (resourceVersion === undefined || resourceVersion === '' || resourceVersion === '0') {
    if (!(kind.strategy.requiresVersion ?? kind.custom === true)) return
    throw invalid({ group: kind.group, kind: kind.plural }, name, [
      {
        field: 'metadata.resourceVersion',
        type: 'FieldValueInvalid',
        value: 0,
        detail: 'must be specified for an update',
      },
    ])
  }
  if (!/^\d+$/.test(resourceVersion)) {
    throw badRequest(
      `Invalid value: ${JSON.stringify(resourceVersion)}: strconv.ParseUint: parsing ${JSON.stringify(resourceVersion)}: invalid syntax`,
    )
  }
  if (resourceVersion !== previous.metadata.resourceVersion) throw conflict(kind, name, staleVersion)
}

function keepServerFields({ kind, previous, next, options }: Update): KubeObject {
  const old = previous.metadata
  const base = options.subresource === 'status' ? withStatusOf(previous, next) : next
  if (options.subresource === undefined && kind.subresources.status === true) {
    if (previous.status === undefined) delete base.status
    else base.status = cloneJson(previous.status)
  }
  const { metadata } = base
  metadata.uid = metadata.uid || old.uid
  metadata.creationTimestamp = old.creationTimestamp
  // An update can set neither of these; that it tries to is refused by validation.
  for (const field of ['deletionTimestamp', 'deletionGracePeriodSeconds', 'generateName'] as const) {
    if (old[field] !== undefined && (field === 'deletionTimestamp' || metadata[field] === undefined)) {
      Object.assign(metadata, { [field]: old[field] })
    }
  }
  metadata.resourceVersion = old.resourceVersion
  if (old.generation === undefined) delete metadata.generation
  else metadata.generation = old.generation
  const { defaults } = kind.strategy
  base.apiVersion = formatApiVersion(kind.group, kind.version)
  return defaults === undefined ? base : cloneJson(defaults(base))
}

function withStatusOf(previous: KubeObject, next: KubeObject): KubeObject {
  const result = cloneJson(previous)
  if (next.status === undefined) delete result.status
  else result.status = next.status
  if (next.metadata.managedFields !== undefined) result.metadata.managedFields = next.metadata.managedFields
  return result
}

function setGeneration(next: KubeObject, previous: KubeObject, kind: ServedKind): void {
  const ignoresStatus = kind.custom !== true || kind.subresources.status === true
  const changed = !deepEqual(withoutBookkeeping(next, ignoresStatus), withoutBookkeeping(previous, ignoresStatus))
  const generation = previous.metadata.generation ?? 1
  next.metadata.generation = changed ? generation + 1 : generation
}

function withoutBookkeeping(object: KubeObject, ignoresStatus: boolean): Record<string, unknown> {
  const { metadata: _, apiVersion: __, status, ...rest } = object
  return ignoresStatus || status === undefined ? rest : { ...rest, status }
}
