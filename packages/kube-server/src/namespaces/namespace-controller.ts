import { cloneJson, type KubeObject } from '@driftless/kube-objects'
import { type ApiCore, timestamp } from '../api/core.ts'
import { deleteObject } from '../api/delete.ts'
import type { ChangeEvent } from '../api/kube-api.ts'
import type { ServedKind } from '../api/served-kind.ts'
import { commitUpdate, namespaceFinalizers } from '../api/update.ts'
import type { WorkQueue } from '../gc/work-queue.ts'
import { qualifiedResource } from '../status/kube-status.ts'
import { resourceOf } from '../store/object-store.ts'
import { isObject } from '../validation/decode.ts'
import { contentFinalizer } from './namespace-strategy.ts'

const resource = '/namespaces'

/** Empties namespaces that are being deleted, says what remains, and lets them go when nothing does. */
export class NamespaceController {
  readonly #core: ApiCore
  readonly #queue: WorkQueue

  constructor(core: ApiCore, queue: WorkQueue) {
    this.#core = core
    this.#queue = queue
    for (const namespace of core.store.list(resource)) this.#enqueue(namespace.metadata.name ?? '')
  }

  observe({ type, kind, object }: ChangeEvent): void {
    const isNamespace = kind.group === '' && kind.kind === 'Namespace'
    if (isNamespace && type !== 'DELETED') this.#enqueue(object.metadata.name ?? '')
    else if (type !== 'ADDED' && kind.namespaced) this.#enqueue(object.metadata.namespace ?? '')
  }

  #enqueue(name: string): void {
    const namespace = this.#core.store.get(resource, '', name)
    if (namespace?.metadata.deletionTimestamp === undefined || namespaceFinalizers(namespace).length === 0) return
    this.#queue.add(`namespace ${name}`, () => this.#empty(name))
  }

  #empty(name: string): void {
    const kind = this.#core.registry.find({ group: '', kind: 'Namespace' })
    if (kind === undefined) return
    for (const { storage } of this.#core.registry.resources()) this.#deleteContent(storage, name)
    const namespace = this.#core.store.get(resource, '', name)
    if (namespace?.metadata.deletionTimestamp === undefined) return
    const remaining = this.#remaining(name)
    if (remaining.length > 0) {
      this.#describe(kind, namespace, remaining)
      return
    }
    const finalizers = namespaceFinalizers(namespace).filter((finalizer) => finalizer !== contentFinalizer)
    if (finalizers.length === namespaceFinalizers(namespace).length) return
    const spec = isObject(namespace.spec) ? namespace.spec : {}
    commitUpdate(this.#core, kind, { ...cloneJson(namespace), spec: { ...spec, finalizers } })
  }

  #deleteContent(kind: ServedKind, namespace: string): void {
    if (!kind.namespaced) return
    for (const object of this.#core.store.list(resourceOf(kind), namespace)) {
      if (object.metadata.deletionTimestamp !== undefined) continue
      const { name = '' } = object.metadata
      // What went with an earlier one is gone already.
      if (this.#core.store.get(resourceOf(kind), namespace, name) === undefined) continue
      deleteObject(this.#core, kind, { namespace, name }, { propagationPolicy: 'Background' })
    }
  }

  #remaining(namespace: string): { kind: ServedKind; objects: readonly KubeObject[] }[] {
    return [...this.#core.registry.resources()]
      .filter(({ storage }) => storage.namespaced)
      .map(({ storage }) => ({ kind: storage, objects: this.#core.store.list(resourceOf(storage), namespace) }))
      .filter(({ objects }) => objects.length > 0)
  }

  #describe(
    kind: ServedKind,
    namespace: KubeObject,
    remaining: { kind: ServedKind; objects: readonly KubeObject[] }[],
  ): void {
    const next = cloneJson(namespace)
    const status = isObject(next.status) ? next.status : {}
    const before: unknown[] = Array.isArray(status.conditions) ? status.conditions : []
    const conditions = deletionConditions(remaining).map((condition) => {
      const old = before.find((entry) => isObject(entry) && entry.type === condition.type)
      const same = isObject(old) && old.status === condition.status
      return { ...condition, lastTransitionTime: same ? old.lastTransitionTime : timestamp(this.#core.clock) }
    })
    if (JSON.stringify(conditions.map(withoutTime)) === JSON.stringify(before.map(withoutTime))) return
    next.status = { ...status, phase: 'Terminating', conditions }
    commitUpdate(this.#core, kind, next)
  }
}

interface Condition {
  type: string
  status: 'True' | 'False'
  reason: string
  message: string
}

function deletionConditions(remaining: { kind: ServedKind; objects: readonly KubeObject[] }[]): Condition[] {
  const resources = remaining.map(
    ({ kind, objects }) => `${qualifiedResource(kind)} has ${objects.length} resource instances`,
  )
  const finalizers = new Map<string, number>()
  for (const name of remaining
    .flatMap(({ objects }) => objects)
    .flatMap((object) => object.metadata.finalizers ?? [])) {
    finalizers.set(name, (finalizers.get(name) ?? 0) + 1)
  }
  const kept = [...finalizers].sort().map(([name, count]) => `${name} in ${count} resource instances`)
  return [
    condition(
      'NamespaceDeletionDiscoveryFailure',
      false,
      'ResourcesDiscovered',
      'All resources successfully discovered',
    ),
    condition(
      'NamespaceDeletionGroupVersionParsingFailure',
      false,
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    condition(
      'NamespaceDeletionContentFailure',
      false,
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ),
    condition(
      'NamespaceContentRemaining',
      true,
      'SomeResourcesRemain',
      `Some resources are remaining: ${resources.sort().join(', ')}`,
    ),
    kept.length > 0
      ? condition(
          'NamespaceFinalizersRemaining',
          true,
          'SomeFinalizersRemain',
          `Some content in the namespace has finalizers remaining: ${kept.join(', ')}`,
        )
      : condition(
          'NamespaceFinalizersRemaining',
          false,
          'ContentHasNoFinalizers',
          'All content-preserving finalizers finished',
        ),
  ]
}

function condition(type: string, status: boolean, reason: string, message: string): Condition {
  return { type, status: status ? 'True' : 'False', reason, message }
}

function withoutTime(entry: unknown): unknown {
  return isObject(entry) ? [entry.type, entry.status, entry.reason, entry.message] : entry
}
