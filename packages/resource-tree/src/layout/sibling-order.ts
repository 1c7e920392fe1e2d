import type { ResourceNode } from '@driftless/model'

/** Kinds that people look for first; the rest follows in order of kind. */
const kindOrder = [
  'Application',
  'Rollout',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Pod',
  'ConfigMap',
  'Secret',
  'Service',
  'EndpointSlice',
  'Ingress',
  'Gateway',
  'HTTPRoute',
  'HorizontalPodAutoscaler',
  'CronJob',
  'Job',
]

/** What siblings are ordered by, read once a node. */
export interface SiblingRank {
  readonly red: boolean
  readonly kindRank: number
  readonly kind: string
  readonly revision: number
  readonly name: string
}

/** Reads what a node is ordered by. */
export function siblingRank(node: ResourceNode, red: boolean): SiblingRank {
  const rank = kindOrder.indexOf(node.kind)
  const revision = node.info?.find(({ name }) => name === 'Revision')?.value.replace(/^Rev:/, '') ?? ''
  return {
    red,
    kindRank: rank < 0 ? kindOrder.length : rank,
    kind: node.kind,
    revision: node.kind === 'ReplicaSet' && /^\d+$/.test(revision) ? Number(revision) : 0,
    name: node.name,
  }
}

/** Red first, then by kind, newest revision first, then by name with numbers as numbers. */
export function compareSiblings(a: SiblingRank, b: SiblingRank): number {
  if (a.red !== b.red) return a.red ? -1 : 1
  if (a.kindRank !== b.kindRank) return a.kindRank - b.kindRank
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1
  if (a.revision !== b.revision) return b.revision - a.revision
  return compareNames(a.name, b.name)
}

function compareNames(a: string, b: string): number {
  if (a === b) return 0
  const [, headA = a, tailA] = /^(.*?)(\d{1,15})$/.exec(a) ?? []
  const [, headB = b, tailB] = /^(.*?)(\d{1,15})$/.exec(b) ?? []
  if (headA === headB && tailA !== undefined && tailB !== undefined && tailA !== tailB) {
    const difference = Number(tailA) - Number(tailB)
    if (difference !== 0) return difference
  }
  return a < b ? -1 : 1
}
