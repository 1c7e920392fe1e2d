import { type Clock, sleep } from '@driftless/foundation'
import { formatKey, keyOf } from '@driftless/kube-objects'
import { type KubeApi, KubeStatusError, type PodLogSource } from '@driftless/kube-server'
import type { ContainerStatus, Pod } from '../objects.ts'
import { type ContainerLife, type LogLine, logLines, nextLogLine } from './log-lines.ts'

type LogRequest = Parameters<PodLogSource['open']>[0]

/** Serves the logs of simulated containers: deterministic, growing with time, followed without polling. */
export function createPodLogs(options: { api: KubeApi; clock: Clock }): PodLogSource {
  return {
    open(request, signal) {
      const life = findLife(options.api, request)
      return stream({ ...options, request, signal, life })
    },
  }
}

interface LogStream {
  api: KubeApi
  clock: Clock
  request: LogRequest
  signal: AbortSignal
  life: ContainerLife
}

async function* stream(options: LogStream): AsyncGenerator<string> {
  const { clock, request, signal } = options
  let { life } = options
  let last = clock.now()
  const print = limitedPrinter(request)
  for (const line of selected(logLines(life, last), request, last)) {
    const text = print(line)
    if (text === undefined) return
    yield text
  }
  while (request.follow && !request.previous && !signal.aborted && life.end === undefined) {
    const next = nextLogLine(life, last)
    const until = next?.at ?? new Date(last.getTime() + 1_000)
    await waitFor({ ...options, milliseconds: until.getTime() - clock.now().getTime() })
    if (signal.aborted) return
    life = lifeNow(options) ?? { ...life, end: { at: clock.now(), exitCode: 0 } }
    for (const line of logLines(life, clock.now()).filter((candidate) => candidate.at > last)) {
      const text = print(line)
      if (text === undefined) return
      yield text
      last = line.at
    }
  }
}

/** Waits for time to pass or for the pod to change, whatever comes first. */
async function waitFor(options: LogStream & { milliseconds: number }): Promise<void> {
  const wake = new AbortController()
  const abort = () => wake.abort()
  const { namespace, pod } = options.request
  const key = formatKey({ group: '', kind: 'Pod', namespace, name: pod })
  const unwatch = options.api.watch((event) => {
    if (event.object.kind === 'Pod' && formatKey(keyOf(event.object)) === key) wake.abort()
  })
  options.signal.addEventListener('abort', abort, { once: true })
  await sleep(options.clock, Math.max(1, options.milliseconds), wake.signal)
  unwatch()
  options.signal.removeEventListener('abort', abort)
}

function lifeNow(options: LogStream): ContainerLife | undefined {
  try {
    const life = findLife(options.api, options.request)
    return life.seed === options.life.seed ? life : undefined
  } catch {
    return undefined
  }
}

function findLife(api: KubeApi, request: LogRequest): ContainerLife {
  const { namespace, pod: name } = request
  const pod = api.get({ group: '', kind: 'Pod', namespace, name }) as Pod | undefined
  if (pod === undefined) throw refusal(404, 'NotFound', `pods "${name}" not found`)
  const container = chosenContainer(pod, request)
  const statuses = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])]
  const status = statuses.find((candidate) => candidate.name === container)
  const life = status === undefined ? undefined : lifeOf(pod, status, request.previous)
  if (life !== undefined) return life
  if (request.previous)
    throw refusal(400, 'BadRequest', `previous terminated container "${container}" in pod "${name}" not found`)
  const reason = status?.state.waiting?.reason ?? 'ContainerCreating'
  const waits = /BackOff|ErrImagePull|InvalidImageName|ConfigError/.test(reason)
    ? `container "${container}" in pod "${name}" is waiting to start: ${waitingText(reason)}`
    : `container "${container}" in pod "${name}" is waiting to start: ${reason}`
  throw refusal(400, 'BadRequest', waits)
}

function waitingText(reason: string): string {
  return reason === 'ImagePullBackOff' || reason === 'ErrImagePull' ? 'trying and failing to pull image' : reason
}

function chosenContainer(pod: Pod, request: LogRequest): string {
  const all = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].map((container) => container.name)
  if (request.container !== undefined && request.container !== '') {
    if (all.includes(request.container)) return request.container
    throw refusal(400, 'BadRequest', `container ${request.container} is not valid for pod ${request.pod}`)
  }
  const [only, second] = pod.spec.containers
  if (only !== undefined && second === undefined) return only.name
  const names = pod.spec.containers.map((container) => container.name).join(' ')
  const inits = (pod.spec.initContainers ?? []).map((container) => container.name).join(' ')
  const also = inits === '' ? '' : ` or one of the init containers: [${inits}]`
  throw refusal(
    400,
    'BadRequest',
    `a container name must be specified for pod ${request.pod}, choose one of: [${names}]${also}`,
  )
}

/** The running life of a container (or its last one when it has ended), or the one before. */
function lifeOf(pod: Pod, status: ContainerStatus, previous: boolean): ContainerLife | undefined {
  const { running, terminated } = status.state
  const ended = previous
    ? status.lastState.terminated
    : (terminated ?? (running === undefined ? status.lastState.terminated : undefined))
  const isCurrent = ended === terminated && !previous
  const number = isCurrent || running === undefined ? status.restartCount : status.restartCount - 1
  const common = { container: status.name, image: status.image }
  if (ended !== undefined) {
    const seed = `${pod.metadata.uid}/${status.name}/${number}`
    return {
      ...common,
      seed,
      startedAt: new Date(ended.startedAt),
      end: { at: new Date(ended.finishedAt), exitCode: ended.exitCode },
    }
  }
  if (previous || running === undefined) return undefined
  return {
    ...common,
    seed: `${pod.metadata.uid}/${status.name}/${status.restartCount}`,
    startedAt: new Date(running.startedAt),
  }
}

/** The lines that `tailLines`, `sinceSeconds` and `sinceTime` leave. */
function selected(lines: LogLine[], request: LogRequest, now: Date): LogLine[] {
  const since = request.sinceTime === undefined ? undefined : new Date(request.sinceTime)
  const from = request.sinceSeconds === undefined ? since : new Date(now.getTime() - request.sinceSeconds * 1000)
  const recent = from === undefined ? lines : lines.filter((line) => line.at >= from)
  return request.tailLines === undefined ? recent : recent.slice(Math.max(0, recent.length - request.tailLines))
}

/** Prints lines until `limitBytes` is reached; undefined from then on. */
function limitedPrinter(request: LogRequest): (line: LogLine) => string | undefined {
  let left = request.limitBytes ?? Number.POSITIVE_INFINITY
  return (line) => {
    if (left <= 0) return undefined
    const text = `${request.timestamps ? `${line.at.toISOString().replace('Z', '000000Z')} ` : ''}${line.text}\n`
    const shown = text.length > left ? text.slice(0, left) : text
    left -= shown.length
    return shown
  }
}

function refusal(code: number, reason: string, message: string): KubeStatusError {
  return new KubeStatusError({ code, reason, message })
}
