import type { KubeObject, OwnerReference } from '@driftless/kube-objects'
import type { KubeApi } from '@driftless/kube-server'
import type { Pod } from './objects.ts'
import { findCondition, holds } from './runtime/conditions.ts'

/** True while a pod is neither finished nor on its way out. */
export function isActive(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && !isFinished(pod)
}

/** True when all containers of a pod have ended for good. */
export function isFinished(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
}

/** True when a pod may receive traffic. */
export function isReady(pod: Pod): boolean {
  return holds(pod.status?.conditions, 'Ready')
}

/** Milliseconds until a ready pod has been ready for `minReadySeconds`; 0 when it is available, undefined when it is not ready. */
export function availableIn(pod: Pod, minReadySeconds: number, now: Date): number | undefined {
  if (!isReady(pod)) return undefined
  const since = findCondition(pod.status?.conditions, 'Ready')?.lastTransitionTime
  if (minReadySeconds === 0 || since === undefined || since === null) return 0
  return Math.max(0, new Date(since).getTime() + minReadySeconds * 1000 - now.getTime())
}

/** The reference that says which object controls this one. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((reference) => reference.controller === true)
}

/** A reference by which an owner controls an object. */
export function controlledBy(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name ?? '',
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  }
}

/** The objects of one kind that an owner controls. */
export function controlled<T extends KubeObject>(api: KubeApi, owner: KubeObject, kind: string): T[] {
  const uid = owner.metadata.uid ?? ''
  return api.dependents(uid).filter((object) => object.kind === kind && controllerOf(object)?.uid === uid) as T[]
}
