import { deepEqual, type KubeObject, updateManagedFields } from '@driftless/kube-objects'
import { type ApiCore, timestamp } from './core.ts'
import type { WriteOptions } from './kube-api.ts'
import type { ServedKind } from './served-kind.ts'

/** The manager of a write whose caller named none. */
export const defaultManager = 'unknown'

/** Sets `metadata.managedFields` of `next` for a write that was not an apply; mutates `next`. */
export function recordManager(
  core: ApiCore,
  write: { kind: ServedKind; next: KubeObject; previous: KubeObject | undefined; options: WriteOptions },
): void {
  const { kind, next, previous, options } = write
  const entries = updateManagedFields({
    before: previous,
    after: next,
    manager: options.manager ?? defaultManager,
    time: timestamp(core.clock),
    schema: kind.schema,
    ...(options.subresource === undefined ? {} : { subresource: options.subresource }),
    ...resetFields(kind, options.subresource),
  })
  if (entries.length > 0) next.metadata.managedFields = entries
  else delete next.metadata.managedFields
}

/** Whether storing `next` would change nothing but the times of its managers. */
export function isUnchanged(next: KubeObject, previous: KubeObject): boolean {
  return deepEqual(withoutTimes(next), withoutTimes(previous))
}

function withoutTimes(object: KubeObject): KubeObject {
  const { managedFields, resourceVersion: _, ...metadata } = object.metadata
  const timeless = managedFields?.map(({ time: __, ...entry }) => entry)
  return { ...object, metadata: { ...metadata, ...(timeless === undefined ? {} : { managedFields: timeless }) } }
}

/** Fields nobody can own through an endpoint because it sets them back; built-in kinds have theirs in the vocabulary. */
export function resetFields(kind: ServedKind, subresource: string | undefined): { resetFields?: string[] } {
  if (kind.custom !== true || kind.subresources.status !== true) return {}
  return { resetFields: subresource === 'status' ? ['metadata', 'spec'] : ['status'] }
}
