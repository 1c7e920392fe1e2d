import { deepEqual, type JsonObject, type KubeObject } from '@driftless/kube-objects'
import type { FieldProblem, KindStrategy } from '@driftless/kube-server'
import { isAbsent, isRecord, number, record, records, text, texts } from '../json.ts'
import { checkAtMostAll, checkIntOrPercent, checkNotNegative } from './formats.ts'
import { initialStatus } from './initial-status.ts'
import { claimSpecProblems } from './persistent-volume.ts'
import { checkSelectorAndTemplate, checkTemplate } from './pod-template.ts'
import { collectProblems, immutable, type Problems } from './problems.ts'

/** Rules of Deployments. */
export const deployment: KindStrategy = {
  validate(object, previous) {
    const problems = collectProblems()
    const spec = record(object.spec)
    checkNotNegative(problems, 'spec.replicas', spec.replicas)
    checkSelectorAndTemplate(problems, spec, { mustRestart: true, nameOfSelector: 'deployment' })
    checkDeploymentStrategy(problems, 'spec.strategy', record(spec.strategy))
    for (const name of ['minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds'])
      checkNotNegative(problems, `spec.${name}`, spec[name])
    const { progressDeadlineSeconds, minReadySeconds } = spec
    if (typeof progressDeadlineSeconds === 'number' && progressDeadlineSeconds <= number(minReadySeconds)) {
      problems.invalid('spec.progressDeadlineSeconds', progressDeadlineSeconds, 'must be greater than minReadySeconds')
    }
    checkSelectorKept(problems, object, previous)
    return problems.found
  },
}

/** Rules of ReplicaSets. */
export const replicaSet: KindStrategy = {
  prepareForCreate: initialStatus(() => ({ replicas: 0 })),
  validate(object, previous) {
    const problems = collectProblems()
    const spec = record(object.spec)
    checkNotNegative(problems, 'spec.replicas', spec.replicas)
    checkNotNegative(problems, 'spec.minReadySeconds', spec.minReadySeconds)
    checkSelectorAndTemplate(problems, spec, { mustRestart: true, nameOfSelector: 'deployment' })
    checkSelectorKept(problems, object, previous)
    return problems.found
  },
}

