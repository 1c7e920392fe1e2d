import type { ResourceNode } from '@driftless/model'
import type { Tone } from '@driftless/ui'
import type { MessageKey } from '#lib/i18n/translate.ts'
import { isRecord } from '#lib/yaml/manifest-text.ts'

/** A fact of an object, as name and value. */
export interface Fact {
  /** A key of the catalogue, or the server's own name of the fact. */
  readonly name: MessageKey | { readonly text: string }
  readonly value: string
}

const healthFacts = new Set(['Status Reason', 'Restart Count', 'Containers'])

/** What readers ask of a kind: replicas of workloads, type and addresses of services, hosts of ingresses, and the node's own notes. */
export function resourceFacts(node: ResourceNode | undefined, live: Record<string, unknown> | undefined): Fact[] {
  const facts: Fact[] = []
  const spec = recordAt(live, 'spec')
  const status = recordAt(live, 'status')
  if (typeof spec.replicas === 'number') {
    facts.push({ name: 'fact.replicas', value: `${numberAt(status, 'readyReplicas')} / ${spec.replicas}` })
  }
  if (node?.kind === 'Service' && typeof spec.type === 'string') facts.push({ name: 'fact.type', value: spec.type })
  if (node?.kind === 'Service' && typeof spec.clusterIP === 'string')
    facts.push({ name: 'fact.address', value: spec.clusterIP })
  const hosts = node?.networkingInfo?.ingress?.flatMap((each) => each.hostname ?? each.ip ?? []) ?? []
  if (hosts.length > 0) facts.push({ name: 'fact.hostnames', value: hosts.join(', ') })
  for (const item of node?.info ?? []) {
    if (!healthFacts.has(item.name) && item.value !== '') facts.push({ name: { text: item.name }, value: item.value })
  }
  return facts
}

/** How one container of a pod is. */
export interface ContainerState {
  readonly name: string
  readonly state: string
  readonly detail: string
  /** True when it runs and does not answer its readiness check. */
  readonly unready: boolean
  readonly restarts: number
  readonly tone: Tone
}

/** The containers of a pod with their states; empty for other kinds. */
export function containerStates(live: Record<string, unknown> | undefined): ContainerState[] {
  if (live?.kind !== 'Pod') return []
  const status = recordAt(live, 'status')
  const all = [status.initContainerStatuses, status.containerStatuses].flatMap((list) =>
    Array.isArray(list) ? list : [],
  )
  return all.filter(isRecord).map((container) => {
    const state = recordAt(container, 'state')
    const waiting = recordAt(state, 'waiting')
    const terminated = recordAt(state, 'terminated')
    const base = { name: String(container.name ?? ''), restarts: numberAt(container, 'restartCount'), unready: false }
    if (isRecord(state.waiting)) {
      const reason = String(waiting.reason ?? 'Waiting')
      return {
        ...base,
        state: reason,
        detail: String(waiting.message ?? ''),
        tone: /BackOff|Err|Invalid/.test(reason) ? 'degraded' : 'progressing',
      }
    }
    if (isRecord(state.terminated)) {
      const failed = numberAt(terminated, 'exitCode') !== 0
      return {
        ...base,
        state: String(terminated.reason ?? 'Terminated'),
        detail: `exit ${numberAt(terminated, 'exitCode')}`,
        tone: failed ? 'degraded' : 'healthy',
      }
    }
    if (isRecord(state.running))
      return {
        ...base,
        state: 'Running',
        detail: '',
        unready: container.ready !== true,
        tone: container.ready === true ? 'healthy' : 'progressing',
      }
    return { ...base, state: 'Unknown', detail: '', tone: 'unknown' }
  })
}

/** Names of the containers of a pod or of the pods that a workload makes. */
export function containerNames(live: Record<string, unknown> | undefined): string[] {
  const spec = recordAt(live, 'spec')
  const template =
    live?.kind === 'CronJob'
      ? recordAt(recordAt(recordAt(spec, 'jobTemplate'), 'spec'), 'template')
      : recordAt(spec, 'template')
  const pod = live?.kind === 'Pod' ? spec : recordAt(template, 'spec')
  return [pod.containers, pod.initContainers]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .filter(isRecord)
    .flatMap((container) => (typeof container.name === 'string' ? [container.name] : []))
}

function recordAt(value: unknown, field: string): Record<string, unknown> {
  if (!isRecord(value)) return {}
  const inner = value[field]
  return isRecord(inner) ? inner : {}
}

function numberAt(value: Record<string, unknown>, field: string): number {
  const inner = value[field]
  return typeof inner === 'number' ? inner : 0
}
