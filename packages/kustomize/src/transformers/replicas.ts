import { currentId, type Resource } from '../resources/resource.ts'

const scalable = new Set(['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'])

/** Sets `spec.replicas` of workloads by their present or former name. */
export function setReplicas(
  resources: readonly Resource[],
  replicas: readonly { name: string; count: number }[],
): void {
  for (const { name, count } of replicas) {
    for (const resource of resources) {
      const ids = [...resource.formerIds, currentId(resource)]
      if (!scalable.has(currentId(resource).kind) || !ids.some((id) => id.name === name)) continue
      resource.object.spec = { ...(resource.object.spec as object | undefined), replicas: count }
    }
  }
}
