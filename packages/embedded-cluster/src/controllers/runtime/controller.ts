import type { Clock } from '@driftless/foundation'
import type { ObjectKey } from '@driftless/kube-objects'
import { formatKey, keyOf, parseKey } from '@driftless/kube-objects'
import type { ChangeEvent, KubeApi } from '@driftless/kube-server'
import type { EventRecorder } from './event-recorder.ts'
import { createWorkQueue } from './work-queue.ts'

/** What every controller works with. */
export interface ControllerContext {
  readonly api: KubeApi
  readonly clock: Clock
  readonly random: () => number
  readonly events: EventRecorder
  /** Milliseconds from the start of a pod's containers until it is ready. */
  readonly podReadyAfter: number
}

/** A change of the cluster as a controller sees it; at start every existing object comes as ADDED. */
export type Change = Pick<ChangeEvent, 'type' | 'object' | 'previous'>

/** A small controller: which changes concern it, and what it does about one object. */
export interface Controller {
  readonly name: string
  /** `group/Kind` of the kinds whose changes it wants to see. */
  readonly watches: readonly string[]
  /** Keys to look at after a change. */
  keysOf(change: Change): readonly string[]
  /** Brings one object forward; called again after errors. Answers the milliseconds after which it wants to look again. */
  reconcile(key: ObjectKey): number | undefined
}

/** Makes the controllers of a cluster run; the returned function stops them. */
export function runControllers(
  context: ControllerContext,
  controllers: readonly Controller[],
  onError: (controller: string, key: string, error: unknown) => void,
): () => void {
  const running = controllers.map((controller) => ({ controller, queue: queueFor(context.clock, controller, onError) }))
  const dispatch = (kind: string, change: Change) => {
    for (const { controller, queue } of running) {
      if (!controller.watches.includes(kind)) continue
      for (const key of controller.keysOf(change)) queue.add(key)
    }
  }
  const unwatch = context.api.watch((event) => dispatch(`${event.kind.group}/${event.kind.kind}`, event))
  for (const kind of new Set(controllers.flatMap((controller) => controller.watches))) {
    const slash = kind.indexOf('/')
    const objects = context.api.list({ group: kind.slice(0, slash), kind: kind.slice(slash + 1) })
    for (const object of objects) dispatch(kind, { type: 'ADDED', object })
  }
  return () => {
    unwatch()
    for (const { queue } of running) queue.close()
  }
}

/** The key of the change's object, for controllers that act on what they watch. */
export function keyOfChange(change: Change): string {
  return formatKey(keyOf(change.object))
}

/** The key of the controlling owner if it is of this kind. */
export function ownerKey(change: Change, group: string, kind: string): string | undefined {
  const owner = (change.object.metadata.ownerReferences ?? []).find(
    (reference) => reference.controller === true && reference.kind === kind && groupOf(reference.apiVersion) === group,
  )
  if (owner === undefined) return undefined
  return formatKey({ group, kind, namespace: change.object.metadata.namespace ?? '', name: owner.name })
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}

function queueFor(
  clock: Clock,
  controller: Controller,
  onError: (controller: string, key: string, error: unknown) => void,
) {
  const queue = createWorkQueue({
    clock,
    work(key) {
      const again = controller.reconcile(parseKey(key))
      if (again !== undefined) queue.addAfter(key, again)
    },
    onError: (key, error) => onError(controller.name, key, error),
  })
  return queue
}
