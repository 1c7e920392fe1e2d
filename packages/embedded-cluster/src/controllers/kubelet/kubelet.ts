import { keyOf, type ObjectKey } from '@driftless/kube-objects'
import type { Container, ContainerStatus, Pod, PodStatus } from '../objects.ts'
import { isFinished } from '../pod-facts.ts'
import { updateStatusIfChanged } from '../runtime/change-object.ts'
import { type Controller, type ControllerContext, keyOfChange } from '../runtime/controller.ts'
import { behaviourOf } from './container-behaviour.ts'
import { type ContainerStep, nextContainerStep, type StepEvent } from './container-step.ts'
import { createPodAddresses, nodeAddress } from './pod-addresses.ts'
import { acceptedStatus, derivedStatus, isInitDone, isInitialized, statusOf } from './pod-state.ts'
import { missingReference, unmountableVolume } from './references.ts'

/** Milliseconds after which a pod that waits for something absent looks for it again. */
const lookAgainAfter = 2_000
/** Terminating pods vanish after this many milliseconds at most, however long their grace period is. */
const longestStop = 1_000

/** What the kubelet remembers of a pod between two looks. */
interface PodMemory {
  /** When each pending step is due, by container and step. */
  due: Map<string, number>
  failedPulls: Map<string, number>
  stopAt?: number
}

/** Plays the kubelets of all nodes: containers start, become ready, end, crash and stop, without anything being run. */
export function kubeletController(context: ControllerContext): Controller {
  const { api } = context
  const memories = new Map<string, PodMemory>()
  const addresses = createPodAddresses(api)
  return {
    name: 'kubelet',
    watches: ['/Pod'],
    keysOf(change) {
      if (change.type === 'DELETED') {
        memories.delete(change.object.metadata.uid ?? '')
        addresses.release(change.object as Pod)
        return []
      }
      return [keyOfChange(change)]
    },
    reconcile(key) {
      const pod = api.get(key) as Pod | undefined
      if (pod?.spec.nodeName === undefined) return undefined
      const uid = pod.metadata.uid ?? ''
      const memory = memories.get(uid) ?? { due: new Map(), failedPulls: new Map() }
      memories.set(uid, memory)
      if (pod.metadata.deletionTimestamp !== undefined) return stop(context, pod, memory)
      if (isFinished(pod)) return undefined
      if (pod.status?.startTime === undefined) return accept(context, pod)
      return advance({ context, pod, memory, takeAddress: () => addresses.take(pod) })
    },
  }
}

function accept(context: ControllerContext, pod: Pod): number | undefined {
  const hostIP = nodeAddress(context.api, pod.spec.nodeName ?? '')
  updateStatusIfChanged(
    context.api,
    pod,
    (copy) => {
      copy.status = acceptedStatus(pod, hostIP, context.clock.now())
    },
    { manager: 'kubelet' },
  )
  return undefined
}

