import { backoffDelay, type Clock, messageOf, sleep } from '@driftless/foundation'
import { formatKey, type KubeObject, type ObjectKey } from '@driftless/kube-objects'
import { type ClusterAddress, createConnection } from './connection.ts'
import { type Discovery, discover, type ServedResource } from './discovery.ts'
import { ClusterErrors } from './errors.ts'
import { LiveIndex } from './live-index.ts'
import { createLiveObject, type LiveObject, type LiveObjectPorts, unpack } from './live-object.ts'
import { createLogSource, type LogSource } from './log-source.ts'
import { createObjectClient, type ObjectClient } from './object-client.ts'
import { type ReflectorSink, reflect } from './reflector.ts'

/** Where the contact with a cluster stands. */
export interface ContactState {
  readonly phase: 'connecting' | 'ready' | 'failed'
  /** The reason, when failed. */
  readonly message: string
  /** When the phase was entered. */
  readonly since: Date
  /** When the cluster last said anything. */
  readonly lastSeenAt: Date | undefined
  readonly serverVersion: string | undefined
  readonly resources: number
  readonly kinds: number
}

export interface LiveChange<C> {
  readonly type: 'added' | 'modified' | 'deleted'
  readonly object: LiveObject<C>
  readonly previous: LiveObject<C> | undefined
  /** The instances whose tree holds the object: its own, or those of its owners. */
  readonly instances: readonly string[]
}

/** One cluster, watched: its objects as columns, kept current by events, and the way to change them. */
export interface LiveCluster<C> {
  readonly server: string
  readonly objects: ObjectClient
  readonly logs: LogSource
  contact(): ContactState
  /** Resolves once every kind was listed; rejects with `CLUSTER_UNREACHABLE` or `CLUSTER_REFUSED` while contact fails. */
  ready(signal?: AbortSignal): Promise<void>
  discovery(): Discovery | undefined
  scopeOf(kind: { group: string; version?: string; kind: string }): 'Namespaced' | 'Cluster' | undefined
  get(key: ObjectKey): LiveObject<C> | undefined
  byUid(uid: string): LiveObject<C> | undefined
  children(uid: string): Iterable<LiveObject<C>>
  managedBy(instance: string): Iterable<LiveObject<C>>
  ofKind(kind: { group: string; kind: string }): Iterable<LiveObject<C>>
  /** The manifest of a live object: from the cache where kept, else read from the cluster. */
  manifest(object: LiveObject<C>): Promise<KubeObject | undefined>
  onChange(listener: (change: LiveChange<C>) => void): () => void
  onContact(listener: (state: ContactState) => void): () => void
  /** Forgets everything and reads the cluster anew. */
  invalidate(): void
  close(): Promise<void>
}

export interface LiveClusterOptions<C> extends LiveObjectPorts<C> {
  readonly cluster: ClusterAddress
  readonly clock: Clock
  /** Groups and kinds that are never watched; kind `*` means all of the group. */
  readonly excluded?: readonly { group: string; kind: string }[]
  readonly heartbeatSeconds?: number
}

/** Kinds that change all the time and belong to no application. */
export const defaultExclusions = [
  { group: '', kind: 'Event' },
  { group: '', kind: 'Endpoints' },
  { group: 'discovery.k8s.io', kind: 'EndpointSlice' },
  { group: 'events.k8s.io', kind: '*' },
  { group: 'metrics.k8s.io', kind: '*' },
  { group: 'coordination.k8s.io', kind: 'Lease' },
  { group: 'certificates.k8s.io', kind: 'CertificateSigningRequest' },
] as const

const retry = { base: 500, factor: 2, cap: 15_000 }
const maxOwnerDepth = 16

/** Connects to a cluster and keeps watching it until it is closed. */
export function createLiveCluster<C>(options: LiveClusterOptions<C>): LiveCluster<C> {
  return new WatchedCluster(options)
}

class WatchedCluster<C> implements LiveCluster<C> {
  readonly server: string
  readonly objects: ObjectClient
  readonly logs: LogSource
  readonly #options: LiveClusterOptions<C>
  readonly #connection
  readonly #index = new LiveIndex<C>()
  readonly #changeListeners = new Set<(change: LiveChange<C>) => void>()
  readonly #contactListeners = new Set<(state: ContactState) => void>()
  readonly #reflectors = new Map<string, { resource: ServedResource; abort: AbortController; listed: boolean }>()
  #discovery: Discovery | undefined
  #run = new AbortController()
  #phase: ContactState['phase'] = 'connecting'
  #failure: unknown
  #since: Date
  #lastSeenAt: Date | undefined
  #serverVersion: string | undefined
  #discovering: Promise<Discovery> | undefined
  /** Ends the pause before the next heartbeat, when a broken watch gives reason to doubt. */
  #wake = new AbortController()

