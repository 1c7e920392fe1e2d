import { formatKey } from '@driftless/kube-objects'
import type { ResourceStatus } from '@driftless/model'
import type { ManagedStatus } from '@driftless/resource-tree'

/** What the tree shows of managed resources, by key. */
export function statusesOf(resources: readonly ResourceStatus[]): Record<string, ManagedStatus> {
  const statuses: Record<string, ManagedStatus> = {}
  for (const resource of resources) {
    const key = formatKey({
      group: resource.group ?? '',
      kind: resource.kind,
      namespace: resource.namespace ?? '',
      name: resource.name,
    })
    statuses[key] = {
      ...(resource.status === undefined ? {} : { sync: resource.status }),
      ...(resource.hook === true ? { hook: true } : {}),
      ...(resource.requiresPruning === true ? { requiresPruning: true } : {}),
    }
  }
  return statuses
}
