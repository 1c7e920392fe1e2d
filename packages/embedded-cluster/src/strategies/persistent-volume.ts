import { deepEqual, type JsonObject, type KubeObject } from '@driftless/kube-objects'
import { type FieldProblem, type KindStrategy, type StrategyContext, subdomainFaults } from '@driftless/kube-server'
import { isRecord, list, record, text } from '../json.ts'
import { checkLabelSelector } from './label-selector.ts'
import { collectProblems, immutable, type Problems } from './problems.ts'
import { canonical, checkAmounts, isMore } from './resources.ts'

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod']
const reclaimPolicies = ['Delete', 'Recycle', 'Retain']
const volumeModes = ['Block', 'Filesystem']
const defaultClassAnnotation = 'storageclass.kubernetes.io/is-default-class'

/** Rules of PersistentVolumeClaims: the default class is filled in, later only the size may grow. */
export const persistentVolumeClaim: KindStrategy = {
  hasGeneration: false,
  returnsDeletedObject: true,
  admit(object, previous, { api }) {
    const spec = record(object.spec)
    if (previous !== undefined || spec.storageClassName !== undefined) return
    if (object.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] !== undefined) return
    const classes = api.list({ group: 'storage.k8s.io', kind: 'StorageClass' })
    const standard = classes.find((candidate) => candidate.metadata.annotations?.[defaultClassAnnotation] === 'true')
    if (standard !== undefined) object.spec = { ...spec, storageClassName: standard.metadata.name }
  },
  prepareForCreate(object) {
    object.status = { phase: 'Pending' }
    addFinalizer(object, 'kubernetes.io/pvc-protection')
  },
  validate(object, previous) {
    const spec = record(object.spec)
    const problems = collectProblems()
    problems.found.push(...claimSpecProblems(spec, 'spec'))
    if (previous !== undefined) checkClaimUpdate(problems, object, previous)
    return problems.found
  },
}

/** Rules of PersistentVolumes. */
export const persistentVolume: KindStrategy = {
  hasGeneration: false,
  returnsDeletedObject: true,
  prepareForCreate(object, context) {
    object.status = { phase: 'Pending', lastPhaseTransitionTime: now(context) }
    addFinalizer(object, 'kubernetes.io/pv-protection')
  },
  prepareForStatusUpdate(next, previous, context) {
    if (record(next.status).phase === record(previous.status).phase) return
    next.status = { ...record(next.status), lastPhaseTransitionTime: now(context) }
  },
  validate(object, previous) {
    const problems = collectProblems()
    const spec = record(object.spec)
    checkModes(problems, 'spec.accessModes', spec.accessModes, false)
    const capacity = record(spec.capacity)
    if (Object.keys(capacity).length === 0) problems.required('spec.capacity')
    if (capacity.storage === undefined || Object.keys(capacity).length > 1)
      problems.unsupported('spec.capacity', Object.keys(capacity).length === 0 ? null : capacity, ['storage'])
    if (capacity.storage !== undefined && !isMore(capacity.storage, '0'))
      problems.invalid('spec.capacity[storage]', canonical(capacity.storage), 'must be greater than zero')
    if (
      spec.persistentVolumeReclaimPolicy !== undefined &&
      !reclaimPolicies.includes(text(spec.persistentVolumeReclaimPolicy))
    ) {
      problems.unsupported('spec.persistentVolumeReclaimPolicy', spec.persistentVolumeReclaimPolicy, reclaimPolicies)
    }
    if (volumeSource(spec) === undefined) problems.required('spec', 'must specify a volume type')
    checkClassName(problems, 'spec.storageClassName', spec.storageClassName)
    checkVolumeMode(problems, 'spec.volumeMode', spec.volumeMode)
    if (previous !== undefined) checkVolumeUpdate(problems, spec, record(previous.spec))
    return problems.found
  },
}

/** Rules of StorageClasses: nothing that matters to existing volumes may change. */
export const storageClass: KindStrategy = {
  hasGeneration: false,
  returnsDeletedObject: true,
  validate(object, previous) {
    const problems = collectProblems()
    const provisioner = text(object.provisioner)
    if (provisioner === '') problems.required('provisioner')
    if (!reclaimPolicies.includes(text(object.reclaimPolicy)))
      problems.unsupported('reclaimPolicy', object.reclaimPolicy, ['Delete', 'Retain'])
    const modes = ['Immediate', 'WaitForFirstConsumer']
    if (object.volumeBindingMode === undefined) problems.required('volumeBindingMode')
    else if (!modes.includes(text(object.volumeBindingMode)))
      problems.unsupported('volumeBindingMode', object.volumeBindingMode, modes)
    if (previous === undefined) return problems.found
    if (!deepEqual(object.parameters, previous.parameters))
      problems.forbidden('parameters', 'updates to parameters are forbidden.')
    if (object.provisioner !== previous.provisioner)
      problems.forbidden('provisioner', 'updates to provisioner are forbidden.')
    for (const name of ['reclaimPolicy', 'volumeBindingMode']) {
      if (object[name] !== previous[name]) problems.invalid(name, object[name], immutable)
    }
    return problems.found
  },
}

