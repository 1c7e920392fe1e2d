import type { JsonObject, KubeObject } from '@driftless/kube-objects'
import { ageSince } from '@driftless/kube-server'
import { isRecord, number, record, records, text } from '../../json.ts'
import { type Cells, joined, specOf, statusOf } from './cell.ts'

/** Columns of `kubectl get pods`. */
export const podCells: Cells = {
  Ready: (pod) => `${readyContainers(pod)}/${records(specOf(pod).containers).length + restartableInit(pod).length}`,
  Status: podReason,
  Restarts: restartsText,
  IP: (pod) => text(statusOf(pod).podIP) || '<none>',
  Node: (pod) => text(specOf(pod).nodeName) || '<none>',
  'Nominated Node': (pod) => text(statusOf(pod).nominatedNodeName) || '<none>',
  'Readiness Gates': (pod) => readinessGates(pod),
}

/** The one word that says how a pod is, as the Status column has it. */
export function podReason(pod: KubeObject): string {
  const status = statusOf(pod)
  const fallback = text(status.reason) || text(status.phase) || 'Pending'
  const reason = initReason(pod) ?? containerReason(pod) ?? gatedReason(status) ?? fallback
  if (pod.metadata.deletionTimestamp === undefined) return reason
  if (status.reason === 'NodeLost') return 'Unknown'
  return status.phase === 'Failed' || status.phase === 'Succeeded' ? reason : 'Terminating'
}

function gatedReason(status: JsonObject): string | undefined {
  const scheduled = records(status.conditions).find((condition) => condition.type === 'PodScheduled')
  return scheduled?.reason === 'SchedulingGated' ? 'SchedulingGated' : undefined
}

/** The reason of the first init container that has not finished; undefined when all have. */
function initReason(pod: KubeObject): string | undefined {
  const specs = records(specOf(pod).initContainers)
  const statuses = records(statusOf(pod).initContainerStatuses)
  for (const [index, status] of statuses.entries()) {
    const state = record(status.state)
    const spec = specs.find((container) => container.name === status.name)
    if (spec?.restartPolicy === 'Always' && status.started === true) continue
    if (isRecord(state.terminated) && number(state.terminated.exitCode) === 0) continue
    return `Init:${initState(state) ?? `${index}/${specs.length}`}`
  }
  return undefined
}

function initState(state: JsonObject): string | undefined {
  if (isRecord(state.terminated)) return terminatedText(state.terminated)
  const waiting = text(record(state.waiting).reason)
  return waiting === '' || waiting === 'PodInitializing' ? undefined : waiting
}

/** The reason of the last container that waits or has ended; `Running` wins over `Completed` when a ready one remains. */
function containerReason(pod: KubeObject): string | undefined {
  const status = statusOf(pod)
  let reason: string | undefined
  let running = false
  for (const container of records(status.containerStatuses).reverse()) {
    const state = record(container.state)
    if (text(record(state.waiting).reason) !== '') reason = text(record(state.waiting).reason)
    else if (isRecord(state.terminated)) reason = terminatedText(state.terminated)
    else if (container.ready === true && isRecord(state.running)) running = true
  }
  if (reason !== 'Completed' || !running) return reason
  const ready = records(status.conditions).some(
    (condition) => condition.type === 'Ready' && condition.status === 'True',
  )
  return ready ? 'Running' : 'NotReady'
}

function terminatedText(terminated: JsonObject): string {
  if (text(terminated.reason) !== '') return text(terminated.reason)
  return number(terminated.signal) === 0 ? `ExitCode:${number(terminated.exitCode)}` : `Signal:${terminated.signal}`
}

function readyContainers(pod: KubeObject): number {
  const status = statusOf(pod)
  const sidecars = new Set(restartableInit(pod).map((container) => container.name))
  const ready = records(status.containerStatuses).filter(
    (container) => container.ready === true && isRecord(record(container.state).running),
  )
  return (
    ready.length +
    records(status.initContainerStatuses).filter((item) => sidecars.has(item.name) && item.ready === true).length
  )
}

function restartableInit(pod: KubeObject): JsonObject[] {
  return records(specOf(pod).initContainers).filter((container) => container.restartPolicy === 'Always')
}

function restartsText(pod: KubeObject, now: Date): string {
  const statuses = [...records(statusOf(pod).containerStatuses)]
  const restarts = statuses.reduce((sum, container) => sum + number(container.restartCount), 0)
  const ends = statuses.map((container) => text(record(record(container.lastState).terminated).finishedAt)).sort()
  const last = ends.at(-1) ?? ''
  return restarts > 0 && last !== '' ? `${restarts} (${ageSince(last, now)} ago)` : String(restarts)
}

function readinessGates(pod: KubeObject): string {
  const gates = records(specOf(pod).readinessGates)
  if (gates.length === 0) return '<none>'
  const passed = new Set(
    records(statusOf(pod).conditions)
      .filter((condition) => condition.status === 'True')
      .map((condition) => condition.type),
  )
  return joined([`${gates.filter((gate) => passed.has(gate.conditionType)).length}/${gates.length}`])
}
