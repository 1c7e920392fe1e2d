import { type KubeObject, keyOf } from '@driftless/kube-objects'
import type { ChangeEvent, ChangeListener } from '../api/kube-api.ts'
import type { ServedKind } from '../api/served-kind.ts'
import { freezeDeep } from './freeze.ts'
import { History } from './history.ts'
import type { ObjectStorage, StorageChange } from './object-storage.ts'

/** A change to commit; the store assigns versions and freezes the objects. */
export interface PendingChange {
  kind: ServedKind
  type: 'put' | 'delete'
  object: KubeObject
}

/** The name objects of a kind are stored under, whatever the version. */
export function resourceOf(kind: { group: string; plural: string }): string {
  return `${kind.group}/${kind.plural}`
}

/** Every object in memory with its indexes, over a storage that makes commits durable. */
export class ObjectStore {
  readonly #storage: ObjectStorage
  readonly #tables = new Map<string, Map<string, Map<string, KubeObject>>>()
  readonly #sorted = new Map<string, KubeObject[]>()
  readonly #byUid = new Map<string, { resource: string; object: KubeObject }>()
  readonly #byOwner = new Map<string, Map<string, KubeObject>>()
  readonly #listeners = new Set<ChangeListener>()
  readonly #undelivered: ChangeEvent[] = []
  readonly history: History
  #delivering = false
  #version: number

