import type { Clock } from '@driftless/foundation'
import { type KubeObject, parseApiVersion } from '@driftless/kube-objects'
import { CustomKinds } from '../crd/custom-kinds.ts'
import { definitionStrategy } from '../crd/definition-strategy.ts'
import { GarbageCollector } from '../gc/garbage-collector.ts'
import { WorkQueue } from '../gc/work-queue.ts'
import { NamespaceController } from '../namespaces/namespace-controller.ts'
import { namespaceStrategy } from '../namespaces/namespace-strategy.ts'
import { badRequest, generic } from '../status/kube-status.ts'
import type { ObjectStorage } from '../store/object-storage.ts'
import { ObjectStore, resourceOf } from '../store/object-store.ts'
import { type ApiCore, inVersion, read } from './core.ts'
import { createObject } from './create.ts'
import { deleteObject } from './delete.ts'
import { KindRegistry } from './kind-registry.ts'
import type { KubeApi, ListOptions, ObjectRef, WriteOptions } from './kube-api.ts'
import { patchObject } from './patch.ts'
import { selectorFilter } from './selectors.ts'
import type { ServedKind } from './served-kind.ts'
import { replaceObject } from './update.ts'

const defaultHistorySize = 10_000

/** What an API is made of. */
export interface KubeApiOptions {
  /** Built-in kinds; Namespace and CustomResourceDefinition among them get their lifecycles here. */
  kinds: readonly ServedKind[]
  storage: ObjectStorage
  clock: Clock
  /** In [0, 1): names and uids. */
  random: () => number
  /** How many changes watches can look back; 10,000 when absent. */
  historySize?: number
}

/** Makes the API over a storage; `close` ends its background work and closes the storage. */
export function createKubeApi(options: KubeApiOptions): KubeApi & { close(): Promise<void> } {
  const store = new ObjectStore(options.storage, options.historySize ?? defaultHistorySize)
  const registry = new KindRegistry(options.kinds.map(withLifecycle))
  const queue = new WorkQueue()
  const api = apiOver(() => core)
  const core: ApiCore = {
    api,
    store,
    registry,
    clock: options.clock,
    random: options.random,
    context: { api, clock: options.clock, random: options.random },
  }
  cores.set(api, core)
  const customKinds = new CustomKinds(core, queue)
  const namespaces = new NamespaceController(core, queue)
  const collector = new GarbageCollector(core, queue)
  store.watch((event) => {
    customKinds.observe(event)
    namespaces.observe(event)
    collector.observe(event)
  })
  return Object.assign(api, {
    close() {
      queue.close()
      return store.close()
    },
  })
}

const cores = new WeakMap<KubeApi, ApiCore>()

/** The inside of an API made by {@link createKubeApi}, for the wire. */
export function coreOf(api: KubeApi): ApiCore {
  const core = cores.get(api)
  if (core === undefined) throw new TypeError('the listener serves APIs made by createKubeApi')
  return core
}

function apiOver(core: () => ApiCore): KubeApi {
  return {
    get version() {
      return core().store.version
    },
    kinds: () => core().registry.all(),
    kindOf: (gvk) => core().registry.find(gvk),
    get: (ref) => read(core(), kindFor(core(), ref), ref.namespace ?? '', ref.name),
    list: (kind, options = {}) => listObjects(core(), kindFor(core(), kind), options),
    create: (object, options = {}) => createObject(core(), kindOfObject(core(), object), object, options),
    update: (object, options = {}) => replaceObject(core(), kindOfObject(core(), object), object, options).object,
    updateStatus: (object, options: WriteOptions = {}) =>
      replaceObject(core(), kindOfObject(core(), object), object, { ...options, subresource: 'status' }).object,
    patch: (ref, patch, options = {}) =>
      patchObject(core(), kindFor(core(), ref), { namespace: ref.namespace ?? '', name: ref.name, patch, options })
        .object,
    delete: (ref, options = {}) =>
      deleteObject(core(), kindFor(core(), ref), { namespace: ref.namespace ?? '', name: ref.name }, options),
    watch: (listener) => core().store.watch(listener),
    dependents: (ownerUid) => core().store.dependents(ownerUid),
  }
}

function listObjects(core: ApiCore, kind: ServedKind, options: ListOptions): KubeObject[] {
  const filter = selectorFilter(options)
  const rows = core.store.list(resourceOf(kind), kind.namespaced ? options.namespace : undefined)
  const chosen = filter === undefined ? [...rows] : rows.filter(filter)
  return chosen.map((object) => inVersion(core, object, kind))
}

function kindFor(core: ApiCore, ref: Pick<ObjectRef, 'group' | 'kind' | 'version'>): ServedKind {
  const kind = core.registry.find(ref)
  if (kind === undefined) throw generic(404)
  return kind
}

function kindOfObject(core: ApiCore, object: KubeObject): ServedKind {
  const kind = core.registry.find({ ...parseApiVersion(object.apiVersion), kind: object.kind })
  if (kind === undefined)
    throw badRequest(
      `no matches for kind ${JSON.stringify(object.kind)} in version ${JSON.stringify(object.apiVersion)}`,
    )
  return kind
}

function withLifecycle(kind: ServedKind): ServedKind {
  if (kind.group === '' && kind.kind === 'Namespace') return { ...kind, strategy: namespaceStrategy(kind.strategy) }
  if (kind.group === 'apiextensions.k8s.io' && kind.kind === 'CustomResourceDefinition') {
    return { ...kind, strategy: definitionStrategy(kind.strategy) }
  }
  return kind
}
