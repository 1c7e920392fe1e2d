import { formatKey, keyOf } from '@driftless/kube-objects'
import type { Node, Pod } from '../objects.ts'
import { isActive } from '../pod-facts.ts'
import { changed, updateStatusIfChanged } from '../runtime/change-object.ts'
import { withCondition } from '../runtime/conditions.ts'
import { type Change, type Controller, type ControllerContext, keyOfChange } from '../runtime/controller.ts'
import { type Requests, requestsOf, unfitReason } from './fit.ts'

/** Gives every pod a node: the one with the fewest pods among those that can take it. */
export function schedulerController(context: ControllerContext): Controller {
  const { api } = context
  const loads = createNodeLoads()
  const waiting = new Set<string>()
  return {
    name: 'default-scheduler',
    watches: ['/Pod', '/Node', '/PersistentVolumeClaim'],
    keysOf(change) {
      if (change.object.kind !== 'Pod') return [...waiting]
      loads.observe(change)
      const pod = change.object as Pod
      const key = keyOfChange(change)
      if (change.type !== 'DELETED' && isUnscheduled(pod)) return [key]
      waiting.delete(key)
      // Room became free.
      return change.type === 'DELETED' ? [...waiting] : []
    },
    reconcile(key) {
      const pod = api.get(key) as Pod | undefined
      if (pod === undefined || !isUnscheduled(pod)) return void waiting.delete(formatKey(key))
      const reason = place(context, pod, loads)
      if (reason === undefined) waiting.delete(formatKey(key))
      else waiting.add(formatKey(key))
      return undefined
    },
  }
}

function isUnscheduled(pod: Pod): boolean {
  const scheduler = pod.spec.schedulerName ?? 'default-scheduler'
  return (
    isActive(pod) &&
    pod.spec.nodeName === undefined &&
    scheduler === 'default-scheduler' &&
    (pod.spec.schedulingGates ?? []).length === 0
  )
}

/** Binds the pod, or says why it has to wait. */
function place(context: ControllerContext, pod: Pod, loads: NodeLoads): string | undefined {
  const { api } = context
  const nodes = api.list({ group: '', kind: 'Node' }) as Node[]
  const reasons = new Map<string, number>()
  const claimReason = waitingClaim(context, pod)
  const fitting = nodes.filter((node) => {
    const reason = claimReason ?? unfitReason(pod, node, loads.of(node.metadata.name ?? ''))
    if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    return reason === undefined
  })
  const [best] = fitting.sort(
    (a, b) => loads.pods(a) - loads.pods(b) || (a.metadata.name ?? '').localeCompare(b.metadata.name ?? ''),
  )
  if (best !== undefined) {
    bind(context, pod, best)
    return undefined
  }
  const message = refusalText({ nodes: nodes.length, reasons, ...(claimReason === undefined ? {} : { claimReason }) })
  refuse(context, pod, message)
  return message
}

function refusalText(facts: { nodes: number; reasons: ReadonlyMap<string, number>; claimReason?: string }): string {
  const { nodes, reasons, claimReason } = facts
  if (nodes === 0) return 'no nodes available to schedule pods'
  if (claimReason !== undefined) return `0/${nodes} nodes are available: ${claimReason}.`
  const causes = [...reasons].map(([reason, count]) => `${count} ${reason}`).sort()
  const preemption = `0/${nodes} nodes are available: ${nodes} Preemption is not helpful for scheduling.`
  return `0/${nodes} nodes are available: ${causes.join(', ')}. preemption: ${preemption}`
}

function bind(context: ControllerContext, pod: Pod, node: Node): void {
  const { api, clock } = context
  const name = node.metadata.name ?? ''
  const placed = api.update(
    changed(pod, (copy) => {
      copy.spec.nodeName = name
    }),
    { manager: 'kube-scheduler' },
  ) as Pod
  updateStatusIfChanged(
    api,
    placed,
    (copy) => {
      copy.status = {
        ...copy.status,
        conditions: withCondition(
          copy.status?.conditions?.filter((c) => c.type !== 'PodScheduled'),
          { type: 'PodScheduled', status: 'True' },
          clock.now(),
        ),
      }
    },
    { manager: 'kube-scheduler' },
  )
  const message = `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${name}`
  context.events.record({ object: pod, source: 'default-scheduler', reason: 'Scheduled', message })
}

function refuse(context: ControllerContext, pod: Pod, message: string): void {
  updateStatusIfChanged(
    context.api,
    pod,
    (copy) => {
      const state = { type: 'PodScheduled', status: 'False' as const, reason: 'Unschedulable', message }
      copy.status = { ...copy.status, conditions: withCondition(copy.status?.conditions, state, context.clock.now()) }
    },
    { manager: 'kube-scheduler' },
  )
  context.events.record({
    object: pod,
    type: 'Warning',
    source: 'default-scheduler',
    reason: 'FailedScheduling',
    message,
  })
}

/** A claim that keeps the pod from any node. */
function waitingClaim(context: ControllerContext, pod: Pod): string | undefined {
  for (const volume of pod.spec.volumes ?? []) {
    const name = volume.persistentVolumeClaim?.claimName
    if (name === undefined) continue
    const claim = context.api.get({
      group: '',
      kind: 'PersistentVolumeClaim',
      namespace: pod.metadata.namespace ?? '',
      name,
    })
    if (claim === undefined) return `persistentvolumeclaim "${name}" not found`
    if ((claim.status as { phase?: string } | undefined)?.phase !== 'Bound')
      return 'pod has unbound immediate PersistentVolumeClaims'
  }
  return undefined
}

interface NodeLoads {
  observe(change: Change): void
  /** What a node's pods request, `pods` being their number. */
  of(node: string): Requests
  pods(node: Node): number
}

/** Keeps the sums of what is requested on each node, so that placing a pod need not look at all others. */
function createNodeLoads(): NodeLoads {
  const totals = new Map<string, Requests>()
  const counted = new Map<string, { node: string; requests: Requests }>()
  const apply = (entry: { node: string; requests: Requests }, sign: 1 | -1) => {
    const total = totals.get(entry.node) ?? {}
    for (const [name, amount] of Object.entries(entry.requests)) total[name] = (total[name] ?? 0) + sign * amount
    totals.set(entry.node, total)
  }
  return {
    observe({ type, object }) {
      const pod = object as Pod
      const id = formatKey(keyOf(pod))
      const before = counted.get(id)
      const counts =
        type !== 'DELETED' &&
        pod.spec.nodeName !== undefined &&
        pod.status?.phase !== 'Succeeded' &&
        pod.status?.phase !== 'Failed'
      if (counts && before?.node === pod.spec.nodeName) return
      if (before !== undefined) apply(before, -1)
      counted.delete(id)
      if (!counts || pod.spec.nodeName === undefined) return
      const entry = { node: pod.spec.nodeName, requests: { ...requestsOf(pod), pods: 1 } }
      apply(entry, 1)
      counted.set(id, entry)
    },
    of: (node) => totals.get(node) ?? {},
    pods: (node) => totals.get(node.metadata.name ?? '')?.pods ?? 0,
  }
}