/** Rules of ReplicationControllers, whose selector is a map of labels. */
export const replicationController: KindStrategy = {
  defaultPropagation: 'Orphan',
  prepareForCreate: initialStatus(() => ({ replicas: 0 })),
  validate(object) {
    const problems = collectProblems()
    const spec = record(object.spec)
    checkNotNegative(problems, 'spec.minReadySeconds', spec.minReadySeconds)
    const selector = texts(spec.selector)
    if (Object.keys(selector).length === 0) problems.required('spec.selector')
    checkNotNegative(problems, 'spec.replicas', spec.replicas)
    if (!isRecord(spec.template)) {
      problems.required('spec.template')
      return problems.found
    }
    const labels = texts(record(spec.template.metadata).labels)
    if (Object.entries(selector).some(([key, value]) => labels[key] !== value)) {
      problems.invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`')
    }
    checkTemplate(problems, 'spec.template', spec.template)
    return problems.found
  },
}

/** Rules of StatefulSets; most of their spec is fixed at creation. */
export const statefulSet: KindStrategy = {
  prepareForCreate: initialStatus(() => ({ replicas: 0, availableReplicas: 0 })),
  validate(object, previous) {
    const problems = collectProblems()
    const spec = record(object.spec)
    const policy = text(spec.podManagementPolicy)
    if (policy !== 'OrderedReady' && policy !== 'Parallel') {
      problems.invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'")
    }
    checkStatefulUpdate(problems, record(spec.updateStrategy))
    checkNotNegative(problems, 'spec.replicas', spec.replicas)
    checkNotNegative(problems, 'spec.minReadySeconds', spec.minReadySeconds)
    checkNotNegative(problems, 'spec.ordinals.start', record(spec.ordinals).start)
    checkNotNegative(problems, 'spec.revisionHistoryLimit', spec.revisionHistoryLimit)
    checkSelectorAndTemplate(problems, withClaimVolumes(spec), { mustRestart: true, nameOfSelector: 'statefulset' })
    for (const [index, claim] of records(spec.volumeClaimTemplates).entries()) {
      problems.found.push(...claimSpecProblems(record(claim.spec), `spec.volumeClaimTemplates[${index}].spec`))
    }
    if (previous !== undefined && !deepEqual(fixedStatefulSpec(object), fixedStatefulSpec(previous)))
      problems.forbidden('spec', statefulText)
    return problems.found
  },
}

const changeable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
]
const statefulText = `updates to statefulset spec for fields other than ${changeable
  .slice(0, -1)
  .map((name) => `'${name}'`)
  .join(', ')} and 'minReadySeconds' are forbidden`

/** Rules of DaemonSets. */
export const daemonSet: KindStrategy = {
  prepareForCreate: initialStatus(() => ({
    currentNumberScheduled: 0,
    numberMisscheduled: 0,
    desiredNumberScheduled: 0,
    numberReady: 0,
  })),
  defaults(object) {
    if (object.metadata.annotations?.[templateGeneration] !== undefined) return object
    const annotations = { ...object.metadata.annotations, [templateGeneration]: '1' }
    return { ...object, metadata: { ...object.metadata, annotations } }
  },
  prepareForUpdate(next, previous) {
    const generation = previous.metadata.annotations?.[templateGeneration]
    if (generation === undefined) return
    const moved = deepEqual(record(next.spec).template, record(previous.spec).template) ? 0 : 1
    next.metadata.annotations = {
      ...next.metadata.annotations,
      [templateGeneration]: String(Number(generation) + moved),
    }
  },
  validate(object, previous) {
    const problems = collectProblems()
    const spec = record(object.spec)
    checkSelectorAndTemplate(problems, spec, { mustRestart: true, nameOfSelector: 'daemonset' })
    checkNotNegative(problems, 'spec.minReadySeconds', spec.minReadySeconds)
    checkDaemonUpdate(problems, record(spec.updateStrategy))
    checkNotNegative(problems, 'spec.revisionHistoryLimit', spec.revisionHistoryLimit)
    checkSelectorKept(problems, object, previous)
    return problems.found
  },
}

const templateGeneration = 'deprecated.daemonset.template.generation'

/** Rules of ControllerRevisions: their data never changes. */
export const controllerRevision: KindStrategy = {
  hasGeneration: false,
  validate(object, previous): FieldProblem[] {
    const problems = collectProblems()
    if (isAbsent(object.data)) problems.required('data', 'data is mandatory')
    checkNotNegative(problems, 'revision', object.revision)
    if (previous !== undefined && !deepEqual(object.data, previous.data))
      problems.invalid('data', object.data, immutable)
    return problems.found
  },
}

/** Rules of PodTemplates. */
export const podTemplate: KindStrategy = {
  validate(object) {
    const problems = collectProblems()
    checkTemplate(problems, 'template', object.template)
    return problems.found
  },
}

/** Checks that a value is one of those supported. */
export function checkOneOf(problems: Problems, field: string, value: unknown, supported: readonly string[]): void {
  if (text(value) === '') problems.required(field)
  else if (!supported.includes(text(value))) problems.unsupported(field, value, supported)
}

function checkDeploymentStrategy(problems: Problems, field: string, strategy: JsonObject): void {
  const { type, rollingUpdate } = strategy
  if (type === 'Recreate') {
    if (rollingUpdate !== undefined)
      problems.forbidden(`${field}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")
    return
  }
  if (type !== 'RollingUpdate') {
    problems.unsupported(`${field}.type`, text(type), ['Recreate', 'RollingUpdate'])
    return
  }
  if (!isRecord(rollingUpdate)) {
    problems.required(`${field}.rollingUpdate`, 'this should be defaulted and never be nil')
    return
  }
  const { maxUnavailable, maxSurge } = rollingUpdate
  checkIntOrPercent(problems, `${field}.rollingUpdate.maxUnavailable`, maxUnavailable)
  checkIntOrPercent(problems, `${field}.rollingUpdate.maxSurge`, maxSurge)
  if (isZero(maxUnavailable) && isZero(maxSurge)) {
    problems.invalid(`${field}.rollingUpdate.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0')
  }
  checkAtMostAll(problems, `${field}.rollingUpdate.maxUnavailable`, maxUnavailable)
}

function checkStatefulUpdate(problems: Problems, strategy: JsonObject): void {
  const { type, rollingUpdate } = strategy
  if (text(type) === '') {
    problems.required('spec.updateStrategy')
    return
  }
  if (type === 'OnDelete') {
    if (rollingUpdate !== undefined) {
      problems.invalid(
        'spec.updateStrategy.rollingUpdate',
        rollingUpdate,
        "only allowed for updateStrategy 'RollingUpdate'",
      )
    }
    return
  }
  if (type !== 'RollingUpdate') {
    problems.invalid(
      'spec.updateStrategy',
      { Type: type, RollingUpdate: rollingUpdate ?? null },
      "must be 'RollingUpdate' or 'OnDelete'",
    )
    return
  }
  checkNotNegative(problems, 'spec.updateStrategy.rollingUpdate.partition', record(rollingUpdate).partition)
}

function checkDaemonUpdate(problems: Problems, strategy: JsonObject): void {
  const field = 'spec.updateStrategy'
  const { type, rollingUpdate } = strategy
  if (type === 'OnDelete') return
  if (type !== 'RollingUpdate') {
    problems.unsupported(`${field}.type`, text(type), ['OnDelete', 'RollingUpdate'])
    return
  }
  if (!isRecord(rollingUpdate)) {
    problems.required(`${field}.rollingUpdate`)
    return
  }
  const { maxUnavailable, maxSurge } = rollingUpdate
  for (const [name, value] of [
    ['maxUnavailable', maxUnavailable],
    ['maxSurge', maxSurge],
  ] as const) {
    checkIntOrPercent(problems, `${field}.rollingUpdate.${name}`, value)
    checkAtMostAll(problems, `${field}.rollingUpdate.${name}`, value)
  }
  const both = [maxUnavailable, maxSurge].filter((value) => value !== undefined && !isZero(value)).length
  if (both === 0) problems.required(`${field}.rollingUpdate.maxUnavailable`, 'cannot be 0 when maxSurge is 0')
  if (both === 2)
    problems.invalid(`${field}.rollingUpdate.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero')
}

function checkSelectorKept(problems: Problems, object: KubeObject, previous: KubeObject | undefined): void {
  const { selector } = record(object.spec)
  if (previous !== undefined && !deepEqual(selector, record(previous.spec).selector))
    problems.invalid('spec.selector', selector, immutable)
}

/** Containers may mount the claims of the set's templates as if they were volumes. */
function withClaimVolumes(spec: JsonObject): JsonObject {
  const claims = records(spec.volumeClaimTemplates).map((claim) => text(record(claim.metadata).name))
  if (claims.length === 0) return spec
  const template = record(spec.template)
  const podSpec = record(template.spec)
  const others = records(podSpec.volumes).filter((volume) => !claims.includes(text(volume.name)))
  const volumes = [...others, ...claims.map((name) => ({ name, persistentVolumeClaim: { claimName: name } }))]
  return { ...spec, template: { ...template, spec: { ...podSpec, volumes } } }
}

function fixedStatefulSpec(object: KubeObject): JsonObject {
  return Object.fromEntries(Object.entries(record(object.spec)).filter(([name]) => !changeable.includes(name)))
}

function isZero(value: unknown): boolean {
  return value === 0 || value === '0%' || value === undefined
}
