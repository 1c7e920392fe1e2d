import { type ApiCore, timestamp } from '../api/core.ts'
import { deleteObject } from '../api/delete.ts'
import type { ChangeEvent } from '../api/kube-api.ts'
import type { ServedKind } from '../api/served-kind.ts'
import { commitUpdate } from '../api/update.ts'
import type { WorkQueue } from '../gc/work-queue.ts'
import { resourceOf } from '../store/object-store.ts'
import type { Definition, DefinitionCondition } from './definition.ts'
import { cleanupFinalizer, establish } from './establish.ts'
import { servedCustomKinds } from './served-custom-kind.ts'

const resource = 'apiextensions.k8s.io/customresourcedefinitions'

/** Serves the kinds of the stored CRDs, keeps the CRDs' conditions, and empties what is being deleted. */
export class CustomKinds {
  readonly #core: ApiCore
  readonly #queue: WorkQueue
  readonly #served = new Map<string, { spec: unknown; kinds: ServedKind[] }>()

  constructor(core: ApiCore, queue: WorkQueue) {
    this.#core = core
    this.#queue = queue
    const definitions = core.store.list(resource) as readonly Definition[]
    for (const definition of definitions) this.#serve(definition)
    this.#publish()
    for (const definition of definitions) this.#enqueue(definition.metadata.name ?? '')
  }

  observe({ type, kind, object }: ChangeEvent): void {
    if (resourceOf(kind) === resource) {
      const name = object.metadata.name ?? ''
      if (type === 'DELETED') {
        this.#served.delete(name)
        this.#publish()
      } else this.#settle(object as Definition)
    } else if (type === 'DELETED' && kind.custom === true) this.#enqueue(`${kind.plural}.${kind.group}`)
  }

  /** Names are accepted within the commit that brought them, so that a client can use the kind right away. */
  #settle(definition: Definition): void {
    const kind = this.#core.registry.find({ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' })
    const current = this.#core.store.get(resource, '', definition.metadata.name ?? '') as Definition | undefined
    if (kind === undefined || current === undefined) return
    const settled = establish(
      current,
      this.#core.store.list(resource) as readonly Definition[],
      timestamp(this.#core.clock),
    )
    this.#serve(settled)
    this.#publish()
    if (settled !== current) commitUpdate(this.#core, kind, settled)
    this.#enqueue(definition.metadata.name ?? '')
  }

  #serve(definition: Definition): void {
    const name = definition.metadata.name ?? ''
    if (!isTrue(definition.status?.conditions, 'Established')) {
      this.#served.delete(name)
      return
    }
    if (this.#served.get(name)?.spec === definition.spec) return
    this.#served.set(name, { spec: definition.spec, kinds: servedCustomKinds(definition) })
  }

  #publish(): void {
    const kinds = [...this.#served.values()].flatMap((entry) => entry.kinds)
    const before = this.#core.registry.all().filter((kind) => kind.custom === true)
    if (before.length === kinds.length && before.every((kind, index) => kind === kinds[index])) return
    this.#core.registry.setCustom(kinds)
  }

  #enqueue(name: string): void {
    const definition = this.#core.store.get(resource, '', name)
    if (definition?.metadata.deletionTimestamp === undefined) return
    this.#queue.add(`definition ${name}`, () => this.#cleanUp(name))
  }

  /** Deletes the instances of a CRD that is being deleted, then lets the CRD go. */
  #cleanUp(name: string): void {
    const definition = this.#core.store.get(resource, '', name) as Definition | undefined
    const kind = this.#core.registry.find({ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' })
    if (definition?.metadata.deletionTimestamp === undefined || kind === undefined) return
    const { group, names } = definition.spec
    const served = this.#core.registry.resource({ group, kind: names.kind })?.storage
    if (served !== undefined) {
      for (const object of this.#core.store.list(resourceOf(served))) {
        if (object.metadata.deletionTimestamp !== undefined) continue
        const { namespace = '', name: instance = '' } = object.metadata
        deleteObject(this.#core, served, { namespace, name: instance }, { propagationPolicy: 'Background' })
      }
      if (this.#core.store.list(resourceOf(served)).length > 0) return
    }
    const finalizers = definition.metadata.finalizers?.filter((finalizer) => finalizer !== cleanupFinalizer) ?? []
    const { finalizers: _, ...metadata } = definition.metadata
    commitUpdate(this.#core, kind, {
      ...definition,
      metadata: { ...metadata, ...(finalizers.length > 0 ? { finalizers } : {}) },
    })
  }
}

function isTrue(conditions: readonly DefinitionCondition[] | null | undefined, type: string): boolean {
  return conditions?.some((condition) => condition.type === type && condition.status === 'True') === true
}
