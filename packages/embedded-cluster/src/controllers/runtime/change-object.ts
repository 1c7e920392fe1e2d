import { cloneJson, deepEqual, type KubeObject } from '@driftless/kube-objects'
import type { KubeApi, WriteOptions } from '@driftless/kube-server'

/** A changed copy of a stored object (stored ones are frozen). */
export function changed<T extends KubeObject>(object: T, change: (copy: T) => void): T {
  const copy = cloneJson(object)
  change(copy)
  return copy
}

/** Writes a changed copy when it differs; answers the stored state. */
export function updateIfChanged<T extends KubeObject>(
  api: KubeApi,
  object: T,
  change: (copy: T) => void,
  options?: WriteOptions,
): T {
  const copy = changed(object, change)
  return deepEqual(copy, object) ? object : (api.update(copy, { manager: 'kube-controller-manager', ...options }) as T)
}

/** As {@link updateIfChanged} for the status subresource. */
export function updateStatusIfChanged<T extends KubeObject>(
  api: KubeApi,
  object: T,
  change: (copy: T) => void,
  options?: WriteOptions,
): T {
  const copy = changed(object, change)
  return deepEqual(copy, object)
    ? object
    : (api.updateStatus(copy, { manager: 'kube-controller-manager', ...options }) as T)
}