function now(context: StrategyContext): string {
  return `${context.clock.now().toISOString().slice(0, 19)}Z`
}

/** What is in use shall not vanish: a controller takes the finalizer away when nothing uses the object. */
function addFinalizer(object: KubeObject, finalizer: string): void {
  const present = object.metadata.finalizers ?? []
  if (!present.includes(finalizer)) object.metadata.finalizers = [...present, finalizer]
}

/** Problems of a claim's spec, also inside StatefulSets. */
export function claimSpecProblems(spec: JsonObject, field: string): FieldProblem[] {
  const problems = collectProblems()
  checkModes(problems, `${field}.accessModes`, spec.accessModes, true)
  if (spec.selector !== undefined) checkLabelSelector(problems, `${field}.selector`, spec.selector)
  const requests = record(record(spec.resources).requests)
  if (requests.storage === undefined) problems.required(`${field}.resources[storage]`)
  else if (!isMore(requests.storage, '0'))
    problems.invalid(`${field}.resources[storage]`, canonical(requests.storage), 'must be greater than zero')
  checkAmounts(problems, `${field}.resources.requests`, requests)
  checkClassName(problems, `${field}.storageClassName`, spec.storageClassName)
  checkVolumeMode(problems, `${field}.volumeMode`, spec.volumeMode)
  return problems.found
}

function checkModes(problems: Problems, field: string, value: unknown, isClaim: boolean): void {
  const modes = list(value)
  if (modes.length === 0) problems.required(field, isClaim ? 'at least 1 access mode is required' : '')
  for (const mode of modes) if (!accessModes.includes(text(mode))) problems.unsupported(field, mode, accessModes)
  if (modes.includes('ReadWriteOncePod') && modes.length > 1) {
    problems.forbidden(field, 'may not use ReadWriteOncePod with other access modes')
  }
}

function checkClassName(problems: Problems, field: string, value: unknown): void {
  const name = text(value)
  if (name !== '') for (const fault of subdomainFaults(name)) problems.invalid(field, name, fault)
}

function checkVolumeMode(problems: Problems, field: string, value: unknown): void {
  if (value !== undefined && !volumeModes.includes(text(value))) problems.unsupported(field, value, volumeModes)
}

const claimText =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims'

function checkClaimUpdate(problems: Problems, object: KubeObject, previous: KubeObject): void {
  const isBound = record(previous.status).phase === 'Bound'
  const [next, before] = [record(object.spec), record(previous.spec)]
  const fixed = (spec: JsonObject) => {
    const { resources, volumeName, storageClassName, volumeAttributesClassName, ...rest } = spec
    return {
      ...rest,
      resources: isBound ? { ...record(resources), requests: undefined } : resources,
      volumeName: before.volumeName === undefined ? undefined : volumeName,
      storageClassName: before.storageClassName === undefined ? undefined : storageClassName,
      volumeAttributesClassName: isBound ? undefined : volumeAttributesClassName,
    }
  }
  if (!deepEqual(fixed(next), fixed(before))) problems.forbidden('spec', claimText)
  const [size, sizeBefore] = [
    record(record(next.resources).requests).storage,
    record(record(before.resources).requests).storage,
  ]
  if (isBound && isMore(sizeBefore, size))
    problems.forbidden('spec.resources.requests.storage', 'field can not be less than previous value')
}

function checkVolumeUpdate(problems: Problems, spec: JsonObject, previous: JsonObject): void {
  const [kind, kindBefore] = [volumeSource(spec), volumeSource(previous)]
  if (kind !== kindBefore || (kind !== undefined && !deepEqual(spec[kind], previous[kind]))) {
    problems.forbidden('spec.persistentvolumesource', 'spec.persistentvolumesource is immutable after creation')
  }
  if (!deepEqual(spec.volumeMode, previous.volumeMode)) problems.invalid('spec.volumeMode', spec.volumeMode, immutable)
  if (previous.nodeAffinity !== undefined && !deepEqual(spec.nodeAffinity, previous.nodeAffinity)) {
    problems.invalid('spec.nodeAffinity', spec.nodeAffinity, immutable)
  }
}

const notSources = new Set(['capacity', 'claimRef', 'nodeAffinity'])

function volumeSource(spec: JsonObject): string | undefined {
  return Object.keys(spec).find((key) => isRecord(spec[key]) && !notSources.has(key))
}
