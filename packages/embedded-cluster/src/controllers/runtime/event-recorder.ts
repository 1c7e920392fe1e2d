import { createHash } from 'node:crypto'
import type { Clock } from '@driftless/foundation'
import type { KubeObject } from '@driftless/kube-objects'
import type { KubeApi } from '@driftless/kube-server'
import { number, record, text } from '../../json.ts'
import { changed } from './change-object.ts'

/** Events are dropped this long after they were last seen, as the API server does by default. */
const lifetime = 3_600_000
/** More events than this push out the oldest. */
const most = 2_000

/** Something that happened to an object. */
export interface Happening {
  readonly object: KubeObject
  readonly type?: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  /** The component that says so, such as `kubelet`. */
  readonly source: string
  readonly host?: string
  /** The part of the object it is about, such as `spec.containers{web}`. */
  readonly fieldPath?: string
}

/** Records Events; the same thing said again raises the count of its Event. */
export interface EventRecorder {
  record(happening: Happening): void
  close(): void
}

interface Kept {
  namespace: string
  name: string
  lastSeen: number
}

/** Makes a recorder that also forgets: one timer while there are events, none without. */
export function createEventRecorder(options: { api: KubeApi; clock: Clock; random: () => number }): EventRecorder {
  const { api, clock } = options
  // Oldest first: an event that is seen again moves to the end.
  const kept = keptEvents(api)
  let cancelSweep: (() => void) | undefined

  const drop = (id: string, event: Kept) => {
    kept.delete(id)
    const ref = { group: '', kind: 'Event', namespace: event.namespace, name: event.name }
    if (api.get(ref) !== undefined) api.delete(ref)
  }
  const sweep = () => {
    cancelSweep = undefined
    const now = clock.now().getTime()
    for (const [id, event] of kept) {
      if (event.lastSeen + lifetime > now) break
      drop(id, event)
    }
    scheduleSweep()
  }
  const scheduleSweep = () => {
    const [oldest] = kept.values()
    if (oldest === undefined || cancelSweep !== undefined) return
    cancelSweep = clock.after(Math.max(1_000, oldest.lastSeen + lifetime - clock.now().getTime()), sweep)
  }
  scheduleSweep()
  return {
    record(happening) {
      const id = identity(happening)
      const now = clock.now()
      const name = repeat(api, kept.get(id), now) ?? create(options, happening, now)
      if (name === undefined) return
      kept.delete(id)
      kept.set(id, { namespace: namespaceOf(happening.object), name, lastSeen: now.getTime() })
      const [first] = kept
      if (kept.size > most && first !== undefined) drop(...first)
      scheduleSweep()
    },
    close: () => cancelSweep?.(),
  }
}

/** Counts an Event once more; undefined when it is gone. */
function repeat(api: KubeApi, event: Kept | undefined, now: Date): string | undefined {
  if (event === undefined) return undefined
  const stored = api.get({ group: '', kind: 'Event', namespace: event.namespace, name: event.name })
  if (stored === undefined) return undefined
  const next = changed(stored, (copy) => {
    copy.count = number(stored.count, 1) + 1
    copy.lastTimestamp = second(now)
  })
  api.update(next, { manager: text(record(stored.source).component) })
  return event.name
}

function create(options: { api: KubeApi; random: () => number }, happening: Happening, now: Date): string | undefined {
  const { object } = happening
  const namespace = namespaceOf(object)
  if (options.api.get({ group: '', kind: 'Namespace', name: namespace })?.metadata.deletionTimestamp !== undefined)
    return undefined
  const suffix =
    now.getTime().toString(16).padStart(12, '0') +
    Math.floor(options.random() * 65_536)
      .toString(16)
      .padStart(4, '0')
  const name = `${object.metadata.name}.${suffix}`
  options.api.create(
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
      involvedObject: {
        apiVersion: object.apiVersion,
        kind: object.kind,
        name: object.metadata.name,
        ...(object.metadata.namespace === undefined ? {} : { namespace: object.metadata.namespace }),
        uid: object.metadata.uid,
        resourceVersion: object.metadata.resourceVersion,
        ...(happening.fieldPath === undefined ? {} : { fieldPath: happening.fieldPath }),
      },
      reason: happening.reason,
      message: happening.message,
      type: happening.type ?? 'Normal',
      count: 1,
      firstTimestamp: second(now),
      lastTimestamp: second(now),
      eventTime: null,
      source: { component: happening.source, ...(happening.host === undefined ? {} : { host: happening.host }) },
      reportingComponent: happening.source,
      reportingInstance: happening.host ?? '',
    },
    { manager: happening.source },
  )
  return name
}

function keptEvents(api: KubeApi): Map<string, Kept> {
  const events = api.list({ group: '', kind: 'Event' }).map((event) => {
    const object = record(event.involvedObject)
    const parts = [
      object.uid,
      object.fieldPath ?? '',
      event.type,
      event.reason,
      event.message,
      record(event.source).component,
    ]
    const lastSeen = new Date(text(event.lastTimestamp) || event.metadata.creationTimestamp || 0).getTime()
    return [
      digest(parts),
      { namespace: event.metadata.namespace ?? '', name: event.metadata.name ?? '', lastSeen },
    ] as const
  })
  return new Map(events.sort(([, a], [, b]) => a.lastSeen - b.lastSeen))
}

function identity(happening: Happening): string {
  const { object, fieldPath = '', type = 'Normal', reason, message, source } = happening
  return digest([object.metadata.uid, fieldPath, type, reason, message, source])
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64')
}

/** Events of cluster-scoped objects live in `default`. */
function namespaceOf(object: KubeObject): string {
  return object.metadata.namespace ?? 'default'
}

function second(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`
}
