import { gvkOf, type KubeObject } from '@driftless/kube-objects'
import { type Health, health } from './health.ts'
import { hookFinalizer } from './hook-object.ts'
import { checkFor } from './table.ts'

/**
 * How one object is doing by its own status. Undefined when its kind has no health: such objects count as healthy when
 * something waits for them and never worsen an application.
 */
export function assess(object: KubeObject): Health | undefined {
  if (isPendingDeletion(object)) return health('Progressing', 'Pending deletion')
  return checkFor(gvkOf(object))?.(object)
}

function isPendingDeletion({ metadata }: KubeObject): boolean {
  if (metadata.deletionTimestamp === undefined || metadata.deletionTimestamp === null) return false
  return !(metadata.finalizers ?? []).includes(hookFinalizer)
}
