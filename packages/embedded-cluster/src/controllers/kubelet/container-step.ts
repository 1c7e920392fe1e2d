import { createHash } from 'node:crypto'
import type { Container, ContainerStatus, Pod } from '../objects.ts'
import { instant } from '../runtime/instant.ts'
import type { ContainerBehaviour } from './container-behaviour.ts'

/** An event that a step records about its container. */
export interface StepEvent {
  type?: 'Normal' | 'Warning'
  reason: string
  message: string
}

/** The next thing that happens to a container. */
export interface ContainerStep {
  /** Distinguishes this step from the next; a pending step keeps its time while this stays the same. */
  readonly id: string
  /** Milliseconds after which it happens. */
  readonly delay: number
  readonly status: (now: Date) => ContainerStatus
  readonly events: readonly StepEvent[]
}

/** What a container's next step depends on. */
export interface ContainerSituation {
  readonly pod: Pod
  readonly container: Container
  readonly status: ContainerStatus
  readonly behaviour: ContainerBehaviour
  /** Milliseconds from creation to start, and from start to ready or end. */
  readonly startAfter: number
  readonly readyAfter: number
  /** A ConfigMap or Secret that its environment needs and that does not exist. */
  readonly missingReference?: string
  /** False for init containers that must only succeed once. */
  readonly restarts: 'always' | 'on-failure' | 'never'
  /** Pulls that failed so far. */
  readonly failedPulls: number
}

const firstBackoff = 10_000
const longestBackoff = 300_000

/** The next step of a container; undefined when it stays as it is. */
export function nextContainerStep(situation: ContainerSituation): ContainerStep | undefined {
  const { state } = situation.status
  if (state.running !== undefined) return runningStep(situation, state.running.startedAt)
  if (state.terminated !== undefined) return endedStep(situation, state.terminated.exitCode)
  return waitingStep(situation, state.waiting?.reason ?? 'ContainerCreating')
}

function waitingStep(situation: ContainerSituation, reason: string): ContainerStep | undefined {
  const { container, startAfter } = situation
  if (reason === 'ErrImagePull') return backOffPull(situation)
  if (reason === 'ImagePullBackOff') return { ...startStep(situation), delay: backoff(situation.failedPulls - 1) }
  if (reason === 'CrashLoopBackOff')
    return { ...restartStep(situation), delay: backoff(situation.status.restartCount - 1) }
  if (reason === 'InvalidImageName' && situation.behaviour.does === 'refuse-name') return undefined
  if (reason === 'CreateContainerConfigError') {
    return situation.missingReference === undefined ? startStep(situation) : undefined
  }
  const step = startStep(situation)
  const pulling = { reason: 'Pulling', message: `Pulling image "${container.image}"` }
  return {
    ...step,
    delay: startAfter,
    events: situation.behaviour.does === 'refuse-name' ? step.events : [pulling, ...step.events],
  }
}

/** Starts the container, or says why it cannot be started. */
function startStep(situation: ContainerSituation): ContainerStep {
  const { container, status, behaviour } = situation
  const waiting = (reason: string, message: string) => (): ContainerStatus => ({
    ...status,
    state: { waiting: { reason, message } },
    ready: false,
    started: false,
  })
  const id = `start:${status.restartCount}:${situation.failedPulls}`
  const { image } = container
  if (behaviour.does === 'refuse-name') {
    const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`
    return {
      id,
      delay: 0,
      status: waiting('InvalidImageName', message),
      events: [{ type: 'Warning', reason: 'InspectFailed', message }, failed('InvalidImageName')],
    }
  }
  if (behaviour.does === 'miss-image') {
    const message = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`
    const pull = { type: 'Warning' as const, reason: 'Failed', message: `Failed to pull image "${image}": ${message}` }
    return { id, delay: 0, status: waiting('ErrImagePull', message), events: [pull, failed('ErrImagePull')] }
  }
  const pulled = {
    reason: 'Pulled',
    message: `Successfully pulled image "${image}" in ${situation.startAfter}ms (${situation.startAfter}ms including waiting). Image size: ${imageSize(image)} bytes.`,
  }
  if (situation.missingReference !== undefined) {
    const message = situation.missingReference
    return {
      id,
      delay: 0,
      status: waiting('CreateContainerConfigError', message),
      events: [pulled, { ...failed('CreateContainerConfigError'), message: `Error: ${message}` }],
    }
  }
  return {
    id,
    delay: 0,
    status: (now) => running(situation, now, status.restartCount),
    events: [pulled, ...started(container)],
  }
}

