import { cloneJson, type KubeObject, type ObjectMeta } from '@driftless/kube-objects'
import { conflict, notFound } from '../status/kube-status.ts'
import { type ApiCore, inVersion, read, storageKind, timestamp } from './core.ts'
import type { DeleteOptions, DeleteOutcome } from './kube-api.ts'
import type { ServedKind } from './served-kind.ts'
import { isReleased } from './update.ts'

/** Finalizer of an object whose dependents go first. */
export const foregroundFinalizer = 'foregroundDeletion'
/** Finalizer of an object whose dependents stay. */
export const orphanFinalizer = 'orphan'

/** Deletes an object, or marks it when a grace period, finalizers or its dependents keep it. */
export function deleteObject(
  core: ApiCore,
  kind: ServedKind,
  at: { namespace: string; name: string },
  options: DeleteOptions,
): DeleteOutcome {
  const found = read(core, kind, at.namespace, at.name)
  if (found === undefined) throw notFound(kind, at.name)
  checkDeletePreconditions(kind, found, options)
  const next = cloneJson(found)
  const grace = graceOf(kind, next, options)
  markFinalizers(kind, next.metadata, options)
  markNamespace(next)
  if (
    grace > 0 ||
    !isReleased({ ...next, metadata: { ...next.metadata, deletionTimestamp: '-', deletionGracePeriodSeconds: 0 } })
  ) {
    return markDeleted(core, kind, { found, next, grace, dryRun: options.dryRun === true })
  }
  if (options.dryRun === true) return { deleted: true, object: next }
  const storage = storageKind(core, kind)
  const [stored] = core.store.commit([{ kind: storage, type: 'delete', object: inVersion(core, next, storage) }])
  return { deleted: true, object: inVersion(core, stored ?? next, kind) }
}

function checkDeletePreconditions(kind: ServedKind, found: KubeObject, { preconditions }: DeleteOptions): void {
  const { name = '', uid = '', resourceVersion = '' } = found.metadata
  // The server names the kind here where it names the resource elsewhere.
  const subject = { group: kind.group, plural: kind.kind }
  if (preconditions?.uid !== undefined && preconditions.uid !== uid) {
    const reason = `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${uid})`
    throw conflict(subject, name, `${reason}. The object might have been deleted and then recreated`)
  }
  if (preconditions?.resourceVersion !== undefined && preconditions.resourceVersion !== resourceVersion) {
    const reason = `the ResourceVersion in the precondition (${preconditions.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion})`
    throw conflict(subject, name, `${reason}. The object might have been modified`)
  }
}

function graceOf(kind: ServedKind, object: KubeObject, options: DeleteOptions): number {
  // A negative period is taken as a second.
  const requested =
    options.gracePeriodSeconds !== undefined && options.gracePeriodSeconds < 0 ? 1 : options.gracePeriodSeconds
  const grace = kind.strategy.gracePeriodSeconds?.(object, requested) ?? 0
  // A period that runs already can only become shorter.
  const running =
    object.metadata.deletionTimestamp === undefined ? undefined : object.metadata.deletionGracePeriodSeconds
  return running === undefined || requested === 0 ? grace : Math.min(grace, running)
}

function markFinalizers(kind: ServedKind, metadata: ObjectMeta, options: DeleteOptions): void {
  const policy = options.propagationPolicy
  const kept = (metadata.finalizers ?? []).filter((name) => name !== foregroundFinalizer && name !== orphanFinalizer)
  const had = (name: string) => metadata.finalizers?.includes(name) === true
  if (policy === 'Orphan' || (policy === undefined && had(orphanFinalizer))) kept.push(orphanFinalizer)
  else if (policy === 'Foreground' || (policy === undefined && had(foregroundFinalizer))) kept.push(foregroundFinalizer)
  else if (policy === undefined && kind.strategy.defaultPropagation === 'Orphan') kept.push(orphanFinalizer)
  if (metadata.deletionTimestamp === undefined) {
    kept.push(...(kind.strategy.finalizersOnDelete ?? []).filter((name) => !kept.includes(name)))
  }
  if (kept.length > 0) metadata.finalizers = kept
  else delete metadata.finalizers
}

function markNamespace(object: KubeObject): void {
  if (object.kind !== 'Namespace' || object.apiVersion !== 'v1') return
  object.status = { ...(object.status as object | undefined), phase: 'Terminating' }
}

function markDeleted(
  core: ApiCore,
  kind: ServedKind,
  deletion: { found: KubeObject; next: KubeObject; grace: number; dryRun: boolean },
): DeleteOutcome {
  const { found, next, grace } = deletion
  const before = found.metadata
  const shorter = before.deletionGracePeriodSeconds !== undefined && grace < before.deletionGracePeriodSeconds
  if (before.deletionTimestamp === undefined || shorter) {
    const base = before.deletionTimestamp === undefined ? core.clock.now() : startOf(before)
    next.metadata.deletionTimestamp = timestamp({ ...core.clock, now: () => new Date(base.getTime() + grace * 1000) })
    next.metadata.deletionGracePeriodSeconds = grace
    if (before.deletionTimestamp === undefined && next.metadata.generation !== undefined) next.metadata.generation += 1
  } else if (JSON.stringify(before.finalizers) === JSON.stringify(next.metadata.finalizers)) {
    return { deleted: false, object: found }
  }
  if (deletion.dryRun) return { deleted: false, object: next }
  const storage = storageKind(core, kind)
  const [stored] = core.store.commit([{ kind: storage, type: 'put', object: inVersion(core, next, storage) }])
  return { deleted: false, object: inVersion(core, stored ?? next, kind) }
}

function startOf(metadata: ObjectMeta): Date {
  const end = Date.parse(metadata.deletionTimestamp ?? '')
  return new Date(end - (metadata.deletionGracePeriodSeconds ?? 0) * 1000)
}
