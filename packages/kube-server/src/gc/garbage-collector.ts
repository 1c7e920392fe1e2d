import { cloneJson, type KubeObject, type OwnerReference, parseApiVersion } from '@driftless/kube-objects'
import type { ApiCore } from '../api/core.ts'
import { deleteObject, foregroundFinalizer, orphanFinalizer } from '../api/delete.ts'
import type { ChangeEvent } from '../api/kube-api.ts'
import type { ServedKind } from '../api/served-kind.ts'
import { storeUpdate } from '../api/update.ts'
import { resourceOf } from '../store/object-store.ts'
import type { WorkQueue } from './work-queue.ts'

const manager = 'kube-controller-manager'

/** Deletes what has lost its owners, and lets owners go when their finalizers about dependents are met. */
export class GarbageCollector {
  readonly #core: ApiCore
  readonly #queue: WorkQueue

  constructor(core: ApiCore, queue: WorkQueue) {
    this.#core = core
    this.#queue = queue
    for (const { storage } of core.registry.resources()) this.examineAll(storage)
  }

  /** Looks at every object of a kind, as after a start. */
  examineAll(kind: ServedKind): void {
    for (const object of this.#core.store.list(resourceOf(kind))) this.#examine(kind, object)
  }

  observe({ type, kind, object, previous }: ChangeEvent): void {
    if (type !== 'DELETED') {
      this.#examine(kind, object, previous)
      return
    }
    const { uid = '' } = object.metadata
    for (const dependent of this.#core.store.dependents(uid)) this.#enqueueCheck(dependent)
    for (const owner of object.metadata.ownerReferences ?? []) this.#enqueueOwner(owner.uid)
  }

  #examine(kind: ServedKind, object: KubeObject, previous?: KubeObject): void {
    const { uid = '', ownerReferences = [], finalizers = [], deletionTimestamp } = object.metadata
    if (
      deletionTimestamp !== undefined &&
      finalizers.some((name) => name === foregroundFinalizer || name === orphanFinalizer)
    ) {
      this.#queue.add(`release ${uid}`, () => this.#release(kind, uid))
    }
    // Dependents that stop blocking, or move to another owner, may set a waiting owner free.
    for (const owner of previous?.metadata.ownerReferences ?? []) this.#enqueueOwner(owner.uid)
    if (ownerReferences.length > 0 && ownerReferences !== previous?.metadata.ownerReferences) this.#enqueueCheck(object)
  }

  #enqueueOwner(uid: string): void {
    const owner = this.#core.store.byUid(uid)
    if (owner?.object.metadata.deletionTimestamp === undefined) return
    if (owner.object.metadata.finalizers?.includes(foregroundFinalizer) !== true) return
    const kind = this.#kindOf(owner.object)
    if (kind !== undefined) this.#queue.add(`release ${uid}`, () => this.#release(kind, uid))
  }

