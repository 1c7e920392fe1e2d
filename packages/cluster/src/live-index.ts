import { formatKey, type ObjectKey } from '@driftless/kube-objects'
import type { LiveObject } from './live-object.ts'

/** Every known object of a cluster, found by key, uid, owner, instance and kind without scanning. */
export class LiveIndex<C> {
  readonly #byKey = new Map<string, LiveObject<C>>()
  readonly #byUid = new Map<string, LiveObject<C>>()
  readonly #byOwner = new Map<string, Set<LiveObject<C>>>()
  readonly #byInstance = new Map<string, Set<LiveObject<C>>>()
  readonly #byKind = new Map<string, Set<LiveObject<C>>>()

  get size(): number {
    return this.#byKey.size
  }

  get(key: ObjectKey): LiveObject<C> | undefined {
    return this.#byKey.get(formatKey(key))
  }

  byUid(uid: string): LiveObject<C> | undefined {
    return this.#byUid.get(uid)
  }

  children(uid: string): Iterable<LiveObject<C>> {
    return this.#byOwner.get(uid) ?? []
  }

  managedBy(instance: string): Iterable<LiveObject<C>> {
    return this.#byInstance.get(instance) ?? []
  }

  ofKind(kind: { group: string; kind: string }): Iterable<LiveObject<C>> {
    return this.#byKind.get(`${kind.group}/${kind.kind}`) ?? []
  }

  /** Puts an object in place of what was known under its key; answers that. */
  put(object: LiveObject<C>): LiveObject<C> | undefined {
    const previous = this.remove(object.key)
    this.#byKey.set(formatKey(object.key), object)
    this.#byUid.set(object.uid, object)
    for (const owner of object.owners) add(this.#byOwner, owner.uid, object)
    if (object.instance !== undefined) add(this.#byInstance, object.instance, object)
    add(this.#byKind, `${object.key.group}/${object.key.kind}`, object)
    return previous
  }

  remove(key: ObjectKey): LiveObject<C> | undefined {
    const text = formatKey(key)
    const object = this.#byKey.get(text)
    if (object === undefined) return undefined
    this.#byKey.delete(text)
    if (this.#byUid.get(object.uid) === object) this.#byUid.delete(object.uid)
    for (const owner of object.owners) drop(this.#byOwner, owner.uid, object)
    if (object.instance !== undefined) drop(this.#byInstance, object.instance, object)
    drop(this.#byKind, `${key.group}/${key.kind}`, object)
    return object
  }

  clear(): void {
    for (const map of [this.#byKey, this.#byUid, this.#byOwner, this.#byInstance, this.#byKind]) map.clear()
  }
}

function add<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const set = map.get(key)
  if (set === undefined) map.set(key, new Set([value]))
  else set.add(value)
}

function drop<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const set = map.get(key)
  set?.delete(value)
  if (set?.size === 0) map.delete(key)
}
