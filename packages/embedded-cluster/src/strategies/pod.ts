import { deepEqual, type JsonObject, type KubeObject } from '@driftless/kube-objects'
import { type KindStrategy, KubeStatusError, type StrategyContext } from '@driftless/kube-server'
import { list, number, record, records, text } from '../json.ts'
import { checkPodSpec } from './pod-spec.ts'
import { collectProblems, type Problems } from './problems.ts'
import { isMore } from './resources.ts'

/** Rules of Pods, with what the server's admission adds to them. */
export const pod: KindStrategy = {
  returnsDeletedObject: true,
  prepareForCreate(object, context) {
    object.status = { phase: 'Pending', qosClass: qosClass(record(object.spec)) }
    const spec = { ...record(object.spec) }
    object.spec = spec
    addPriority(object, spec, context)
    addTolerations(spec)
  },
  prepareForUpdate(next, previous) {
    for (const name of ['priority', 'preemptionPolicy', 'enableServiceLinks', 'nodeName']) {
      const kept = record(previous.spec)[name]
      const spec = record(next.spec)
      if (spec[name] === undefined && kept !== undefined) next.spec = { ...spec, [name]: kept }
    }
  },
  validate(object, previous) {
    const problems = collectProblems()
    checkPodSpec(problems, 'spec', record(object.spec))
    if (previous !== undefined) checkPodUpdate(problems, record(object.spec), record(previous.spec))
    return problems.found
  },
  gracePeriodSeconds(object, requested) {
    const spec = record(object.spec)
    const { phase } = record(object.status)
    if (text(spec.nodeName) === '' || phase === 'Succeeded' || phase === 'Failed') return 0
    return requested ?? number(spec.terminationGracePeriodSeconds, 30)
  },
}

/** Guaranteed when every container's limits are its requests, BestEffort when nothing is asked for. */
export function qosClass(spec: JsonObject): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...records(spec.containers), ...records(spec.initContainers)].map((container) =>
    record(container.resources),
  )
  const wanted = containers.flatMap(({ requests, limits }) => [...computeAmounts(requests), ...computeAmounts(limits)])
  if (!wanted.some(([, amount]) => isMore(amount, '0'))) return 'BestEffort'
  const guaranteed = containers.every(({ requests, limits }) =>
    ['cpu', 'memory'].every((name) => {
      const [limit, request] = [record(limits)[name], record(requests)[name]]
      return isMore(limit, '0') && !isMore(limit, request ?? limit) && !isMore(request, limit)
    }),
  )
  return guaranteed ? 'Guaranteed' : 'Burstable'
}

function computeAmounts(amounts: unknown): [string, unknown][] {
  return Object.entries(record(amounts)).filter(([name]) => name === 'cpu' || name === 'memory')
}

function addPriority(object: KubeObject, spec: JsonObject, { api }: StrategyContext): void {
  const name = text(spec.priorityClassName)
  const classes = api.list({ group: 'scheduling.k8s.io', kind: 'PriorityClass' })
  const chosen = classes.find((candidate) =>
    name === '' ? candidate.globalDefault === true : candidate.metadata.name === name,
  )
  if (name !== '' && chosen === undefined) {
    const pod = object.metadata.name ?? ''
    throw new KubeStatusError({
      code: 403,
      reason: 'Forbidden',
      message: `pods "${pod}" is forbidden: no PriorityClass with name ${name} was found`,
      details: { name: pod, kind: 'pods' },
    })
  }
  if (name === '' && chosen !== undefined) spec.priorityClassName = chosen.metadata.name
  spec.priority = number(chosen?.value)
  spec.preemptionPolicy ??= text(chosen?.preemptionPolicy) || 'PreemptLowerPriority'
}

/** Pods stay five minutes on a node that went silent, unless they say otherwise. */
function addTolerations(spec: JsonObject): void {
  const given = records(spec.tolerations)
  const missing = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].filter(
    (key) =>
      !given.some(
        ({ key: other, effect }) =>
          (other === key || text(other) === '') && (effect === 'NoExecute' || text(effect) === ''),
      ),
  )
  if (missing.length === 0) return
  const added = missing.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }))
  spec.tolerations = [...given, ...added]
}

const updateText =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'

function checkPodUpdate(problems: Problems, spec: JsonObject, previous: JsonObject): void {
  const [containers, before] = [records(spec.containers), records(previous.containers)]
  if (containers.length !== before.length)
    problems.forbidden('spec.containers', 'pod updates may not add or remove containers')
  const [inits, initsBefore] = [records(spec.initContainers), records(previous.initContainers)]
  if (inits.length !== initsBefore.length)
    problems.forbidden('spec.initContainers', 'pod updates may not add or remove containers')
  if (problems.found.length > 0) return
  checkDeadline(problems, spec.activeDeadlineSeconds, previous.activeDeadlineSeconds)
  const kept = list(previous.tolerations).every((toleration) =>
    list(spec.tolerations).some((candidate) => deepEqual(candidate, toleration)),
  )
  if (!kept || !deepEqual(fixed(spec, previous), fixed(previous, previous))) problems.forbidden('spec', updateText)
}

function checkDeadline(problems: Problems, next: unknown, previous: unknown): void {
  const field = 'spec.activeDeadlineSeconds'
  if (typeof previous === 'number' && next === undefined)
    problems.invalid(field, null, 'must not update from a positive integer to nil value')
  if (typeof previous === 'number' && typeof next === 'number' && next > previous) {
    problems.invalid(field, next, 'must be less than or equal to previous value')
  }
}

/** What an update may not touch; a pod without node may still get one, and lose its scheduling gates. */
function fixed(spec: JsonObject, previous: JsonObject): JsonObject {
  const withoutImage = (containers: unknown) => records(containers).map(({ image: _image, ...rest }) => rest)
  const {
    activeDeadlineSeconds: _deadline,
    tolerations: _tolerations,
    schedulingGates: _gates,
    nodeName,
    ...rest
  } = spec
  return {
    ...rest,
    containers: withoutImage(spec.containers),
    initContainers: withoutImage(spec.initContainers),
    nodeName: text(previous.nodeName) === '' ? undefined : nodeName,
  }
}