  #enqueueCheck(object: KubeObject): void {
    const { uid = '' } = object.metadata
    this.#queue.add(`check ${uid}`, () => this.#check(uid))
  }

  /** Deletes a dependent without owners; drops references to absent owners when others remain. */
  #check(uid: string): void {
    const object = this.#core.store.byUid(uid)?.object
    const kind = object === undefined ? undefined : this.#kindOf(object)
    if (object === undefined || kind === undefined) return
    const owners = object.metadata.ownerReferences ?? []
    const absent = owners.filter((owner) => this.#isAbsent(owner, object, kind))
    if (absent.length === 0) return
    if (absent.length < owners.length) this.#dropReferences(kind, object, absent)
    else if (object.metadata.deletionTimestamp === undefined) this.#delete(kind, object, undefined)
  }

  #delete(kind: ServedKind, object: KubeObject, policy: 'Foreground' | undefined): void {
    const { namespace = '', name = '', uid, finalizers = [] } = object.metadata
    const kept = finalizers.includes(orphanFinalizer)
      ? 'Orphan'
      : finalizers.includes(foregroundFinalizer)
        ? 'Foreground'
        : 'Background'
    deleteObject(
      this.#core,
      kind,
      { namespace, name },
      {
        propagationPolicy: policy ?? kept,
        preconditions: uid === undefined ? {} : { uid },
      },
    )
  }

  #isAbsent(owner: OwnerReference, dependent: KubeObject, kind: ServedKind): boolean {
    const { group } = parseApiVersion(owner.apiVersion)
    const ownerKind = this.#core.registry.find({ group, kind: owner.kind })
    // Of a kind that is not served nothing can be known, and a cluster object cannot depend on a namespaced one.
    if (ownerKind === undefined || (ownerKind.namespaced && !kind.namespaced)) return false
    const found = this.#core.store.byUid(owner.uid)?.object
    if (found === undefined || found.metadata.name !== owner.name || found.kind !== owner.kind) return true
    return ownerKind.namespaced && found.metadata.namespace !== dependent.metadata.namespace
  }

  #dropReferences(kind: ServedKind, object: KubeObject, dropped: readonly OwnerReference[]): void {
    const next = cloneJson(object)
    const uids = new Set(dropped.map((owner) => owner.uid))
    const kept = next.metadata.ownerReferences?.filter((owner) => !uids.has(owner.uid)) ?? []
    if (kept.length > 0) next.metadata.ownerReferences = kept
    else delete next.metadata.ownerReferences
    storeUpdate(this.#core, { kind, previous: object, next, options: { manager } })
  }

  /** Meets the finalizers of an object that is being deleted. */
  #release(kind: ServedKind, uid: string): void {
    const object = this.#core.store.byUid(uid)?.object
    if (object?.metadata.deletionTimestamp === undefined) return
    const { finalizers = [] } = object.metadata
    if (finalizers.includes(orphanFinalizer)) {
      for (const dependent of this.#core.store.dependents(uid)) this.#orphan(dependent, uid)
      this.#dropFinalizer(kind, object, orphanFinalizer)
    } else if (finalizers.includes(foregroundFinalizer) && !this.#waitsForDependents(uid)) {
      this.#dropFinalizer(kind, object, foregroundFinalizer)
    }
  }

  #orphan(dependent: KubeObject, ownerUid: string): void {
    const kind = this.#kindOf(dependent)
    const references = dependent.metadata.ownerReferences?.filter((owner) => owner.uid === ownerUid) ?? []
    if (kind !== undefined) this.#dropReferences(kind, dependent, references)
  }

  #waitsForDependents(uid: string): boolean {
    let blocked = false
    for (const dependent of this.#core.store.dependents(uid)) {
      const kind = this.#kindOf(dependent)
      if (kind === undefined) continue
      const references = dependent.metadata.ownerReferences ?? []
      if (references.some((owner) => owner.uid === uid && owner.blockOwnerDeletion === true)) blocked = true
      const others = references.filter((owner) => owner.uid !== uid && !this.#isAbsent(owner, dependent, kind))
      if (others.length > 0) this.#orphan(dependent, uid)
      else if (dependent.metadata.deletionTimestamp === undefined) {
        const deeper = this.#core.store.dependents(dependent.metadata.uid ?? '').length > 0
        this.#delete(kind, dependent, deeper ? 'Foreground' : undefined)
      }
    }
    return blocked && this.#blockers(uid)
  }

  #blockers(uid: string): boolean {
    return this.#core.store
      .dependents(uid)
      .some((object) =>
        object.metadata.ownerReferences?.some((owner) => owner.uid === uid && owner.blockOwnerDeletion === true),
      )
  }

  #dropFinalizer(kind: ServedKind, object: KubeObject, finalizer: string): void {
    const current = this.#core.store.byUid(object.metadata.uid ?? '')?.object
    if (current === undefined) return
    const next = cloneJson(current)
    const kept = next.metadata.finalizers?.filter((name) => name !== finalizer) ?? []
    if (kept.length > 0) next.metadata.finalizers = kept
    else delete next.metadata.finalizers
    storeUpdate(this.#core, { kind, previous: current, next, options: { manager } })
  }

  #kindOf(object: KubeObject): ServedKind | undefined {
    return (
      this.#core.registry.findByApiVersion(object.apiVersion, object.kind) ??
      this.#core.registry.find({ ...parseApiVersion(object.apiVersion), version: undefined, kind: object.kind })
    )
  }
}