function stop(context: ControllerContext, pod: Pod, memory: PodMemory): number | undefined {
  const now = context.clock.now().getTime()
  if (memory.stopAt === undefined) {
    const grace = (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000
    memory.stopAt = now + Math.min(grace, longestStop, context.podReadyAfter)
    for (const container of pod.spec.containers) {
      recordStep(context, pod, container, { reason: 'Killing', message: `Stopping container ${container.name}` })
    }
  }
  if (now < memory.stopAt) return memory.stopAt - now
  const ref: ObjectKey = keyOf(pod)
  const uid = pod.metadata.uid
  context.api.delete(ref, { gracePeriodSeconds: 0, ...(uid === undefined ? {} : { preconditions: { uid } }) })
  return undefined
}

interface Advance {
  context: ControllerContext
  pod: Pod
  memory: PodMemory
  takeAddress: () => string
}

/** Takes every step that is due; answers the milliseconds until the next one. */
function advance(run: Advance): number | undefined {
  const { context, pod } = run
  const now = context.clock.now()
  const deadline = untilDeadline(pod, now)
  if (deadline !== undefined && deadline <= 0) return failPod(context, pod)
  const unmountable = isBeforeFirstStart(pod) ? unmountableVolume(context.api, pod) : undefined
  if (unmountable !== undefined) {
    context.events.record({
      object: pod,
      type: 'Warning',
      reason: 'FailedMount',
      message: unmountable,
      source: 'kubelet',
      ...hostOf(pod),
    })
    return lookAgainAfter
  }
  const status: PodStatus = { ...pod.status }
  const waits: number[] = deadline === undefined ? [] : [deadline]
  for (const group of ['initContainerStatuses', 'containerStatuses'] as const) {
    const statuses = status[group]
    if (statuses === undefined || (group === 'containerStatuses' && !isInitialized(pod, status))) continue
    const active = group === 'containerStatuses' ? pod.spec.containers : activeInit(pod, status)
    status[group] = statuses.map((before) => {
      const container = active.find((candidate) => candidate.name === before.name)
      return container === undefined
        ? before
        : step(run, { container, before, isInit: group !== 'containerStatuses' }, waits)
    })
  }
  writeStatus(run, status, now)
  return waits.length === 0 ? undefined : Math.max(0, Math.min(...waits))
}

function writeStatus(run: Advance, status: PodStatus, now: Date): void {
  const { context, pod } = run
  const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
  const withAddress = status.podIP === undefined && all.some((item) => item.containerID !== undefined)
  const ip = withAddress ? addressOf(run) : undefined
  const next = ip === undefined ? status : { ...status, podIP: ip, podIPs: [{ ip }] }
  updateStatusIfChanged(
    context.api,
    pod,
    (copy) => {
      copy.status = derivedStatus(pod, next, now)
    },
    { manager: 'kubelet' },
  )
}

function addressOf(run: Advance): string {
  return run.pod.spec.hostNetwork === true ? (run.pod.status?.hostIP ?? '') : run.takeAddress()
}

/** Moves one container if its step is due, else notes how long it still has to wait. */
function step(
  run: Advance,
  part: { container: Container; before: ContainerStatus; isInit: boolean },
  waits: number[],
): ContainerStatus {
  const { context, pod, memory } = run
  const { container, before } = part
  const next = stepOf(run, part)
  if (next === undefined) {
    if (before.state.waiting?.reason === 'CreateContainerConfigError') waits.push(lookAgainAfter)
    return before
  }
  const id = `${container.name}/${next.id}`
  const now = context.clock.now()
  const due = memory.due.get(id) ?? now.getTime() + next.delay
  if (due > now.getTime()) {
    memory.due.set(id, due)
    waits.push(due - now.getTime())
    return before
  }
  memory.due.delete(id)
  const after = next.status(now)
  const { failedPulls } = memory
  if (after.state.waiting?.reason === 'ErrImagePull')
    failedPulls.set(container.name, (failedPulls.get(container.name) ?? 0) + 1)
  for (const event of next.events) recordStep(context, pod, container, event, part.isInit)
  return after
}

function stepOf(
  run: Advance,
  part: { container: Container; before: ContainerStatus; isInit: boolean },
): ContainerStep | undefined {
  const { context, pod, memory } = run
  const { container, before, isInit } = part
  const missing = before.state.waiting === undefined ? undefined : missingReference(context.api, pod, container)
  const startAfter = Math.round(context.podReadyAfter * 0.3)
  return nextContainerStep({
    pod,
    container,
    status: before,
    behaviour: behaviourOf(container, pod.spec.restartPolicy, isInit),
    startAfter,
    readyAfter: isInit ? startAfter : context.podReadyAfter - startAfter,
    restarts: restartsOf(pod, container, isInit),
    failedPulls: memory.failedPulls.get(container.name) ?? 0,
    ...(missing === undefined ? {} : { missingReference: missing }),
  })
}

function restartsOf(pod: Pod, container: Container, isInit: boolean): 'always' | 'on-failure' | 'never' {
  const { restartPolicy = 'Always' } = pod.spec
  if (container.restartPolicy === 'Always') return 'always'
  if (restartPolicy === 'Never') return 'never'
  return isInit || restartPolicy === 'OnFailure' ? 'on-failure' : 'always'
}

/** Init containers run one after the other; sidecars among them go on running. */
function activeInit(pod: Pod, status: PodStatus): Container[] {
  const inits = pod.spec.initContainers ?? []
  const current = inits.findIndex(
    (container) => !isInitDone(container, statusOf(status.initContainerStatuses, container)),
  )
  return inits.filter(
    (container, index) =>
      index === current || (container.restartPolicy === 'Always' && (current < 0 || index < current)),
  )
}

function isBeforeFirstStart(pod: Pod): boolean {
  return [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])].every(
    (item) => item.containerID === undefined,
  )
}

function untilDeadline(pod: Pod, now: Date): number | undefined {
  const { activeDeadlineSeconds } = pod.spec
  if (activeDeadlineSeconds === undefined || pod.status?.startTime === undefined) return undefined
  return new Date(pod.status.startTime).getTime() + activeDeadlineSeconds * 1000 - now.getTime()
}

function failPod(context: ControllerContext, pod: Pod): undefined {
  updateStatusIfChanged(
    context.api,
    pod,
    (copy) => {
      copy.status = {
        ...copy.status,
        phase: 'Failed',
        reason: 'DeadlineExceeded',
        message: 'Pod was active on the node longer than the specified deadline',
      }
    },
    { manager: 'kubelet' },
  )
  return undefined
}

function recordStep(
  context: ControllerContext,
  pod: Pod,
  container: Container,
  event: StepEvent,
  isInit = false,
): void {
  const fieldPath = `spec.${isInit ? 'initContainers' : 'containers'}{${container.name}}`
  context.events.record({ object: pod, source: 'kubelet', ...hostOf(pod), fieldPath, ...event })
}

function hostOf(pod: Pod): { host?: string } {
  return pod.spec.nodeName === undefined ? {} : { host: pod.spec.nodeName }
}
