import type { Condition, Container, ContainerStatus, Pod, PodStatus } from '../objects.ts'
import { withCondition } from '../runtime/conditions.ts'
import { instant } from '../runtime/instant.ts'

/** The status with which a kubelet takes on a pod that was scheduled onto its node. */
export function acceptedStatus(pod: Pod, hostIP: string, now: Date): PodStatus {
  const inits = pod.spec.initContainers ?? []
  const waiting = inits.length > 0 ? 'PodInitializing' : 'ContainerCreating'
  const status: PodStatus = {
    ...pod.status,
    phase: 'Pending',
    hostIP,
    hostIPs: [{ ip: hostIP }],
    startTime: instant(now),
    ...(inits.length === 0
      ? {}
      : { initContainerStatuses: inits.map((container) => newStatus(container, 'PodInitializing')) }),
    containerStatuses: pod.spec.containers.map((container) => newStatus(container, waiting)),
  }
  return withPodConditions(pod, status, now)
}

/** Phase and conditions that follow from the container statuses. */
export function derivedStatus(pod: Pod, status: PodStatus, now: Date): PodStatus {
  const phase = phaseOf(pod, status)
  return withPodConditions(pod, { ...status, phase }, now)
}

/** True when every init container has succeeded (or, for sidecars, has started). */
export function isInitialized(pod: Pod, status: PodStatus): boolean {
  return (pod.spec.initContainers ?? []).every((container) =>
    isInitDone(container, statusOf(status.initContainerStatuses, container)),
  )
}

/** True when an init container lets the next one start. */
export function isInitDone(container: Container, status: ContainerStatus | undefined): boolean {
  if (container.restartPolicy === 'Always') return status?.started === true
  return status?.state.terminated?.exitCode === 0
}

/** The status of one container. */
export function statusOf(
  statuses: readonly ContainerStatus[] | undefined,
  container: Container,
): ContainerStatus | undefined {
  return statuses?.find((status) => status.name === container.name)
}

function newStatus(container: Container, reason: string): ContainerStatus {
  return {
    name: container.name,
    state: { waiting: { reason } },
    lastState: {},
    ready: false,
    restartCount: 0,
    image: container.image,
    imageID: '',
    started: false,
  }
}

function phaseOf(pod: Pod, status: PodStatus): NonNullable<PodStatus['phase']> {
  const statuses = status.containerStatuses ?? []
  const failedInit = status.initContainerStatuses?.some((init) => (init.state.terminated?.exitCode ?? 0) !== 0)
  if (failedInit === true && pod.spec.restartPolicy === 'Never') return 'Failed'
  if (statuses.every((container) => container.state.waiting !== undefined && container.containerID === undefined))
    return 'Pending'
  const ended = statuses.map((container) => container.state.terminated)
  if (ended.every((state) => state !== undefined) && pod.spec.restartPolicy !== 'Always') {
    const failed = ended.some((state) => state?.exitCode !== 0)
    if (!failed) return 'Succeeded'
    if (pod.spec.restartPolicy === 'Never') return 'Failed'
  }
  return 'Running'
}

function withPodConditions(pod: Pod, status: PodStatus, now: Date): PodStatus {
  const statuses = status.containerStatuses ?? []
  const initialized = isInitialized(pod, status)
  const finished = status.phase === 'Succeeded' || status.phase === 'Failed'
  const unready = statuses.filter((container) => !container.ready).map((container) => container.name)
  const gated = (pod.spec.readinessGates ?? []).filter((gate) => !isGatePassed(status.conditions, gate.conditionType))
  const notReady = finished
    ? { reason: status.phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed' }
    : { reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` }
  const containersReady = unready.length === 0
  const states = [
    {
      type: 'PodReadyToStartContainers',
      ...truth(!finished && statuses.some((container) => container.containerID !== undefined)),
    },
    { type: 'Initialized', ...truth(initialized), ...(initialized ? {} : pendingInit(pod, status)) },
    {
      type: 'Ready',
      ...truth(containersReady && gated.length === 0),
      ...(containersReady ? gateReason(gated) : notReady),
    },
    { type: 'ContainersReady', ...truth(containersReady), ...(containersReady ? {} : notReady) },
    { type: 'PodScheduled', ...truth(true) },
  ]
  let conditions: Condition[] | undefined = status.conditions
  for (const state of states) conditions = withExactCondition(conditions, state, now)
  return { ...status, conditions: conditions ?? [] }
}

function truth(value: boolean): { status: 'True' | 'False' } {
  return { status: value ? 'True' : 'False' }
}

function pendingInit(pod: Pod, status: PodStatus) {
  const names = (pod.spec.initContainers ?? []).filter(
    (container) => !isInitDone(container, statusOf(status.initContainerStatuses, container)),
  )
  return {
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: [${names.map((container) => container.name).join(' ')}]`,
  }
}

function gateReason(gated: readonly { conditionType: string }[]) {
  if (gated.length === 0) return {}
  return {
    reason: 'ReadinessGatesNotReady',
    message: gated
      .map((gate) => `corresponding condition of pod readiness gate "${gate.conditionType}" does not exist.`)
      .join(', '),
  }
}

function isGatePassed(conditions: readonly Condition[] | undefined, type: string): boolean {
  return conditions?.some((condition) => condition.type === type && condition.status === 'True') === true
}

/** Reason and message of a condition go when the new state has none. */
function withExactCondition(conditions: Condition[] | undefined, state: Condition, now: Date): Condition[] {
  return withCondition(conditions, state, now).map((condition) => {
    if (condition.type !== state.type) return condition
    const { reason: _reason, message: _message, ...rest } = condition
    return { ...rest, lastProbeTime: null, ...state, lastTransitionTime: condition.lastTransitionTime ?? null }
  })
}
