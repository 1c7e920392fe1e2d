import { parseQuantity } from '@driftless/kube-objects'
import type { Container, Node, NodeRequirement, Pod } from '../objects.ts'

/** Why a node cannot take a pod, in the scheduler's words; undefined when it can. `used` is what its pods request already. */
export function unfitReason(pod: Pod, node: Node, used: Requests): string | undefined {
  if (
    node.spec?.unschedulable === true &&
    !tolerates(pod, { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' })
  ) {
    return 'node(s) were unschedulable'
  }
  const taint = node.spec?.taints?.find(
    (candidate) => candidate.effect !== 'PreferNoSchedule' && !tolerates(pod, candidate),
  )
  if (taint !== undefined) return `node(s) had untolerated taint(s)`
  if (!matchesNode(pod, node)) return "node(s) didn't match Pod's node affinity/selector"
  const wanted = requestsOf(pod)
  const allocatable = node.status?.allocatable ?? {}
  for (const [resource, amount] of Object.entries({ ...wanted, pods: 1 })) {
    const limit = allocatable[resource]
    if (amount > 0 && (used[resource] ?? 0) + amount > (limit === undefined ? 0 : quantity(limit))) {
      return resource === 'pods' ? 'Too many pods' : `Insufficient ${resource}`
    }
  }
  return undefined
}

/** Amounts by resource name, in base units. */
export type Requests = Record<string, number>

/** What a pod asks of its node: the sum of its containers, or its largest init container when that is more. */
export function requestsOf(pod: Pod): Requests {
  const total: Requests = {}
  for (const container of pod.spec.containers) add(total, container)
  for (const container of pod.spec.initContainers ?? []) {
    if (container.restartPolicy === 'Always') add(total, container)
    else
      for (const [name, amount] of Object.entries(container.resources?.requests ?? {}))
        total[name] = Math.max(total[name] ?? 0, quantity(amount))
  }
  return total
}

/** True when the node selector and the required node affinity hold. */
export function matchesNode(pod: Pod, node: Node): boolean {
  const labels = node.metadata.labels ?? {}
  if (!Object.entries(pod.spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value)) return false
  const terms = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  if (terms === undefined) return true
  const fields = { 'metadata.name': node.metadata.name ?? '' }
  return terms.some(
    (term) =>
      (term.matchExpressions ?? []).every((requirement) => meets(requirement, labels)) &&
      (term.matchFields ?? []).every((requirement) => meets(requirement, fields)),
  )
}

/** True when a pod accepts a taint. */
export function tolerates(pod: Pod, taint: { key: string; value?: string; effect: string }): boolean {
  return (pod.spec.tolerations ?? []).some((toleration) => {
    if (toleration.effect !== undefined && toleration.effect !== '' && toleration.effect !== taint.effect) return false
    if (toleration.key === undefined || toleration.key === '') return toleration.operator === 'Exists'
    if (toleration.key !== taint.key) return false
    return toleration.operator === 'Exists' || (toleration.value ?? '') === (taint.value ?? '')
  })
}

/** A quantity as a number of base units (cores, bytes). */
export function quantity(text: string | number): number {
  const { value, scale } = parseQuantity(text)
  return Number(value) / 10 ** scale
}

function add(total: Requests, container: Container): void {
  for (const [name, amount] of Object.entries(container.resources?.requests ?? {}))
    total[name] = (total[name] ?? 0) + quantity(amount)
}

function meets(requirement: NodeRequirement, labels: Readonly<Record<string, string>>): boolean {
  const { key, operator, values = [] } = requirement
  const value = labels[key]
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0])
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0])
    default:
      return false
  }
}