  constructor(options: LiveClusterOptions<C>) {
    this.#options = options
    this.server = options.cluster.server
    this.#connection = createConnection(options.cluster)
    this.#since = options.clock.now()
    this.objects = createObjectClient({
      connection: this.#connection,
      discovery: async (refresh) => (refresh || this.#discovery === undefined ? this.#rediscover() : this.#discovery),
      seen: (object) => this.#absorb(object),
    })
    this.logs = createLogSource(this.#connection)
    void this.#keepContact(this.#run.signal)
  }

  contact(): ContactState {
    return {
      phase: this.#phase,
      message: this.#phase === 'failed' ? messageOf(this.#failure) : '',
      since: this.#since,
      lastSeenAt: this.#lastSeenAt,
      serverVersion: this.#serverVersion,
      resources: this.#index.size,
      kinds: this.#reflectors.size,
    }
  }

  ready(signal?: AbortSignal): Promise<void> {
    if (this.#phase === 'ready') return Promise.resolve()
    if (this.#phase === 'failed') return Promise.reject(this.#failure)
    return new Promise((resolve, reject) => {
      const settle = () => {
        if (this.#phase === 'connecting' && signal?.aborted !== true) return
        off()
        signal?.removeEventListener('abort', settle)
        if (this.#phase === 'ready') resolve()
        else
          reject(this.#failure ?? ClusterErrors.UNREACHABLE({ server: this.server, reason: 'it has not answered yet' }))
      }
      const off = this.onContact(settle)
      signal?.addEventListener('abort', settle, { once: true })
    })
  }

  discovery(): Discovery | undefined {
    return this.#discovery
  }

  scopeOf(kind: { group: string; version?: string; kind: string }): 'Namespaced' | 'Cluster' | undefined {
    const resource = this.#discovery?.find(kind)
    if (resource === undefined) return undefined
    return resource.namespaced ? 'Namespaced' : 'Cluster'
  }

  get(key: ObjectKey): LiveObject<C> | undefined {
    return this.#index.get(key)
  }

  byUid(uid: string): LiveObject<C> | undefined {
    return this.#index.byUid(uid)
  }

  children(uid: string): Iterable<LiveObject<C>> {
    return this.#index.children(uid)
  }

  managedBy(instance: string): Iterable<LiveObject<C>> {
    return this.#index.managedBy(instance)
  }

  ofKind(kind: { group: string; kind: string }): Iterable<LiveObject<C>> {
    return this.#index.ofKind(kind)
  }

  async manifest(object: LiveObject<C>): Promise<KubeObject | undefined> {
    return unpack(object) ?? (await this.objects.get({ ...object.key, version: object.version }))
  }

  onChange(listener: (change: LiveChange<C>) => void): () => void {
    this.#changeListeners.add(listener)
    return () => this.#changeListeners.delete(listener)
  }

  onContact(listener: (state: ContactState) => void): () => void {
    this.#contactListeners.add(listener)
    return () => this.#contactListeners.delete(listener)
  }

  invalidate(): void {
    this.#run.abort()
    this.#stopReflectors()
    this.#index.clear()
    this.#discovery = undefined
    this.#enter('connecting')
    this.#run = new AbortController()
    void this.#keepContact(this.#run.signal)
  }

  async close(): Promise<void> {
    this.#run.abort()
    this.#stopReflectors()
    this.#changeListeners.clear()
    this.#contactListeners.clear()
    await this.#connection.close()
  }

  /** Asks for the version now and then, so that silence is told from death; starts the watches after the first answer. */
  async #keepContact(signal: AbortSignal): Promise<void> {
    const { clock, heartbeatSeconds = 10 } = this.#options
    let failures = 0
    while (!signal.aborted) {
      try {
        const answer = (await this.#connection.json({ method: 'GET', path: '/version', signal })) as {
          gitVersion?: string
        }
        this.#serverVersion = answer.gitVersion
        this.#heard()
        if (this.#discovery === undefined || this.#phase === 'failed') await this.#rediscover()
        this.#settle()
        failures = 0
        this.#wake = new AbortController()
        await sleep(clock, heartbeatSeconds * 1000, AbortSignal.any([signal, this.#wake.signal]))
      } catch (error) {
        if (signal.aborted) return
        this.#lost(error)
        await sleep(clock, backoffDelay(retry, failures), signal)
        failures += 1
      }
    }
  }

  #rediscover(): Promise<Discovery> {
    this.#discovering ??= discover(this.#connection)
      .then((discovery) => {
        this.#discovery = discovery
        this.#startReflectors(discovery)
        return discovery
      })
      .finally(() => {
        this.#discovering = undefined
      })
    return this.#discovering
  }

  #startReflectors(discovery: Discovery): void {
    const wanted = new Map(
      discovery.resources
        .filter((resource) => resource.preferred && isWatchable(resource) && !this.#isExcluded(resource))
        .map((resource) => [`${resource.group}/${resource.kind}`, resource]),
    )
    for (const [kind, { resource, abort }] of this.#reflectors) {
      if (wanted.get(kind)?.version === resource.version) continue
      abort.abort()
      this.#reflectors.delete(kind)
      for (const object of [...this.#index.ofKind(resource)]) this.#remove(object.key)
    }
    for (const [kind, resource] of wanted) if (!this.#reflectors.has(kind)) this.#startReflector(kind, resource)
  }

  #startReflector(kind: string, resource: ServedResource): void {
    const abort = new AbortController()
    const entry = { resource, abort, listed: false }
    this.#reflectors.set(kind, entry)
    const listed = () => {
      entry.listed = true
      this.#settle()
    }
    const sink: ReflectorSink = {
      replace: (objects) => {
        this.#replace(resource, objects)
        listed()
      },
      put: (object) => this.#put(object),
      remove: (object) => this.#remove(createLiveObject(object, this.#options).key),
      heard: () => this.#heard(),
      lost: () => this.#wake.abort(),
    }
    const { clock } = this.#options
    reflect({ connection: this.#connection, resource, clock, sink, signal: abort.signal }).then(
      () => {
        if (abort.signal.aborted) return
        this.#reflectors.delete(kind)
        this.#settle()
      },
      (error: unknown) => this.#lost(error),
    )
  }

  #stopReflectors(): void {
    for (const { abort } of this.#reflectors.values()) abort.abort()
    this.#reflectors.clear()
  }

  #isExcluded(resource: ServedResource): boolean {
    const excluded = this.#options.excluded ?? defaultExclusions
    return excluded.some(({ group, kind }) => group === resource.group && (kind === '*' || kind === resource.kind))
  }

  #replace(resource: ServedResource, objects: readonly KubeObject[]): void {
    const present = new Set<string>()
    for (const object of objects) present.add(formatKey(this.#put(object).key))
    for (const known of [...this.#index.ofKind(resource)])
      if (!present.has(formatKey(known.key))) this.#remove(known.key)
  }

  #put(object: KubeObject): LiveObject<C> {
    const live = createLiveObject(object, this.#options)
    const known = this.#index.get(live.key)
    if (known !== undefined && known.uid === live.uid && !isNewer(live, known)) return known
    const previous = this.#index.put(live)
    this.#emit({
      type: previous === undefined ? 'added' : 'modified',
      object: live,
      previous,
      instances: this.#instancesOf(live, previous),
    })
    if (live.key.kind === 'CustomResourceDefinition') this.#kindsChanged()
    return live
  }

  #remove(key: ObjectKey): void {
    const known = this.#index.get(key)
    if (known === undefined) return
    const instances = this.#instancesOf(known)
    this.#index.remove(key)
    this.#emit({ type: 'deleted', object: known, previous: known, instances })
    if (key.kind === 'CustomResourceDefinition') this.#kindsChanged()
  }

  /** Takes over what a write answered, so that nobody decides on the state before it. */
  #absorb(object: KubeObject): void {
    const live = createLiveObject(object, this.#options)
    const reflector = this.#reflectors.get(`${live.key.group}/${live.key.kind}`)
    if (reflector?.listed === true && reflector.resource.version === live.version) this.#put(object)
  }

  #kindsChanged(): void {
    this.#options.clock.after(200, () => {
      if (!this.#run.signal.aborted) this.#rediscover().catch(() => undefined)
    })
  }

  #instancesOf(object: LiveObject<C>, previous?: LiveObject<C>): string[] {
    const found = new Set<string>()
    const visit = (current: LiveObject<C>, depth: number): void => {
      if (current.instance !== undefined) found.add(current.instance)
      if (depth === 0) return
      for (const owner of current.owners) {
        const parent = this.#index.byUid(owner.uid)
        if (parent !== undefined) visit(parent, depth - 1)
      }
    }
    visit(object, maxOwnerDepth)
    if (previous !== undefined) visit(previous, maxOwnerDepth)
    return [...found]
  }

  #emit(change: LiveChange<C>): void {
    for (const listener of this.#changeListeners) listener(change)
  }

  #heard(): void {
    this.#lastSeenAt = this.#options.clock.now()
  }

  /** What was known stays, with its age; after contact is back every kind is listed again before anybody trusts it. */
  #lost(error: unknown): void {
    this.#failure = error
    this.#stopReflectors()
    this.#enter('failed')
  }

  /** Ready once every watched kind was listed. */
  #settle(): void {
    if (this.#phase === 'ready' || this.#discovery === undefined) return
    for (const reflector of this.#reflectors.values()) if (!reflector.listed) return
    this.#enter('ready')
  }

  #enter(phase: ContactState['phase']): void {
    if (this.#phase === phase && phase !== 'failed') return
    if (this.#phase !== phase) this.#since = this.#options.clock.now()
    this.#phase = phase
    const state = this.contact()
    for (const listener of [...this.#contactListeners]) listener(state)
  }
}

function isWatchable(resource: ServedResource): boolean {
  return resource.verbs.includes('list') && resource.verbs.includes('watch')
}

/** Versions of one object grow; where a server's are no numbers, every event counts as newer. */
function isNewer<C>(candidate: LiveObject<C>, known: LiveObject<C>): boolean {
  const a = Number(candidate.resourceVersion)
  const b = Number(known.resourceVersion)
  return Number.isNaN(a) || Number.isNaN(b) ? candidate.resourceVersion !== known.resourceVersion : a > b
}