function restartStep(situation: ContainerSituation): ContainerStep {
  const { status, container } = situation
  const count = status.restartCount + 1
  const pulled = { reason: 'Pulled', message: `Container image "${container.image}" already present on machine` }
  return {
    id: `restart:${count}`,
    delay: 0,
    status: (now) => running(situation, now, count),
    events: [pulled, ...started(container)],
  }
}

function running(situation: ContainerSituation, now: Date, restartCount: number): ContainerStatus {
  const { status, container, pod } = situation
  const ended = status.state.terminated
  const identity = createHash('sha256').update(`${pod.metadata.uid}/${container.name}/${restartCount}`).digest('hex')
  return {
    ...status,
    image: container.image,
    imageID: `${container.image.split(/[:@]/)[0]}@sha256:${createHash('sha256').update(container.image).digest('hex')}`,
    containerID: `containerd://${identity}`,
    lastState: ended === undefined ? status.lastState : { terminated: ended },
    state: { running: { startedAt: instant(now) } },
    restartCount,
    started: true,
    ready: false,
  }
}

function runningStep(situation: ContainerSituation, startedAt: string): ContainerStep | undefined {
  const { status, behaviour, readyAfter } = situation
  if (behaviour.does === 'end') {
    const terminated = (now: Date): ContainerStatus => ({
      ...status,
      state: {
        terminated: {
          exitCode: behaviour.exitCode,
          reason: behaviour.exitCode === 0 ? 'Completed' : 'Error',
          startedAt,
          finishedAt: instant(now),
          ...(status.containerID === undefined ? {} : { containerID: status.containerID }),
        },
      },
      ready: false,
      started: false,
    })
    return { id: `end:${status.restartCount}`, delay: behaviour.after ?? readyAfter, status: terminated, events: [] }
  }
  if (status.ready) return undefined
  return {
    id: `ready:${status.restartCount}`,
    delay: readyAfter,
    status: () => ({ ...status, ready: true }),
    events: [],
  }
}

function endedStep(situation: ContainerSituation, exitCode: number): ContainerStep | undefined {
  const { status, restarts, pod, container } = situation
  if (restarts === 'never' || (restarts === 'on-failure' && exitCode === 0)) return undefined
  if (status.restartCount === 0) return { ...restartStep(situation), delay: situation.startAfter }
  const where = `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`
  const message = `back-off ${backoff(status.restartCount - 1) / 1000}s restarting failed container=${container.name} pod=${where}`
  return {
    id: `crash-loop:${status.restartCount}`,
    delay: situation.startAfter,
    status: () => ({
      ...status,
      state: { waiting: { reason: 'CrashLoopBackOff', message } },
      lastState: status.state.terminated === undefined ? status.lastState : { terminated: status.state.terminated },
    }),
    events: [
      {
        type: 'Warning',
        reason: 'BackOff',
        message: `Back-off restarting failed container ${container.name} in pod ${where}`,
      },
    ],
  }
}

function backOffPull(situation: ContainerSituation): ContainerStep {
  const { status, container, startAfter } = situation
  const message = `Back-off pulling image "${container.image}"`
  return {
    id: `pull-backoff:${situation.failedPulls}`,
    delay: startAfter,
    status: () => ({
      ...status,
      state: {
        waiting: {
          reason: 'ImagePullBackOff',
          message: `${message}: ErrImagePull: ${status.state.waiting?.message ?? ''}`,
        },
      },
    }),
    events: [{ reason: 'BackOff', message }, failed('ImagePullBackOff')],
  }
}

function started(container: Container): StepEvent[] {
  return [
    { reason: 'Created', message: `Created container: ${container.name}` },
    { reason: 'Started', message: `Started container ${container.name}` },
  ]
}

function failed(reason: string): StepEvent {
  return { type: 'Warning', reason: 'Failed', message: `Error: ${reason}` }
}

function backoff(attempt: number): number {
  return Math.min(longestBackoff, firstBackoff * 2 ** Math.max(0, attempt))
}

/** A plausible size that stays the same for an image. */
function imageSize(image: string): number {
  return 20_000_000 + (createHash('sha256').update(image).digest().readUInt32BE(0) % 80_000_000)
}
