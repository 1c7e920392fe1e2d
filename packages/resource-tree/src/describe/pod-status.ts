import type { KubeObject } from '@driftless/kube-objects'
import { isObject, listAt, numberAt, textAt, valueAt } from '../fields.ts'

/** What `kubectl get pods` prints of a pod. */
export interface PodStatus {
  /** The STATUS column. */
  readonly reason: string
  readonly ready: number
  readonly total: number
  readonly restarts: number
}

interface Tally {
  reason: string
  ready: number
  restarts: number
}

/** Computes the READY, STATUS and RESTARTS columns of a pod. */
export function podStatus(pod: KubeObject): PodStatus {
  const sidecars = new Set(
    listAt(pod, 'spec', 'initContainers')
      .filter((container) => textAt(container, 'restartPolicy') === 'Always')
      .map((container) => textAt(container, 'name')),
  )
  const tally: Tally = { reason: phaseReason(pod), ready: 0, restarts: 0 }
  const init = readInitContainers(pod, tally, sidecars)
  if (!init.initializing || hasCondition(pod, 'Initialized')) {
    tally.restarts = init.sidecarRestarts
    readContainers(pod, tally)
  }
  return {
    reason: deletionReason(pod) ?? tally.reason,
    ready: tally.ready,
    total: listAt(pod, 'spec', 'containers').length + sidecars.size,
    restarts: tally.restarts,
  }
}

function phaseReason(pod: KubeObject): string {
  const gated = listAt(pod, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'PodScheduled' && textAt(condition, 'reason') === 'SchedulingGated',
  )
  if (gated) return 'SchedulingGated'
  return textAt(pod, 'status', 'reason') || textAt(pod, 'status', 'phase')
}

/** Walks the init containers up to the first that is not through; a started sidecar counts as through. */
function readInitContainers(
  pod: KubeObject,
  tally: Tally,
  sidecars: ReadonlySet<string>,
): { initializing: boolean; sidecarRestarts: number } {
  const statuses = listAt(pod, 'status', 'initContainerStatuses')
  let sidecarRestarts = 0
  for (const [index, container] of statuses.entries()) {
    const isSidecar = sidecars.has(textAt(container, 'name'))
    const restarts = numberAt(container, 'restartCount')
    tally.restarts += restarts
    if (isSidecar) sidecarRestarts += restarts
    const terminated = valueAt(container, 'state', 'terminated')
    if (isObject(terminated) && numberAt(terminated, 'exitCode') === 0) continue
    if (isSidecar && valueAt(container, 'started') === true) {
      if (valueAt(container, 'ready') === true) tally.ready += 1
      continue
    }
    const total = listAt(pod, 'spec', 'initContainers').length
    tally.reason = `Init:${initReason(container) ?? `${index}/${total}`}`
    return { initializing: true, sidecarRestarts }
  }
  return { initializing: false, sidecarRestarts }
}

function initReason(container: unknown): string | undefined {
  const terminated = valueAt(container, 'state', 'terminated')
  if (isObject(terminated)) return terminatedReason(terminated)
  const waiting = textAt(container, 'state', 'waiting', 'reason')
  return waiting !== '' && waiting !== 'PodInitializing' ? waiting : undefined
}

function terminatedReason(terminated: unknown): string {
  const reason = textAt(terminated, 'reason')
  if (reason !== '') return reason
  const signal = numberAt(terminated, 'signal')
  return signal === 0 ? `ExitCode:${numberAt(terminated, 'exitCode')}` : `Signal:${signal}`
}

/** The first container that waits or has ended names the status, so the walk goes backwards. */
function readContainers(pod: KubeObject, tally: Tally): void {
  let running = false
  for (const container of listAt(pod, 'status', 'containerStatuses').toReversed()) {
    tally.restarts += numberAt(container, 'restartCount')
    const waiting = textAt(container, 'state', 'waiting', 'reason')
    const terminated = valueAt(container, 'state', 'terminated')
    if (waiting !== '') tally.reason = waiting
    else if (isObject(terminated)) tally.reason = terminatedReason(terminated)
    else if (valueAt(container, 'ready') === true && isObject(valueAt(container, 'state', 'running'))) {
      running = true
      tally.ready += 1
    }
  }
  if (tally.reason === 'Completed' && running) tally.reason = hasCondition(pod, 'Ready') ? 'Running' : 'NotReady'
}

function deletionReason(pod: KubeObject): string | undefined {
  if (pod.metadata.deletionTimestamp === undefined || pod.metadata.deletionTimestamp === null) return undefined
  if (textAt(pod, 'status', 'reason') === 'NodeLost') return 'Unknown'
  const phase = textAt(pod, 'status', 'phase')
  return phase === 'Failed' || phase === 'Succeeded' ? undefined : 'Terminating'
}

function hasCondition(pod: KubeObject, type: string): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === type && textAt(condition, 'status') === 'True',
  )
}