  constructor(storage: ObjectStorage, historySize: number) {
    this.#storage = storage
    // 0 means "any version" on the wire, so no object may carry it.
    this.#version = Math.max(storage.version, 1)
    this.history = new History(historySize, this.#version)
    for (const { resource, object } of storage.load()) this.#put(resource, freezeDeep(object))
  }

  get version(): number {
    return this.#version
  }

  get(resource: string, namespace: string, name: string): KubeObject | undefined {
    return this.#tables.get(resource)?.get(namespace)?.get(name)
  }

  byUid(uid: string): { resource: string; object: KubeObject } | undefined {
    return this.#byUid.get(uid)
  }

  /** Sorted by namespace and name; the array is shared and must not be changed. */
  list(resource: string, namespace?: string): readonly KubeObject[] {
    const id = `${resource} ${namespace ?? ''}`
    const known = this.#sorted.get(id)
    if (known !== undefined) return known
    const table = this.#tables.get(resource)
    const rows: KubeObject[] = []
    if (namespace !== undefined && namespace !== '') rows.push(...(table?.get(namespace)?.values() ?? []))
    else for (const objects of table?.values() ?? []) for (const object of objects.values()) rows.push(object)
    rows.sort(byKey)
    this.#sorted.set(id, rows)
    return rows
  }

  /** The list as it was at `version`, which must lie in the history's window. */
  listAt(resource: string, namespace: string | undefined, version: number): readonly KubeObject[] {
    const undone = this.history.after(version).filter((event) => resourceOf(event.kind) === resource)
    if (undone.length === 0) return this.list(resource, namespace)
    const rows = new Map(this.list(resource, namespace).map((object) => [keyText(object), object]))
    for (const event of undone.toReversed()) {
      if (namespace !== undefined && namespace !== '' && event.object.metadata.namespace !== namespace) continue
      if (event.previous === undefined) rows.delete(keyText(event.object))
      else rows.set(keyText(event.object), event.previous)
    }
    return [...rows.values()].sort(byKey)
  }

  /** Namespaces in which the resource has objects. */
  count(resource: string, namespace: string): number {
    return this.#tables.get(resource)?.get(namespace)?.size ?? 0
  }

  dependents(ownerUid: string): KubeObject[] {
    return [...(this.#byOwner.get(ownerUid)?.values() ?? [])]
  }

  /** Commits all changes as one and tells the listeners; returns the objects as stored. */
  commit(changes: readonly PendingChange[]): KubeObject[] {
    const events: ChangeEvent[] = []
    const durable: StorageChange[] = []
    let version = this.#version
    for (const change of changes) {
      version += 1
      const object = freezeDeep({
        ...change.object,
        metadata: { ...change.object.metadata, resourceVersion: String(version) },
      })
      durable.push({ version, resource: resourceOf(change.kind), type: change.type, key: keyOf(object), object })
      events.push(this.#eventOf(change, object, version))
    }
    this.#storage.commit(durable)
    this.#version = version
    for (const change of durable) {
      if (change.type === 'put') this.#put(change.resource, change.object)
      else this.#remove(change.resource, change.object)
    }
    for (const event of events) this.history.push(event)
    this.#deliver(events)
    return durable.map((change) => change.object)
  }

  watch(listener: ChangeListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): Promise<void> {
    this.#listeners.clear()
    return this.#storage.close()
  }

  #eventOf(change: PendingChange, object: KubeObject, version: number): ChangeEvent {
    const { namespace = '', name = '' } = object.metadata
    const previous = this.get(resourceOf(change.kind), namespace, name)
    const type = change.type === 'delete' ? 'DELETED' : previous === undefined ? 'ADDED' : 'MODIFIED'
    return { type, kind: change.kind, object, version, ...(previous === undefined ? {} : { previous }) }
  }

  /** A listener may write; its events wait until every listener has seen the earlier ones. */
  #deliver(events: readonly ChangeEvent[]): void {
    this.#undelivered.push(...events)
    if (this.#delivering) return
    this.#delivering = true
    try {
      for (let event = this.#undelivered.shift(); event !== undefined; event = this.#undelivered.shift()) {
        for (const listener of [...this.#listeners]) notify(listener, event)
      }
    } finally {
      this.#delivering = false
    }
  }

  #put(resource: string, object: KubeObject): void {
    const { namespace = '', name = '', uid } = object.metadata
    const table = getOrAdd(this.#tables, resource, () => new Map<string, Map<string, KubeObject>>())
    const rows = getOrAdd(table, namespace, () => new Map<string, KubeObject>())
    const previous = rows.get(name)
    rows.set(name, object)
    this.#forgetLists(resource, namespace)
    this.#unindex(resource, previous)
    if (uid !== undefined) this.#byUid.set(uid, { resource, object })
    for (const owner of object.metadata.ownerReferences ?? []) {
      getOrAdd(this.#byOwner, owner.uid, () => new Map<string, KubeObject>()).set(rowId(resource, object), object)
    }
  }

  #remove(resource: string, object: KubeObject): void {
    const { namespace = '', name = '' } = object.metadata
    const rows = this.#tables.get(resource)?.get(namespace)
    const previous = rows?.get(name)
    rows?.delete(name)
    this.#forgetLists(resource, namespace)
    this.#unindex(resource, previous)
  }

  #unindex(resource: string, object: KubeObject | undefined): void {
    if (object === undefined) return
    if (object.metadata.uid !== undefined) this.#byUid.delete(object.metadata.uid)
    for (const owner of object.metadata.ownerReferences ?? []) {
      const owned = this.#byOwner.get(owner.uid)
      owned?.delete(rowId(resource, object))
      if (owned?.size === 0) this.#byOwner.delete(owner.uid)
    }
  }

  #forgetLists(resource: string, namespace: string): void {
    this.#sorted.delete(`${resource} ${namespace}`)
    this.#sorted.delete(`${resource} `)
  }
}

/** A listener's fault is the listener's: it surfaces as an uncaught error, and neither the write nor other listeners notice. */
function notify(listener: ChangeListener, event: ChangeEvent): void {
  try {
    listener(event)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

/** The order lists and `continue` tokens go by. */
export function byKey(a: KubeObject, b: KubeObject): number {
  const left = keyText(a)
  const right = keyText(b)
  return left < right ? -1 : left > right ? 1 : 0
}

/** The text that {@link byKey} compares. */
export function keyText(object: KubeObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name ?? ''}`
}

function rowId(resource: string, object: KubeObject): string {
  return `${resource} ${keyText(object)}`
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
