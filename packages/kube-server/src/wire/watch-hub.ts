import type { KubeObject } from '@driftless/kube-objects'
import { type ApiCore, inVersion } from '../api/core.ts'
import type { ChangeEvent } from '../api/kube-api.ts'
import type { ObjectFilter } from '../api/selectors.ts'
import type { ServedKind } from '../api/served-kind.ts'
import { resourceOf } from '../store/object-store.ts'
import { type IncludeObject, partialMetadata, tableOf } from '../table/table.ts'

/** How the objects of a watch are written. */
export interface WatchFormat {
  kind: ServedKind
  as: 'object' | 'partial' | 'table'
  include: IncludeObject
}

/** One open watch. */
export interface Watcher {
  format: WatchFormat
  /** Empty for all. */
  namespace: string
  filter: ObjectFilter | undefined
  send(line: string, version: number): void
  end(): void
}

type EventType = 'ADDED' | 'MODIFIED' | 'DELETED'

/** Hands every change to the watches it concerns; each change is encoded once per format. */
export class WatchHub {
  readonly #core: ApiCore
  readonly #watchers = new Map<string, Set<Watcher>>()
  readonly #encoded = new WeakMap<ChangeEvent, Map<string, string>>()

  constructor(core: ApiCore) {
    this.#core = core
    core.store.watch((event) => this.#deliver(event))
  }

  add(watcher: Watcher): () => void {
    const resource = resourceOf(watcher.format.kind)
    const set = this.#watchers.get(resource) ?? new Set()
    this.#watchers.set(resource, set)
    set.add(watcher)
    return () => {
      set.delete(watcher)
      if (set.size === 0) this.#watchers.delete(resource)
    }
  }

  /** The line a watcher gets for a change, `undefined` when the change does not concern it. */
  lineFor(watcher: Watcher, event: ChangeEvent): string | undefined {
    const { namespace, filter } = watcher
    if (namespace !== '' && event.object.metadata.namespace !== namespace) return undefined
    const type = filter === undefined ? event.type : transition(event, filter)
    return type === undefined ? undefined : this.#encode(event, type, watcher.format)
  }

  /** The line for an object that was there before the watch began. */
  initialLine(object: KubeObject, format: WatchFormat, columns: boolean): string {
    return this.#line('ADDED', inVersion(this.#core, object, format.kind), format, columns)
  }

  #deliver(event: ChangeEvent): void {
    const watchers = this.#watchers.get(resourceOf(event.kind))
    for (const watcher of watchers ?? []) {
      const line = this.lineFor(watcher, event)
      if (line !== undefined) watcher.send(line, event.version)
    }
    if (event.kind.kind === 'CustomResourceDefinition') this.#endUnserved()
  }

  #endUnserved(): void {
    for (const watchers of [...this.#watchers.values()]) {
      for (const watcher of [...watchers]) {
        const { group, version, plural } = watcher.format.kind
        if (this.#core.registry.at(group, version, plural) === undefined) watcher.end()
      }
    }
  }

  #encode(event: ChangeEvent, type: EventType, format: WatchFormat): string {
    const id = `${type} ${format.kind.version} ${format.as} ${format.include}`
    const lines = this.#encoded.get(event) ?? new Map<string, string>()
    this.#encoded.set(event, lines)
    const known = lines.get(id)
    if (known !== undefined) return known
    const line = this.#line(type, inVersion(this.#core, stateFor(event, type), format.kind), format, true)
    lines.set(id, line)
    return line
  }

  #line(type: EventType, object: KubeObject, format: WatchFormat, columns: boolean): string {
    return `${JSON.stringify({ type, object: this.#represent(object, format, columns) })}\n`
  }

  #represent(object: KubeObject, format: WatchFormat, columns: boolean): unknown {
    if (format.as === 'object') return object
    if (format.as === 'partial') return partialMetadata(object)
    return tableOf(format.kind, [object], {
      now: this.#core.clock.now(),
      include: format.include,
      metadata: { resourceVersion: object.metadata.resourceVersion ?? '' },
      columns,
    })
  }
}

/** What a change is to a watch that sees only some objects. */
function transition(event: ChangeEvent, filter: ObjectFilter): EventType | undefined {
  const before = event.previous !== undefined && filter(event.previous)
  const after = event.type !== 'DELETED' && filter(event.object)
  if (after) return before ? 'MODIFIED' : 'ADDED'
  return before ? 'DELETED' : undefined
}

/** An object that leaves a watch's sight is shown as it was last seen, at the version of its leaving. */
function stateFor(event: ChangeEvent, type: EventType): KubeObject {
  if (type !== 'DELETED' || event.type === 'DELETED' || event.previous === undefined) return event.object
  const { resourceVersion } = event.object.metadata
  return { ...event.previous, metadata: { ...event.previous.metadata, resourceVersion } }
}
