import type { ObjectKey } from '@driftless/kube-objects'

/** The key of a node as the address and the statuses write it. */
export function nodeKey(node: {
  group?: string | undefined
  kind: string
  namespace?: string | undefined
  name: string
}): ObjectKey {
  return { group: node.group ?? '', kind: node.kind, namespace: node.namespace ?? '', name: node.name }
}
