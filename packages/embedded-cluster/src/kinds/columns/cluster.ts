import type { KubeObject } from '@driftless/kube-objects'
import { ageSince } from '@driftless/kube-server'
import { list, number, record, records, text } from '../../json.ts'
import { type Cells, joined, specOf, statusOf } from './cell.ts'

const roleLabel = 'node-role.kubernetes.io/'

/** Columns of `kubectl get nodes`. */
export const nodeCells: Cells = {
  Status: (object) => {
    const ready = records(statusOf(object).conditions).find((condition) => condition.type === 'Ready')
    const state = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'
    return specOf(object).unschedulable === true ? `${state},SchedulingDisabled` : state
  },
  Roles: (object) => {
    const labels = Object.keys(object.metadata.labels ?? {}).filter((label) => label.startsWith(roleLabel))
    return joined(labels.map((label) => label.slice(roleLabel.length)).sort())
  },
  Version: (object) => text(record(statusOf(object).nodeInfo).kubeletVersion),
  'Internal-IP': (object) => nodeAddress(object, 'InternalIP'),
  'External-IP': (object) => nodeAddress(object, 'ExternalIP'),
  'OS-Image': (object) => text(record(statusOf(object).nodeInfo).osImage) || '<unknown>',
  'Kernel-Version': (object) => text(record(statusOf(object).nodeInfo).kernelVersion) || '<unknown>',
  'Container-Runtime': (object) => text(record(statusOf(object).nodeInfo).containerRuntimeVersion) || '<unknown>',
}

/** Columns of `kubectl get namespaces`. */
export const namespaceCells: Cells = { Status: (object) => text(statusOf(object).phase) }

/** Columns of `kubectl get configmaps`. */
export const configMapCells: Cells = {
  Data: (object) => Object.keys(record(object.data)).length + Object.keys(record(object.binaryData)).length,
}

/** Columns of `kubectl get secrets`. */
export const secretCells: Cells = {
  Type: (object) => text(object.type),
  Data: (object) => Object.keys(record(object.data)).length,
}

/** Columns of `kubectl get events`, for both API groups. */
export const eventCells: Cells = {
  'Last Seen': (event, now) => lastSeen(event, now),
  Type: (event) => text(event.type),
  Reason: (event) => text(event.reason),
  Object: (event) => {
    const object = record(event.involvedObject ?? event.regarding)
    return `${text(object.kind).toLowerCase()}/${text(object.name)}`
  },
  Subobject: (event) => text(record(event.involvedObject ?? event.regarding).fieldPath),
  Source: (event) => {
    const source = record(event.source ?? event.deprecatedSource)
    const component = text(source.component) || text(event.reportingComponent ?? event.reportingController)
    return text(source.host) === '' ? component : `${component}, ${source.host}`
  },
  Message: (event) => text(event.message ?? event.note).trim(),
  'First Seen': (event, now) => firstSeen(event, now),
  Count: (event) => number(record(event.series).count) || number(event.count ?? event.deprecatedCount) || 1,
}

/** Columns of `kubectl get roles` and `clusterroles`. */
export const bindingCells: Cells = {
  Role: (object) => `${text(record(object.roleRef).kind)}/${text(record(object.roleRef).name)}`,
  Users: (object) => subjects(object, 'User'),
  Groups: (object) => subjects(object, 'Group'),
  ServiceAccounts: (object) =>
    records(object.subjects)
      .filter((subject) => subject.kind === 'ServiceAccount')
      .map((subject) => `${text(subject.namespace)}/${text(subject.name)}`)
      .join(', '),
}

/** Columns of `kubectl get leases`. */
export const leaseCells: Cells = { Holder: (object) => text(specOf(object).holderIdentity) }

/** Columns of `kubectl get priorityclasses`. */
export const priorityClassCells: Cells = {
  Value: (object) => number(object.value),
  'Global-Default': (object) => object.globalDefault === true,
  PreemptionPolicy: (object) => text(object.preemptionPolicy) || 'PreemptLowerPriority',
}

/** Columns of `kubectl get runtimeclasses`. */
export const runtimeClassCells: Cells = { Handler: (object) => text(object.handler) }

/** Columns of `kubectl get apiservices`. */
export const apiServiceCells: Cells = {
  Service: (object) => {
    const service = record(specOf(object).service)
    return text(service.name) === '' ? 'Local' : `${text(service.namespace)}/${service.name}`
  },
  Available: (object) => {
    const available = records(statusOf(object).conditions).find((condition) => condition.type === 'Available')
    if (available === undefined) return 'Unknown'
    return available.status === 'True' ? 'True' : `${available.status} (${text(available.reason)})`
  },
}

/** Columns of `kubectl get certificatesigningrequests`. */
export const signingRequestCells: Cells = {
  SignerName: (object) => text(specOf(object).signerName),
  Requestor: (object) => text(specOf(object).username),
  RequestedDuration: (object) =>
    typeof specOf(object).expirationSeconds === 'number' ? `${specOf(object).expirationSeconds}s` : '<none>',
  Condition: (object) =>
    joined(
      records(statusOf(object).conditions).map((condition) => condition.type),
      'Pending',
    ),
}

/** Columns of `kubectl get flowschemas`. */
export const flowSchemaCells: Cells = {
  PriorityLevel: (object) => text(record(specOf(object).priorityLevelConfiguration).name),
  MatchingPrecedence: (object) => number(specOf(object).matchingPrecedence),
  DistinguisherMethod: (object) => text(record(specOf(object).distinguisherMethod).type) || '<none>',
  MissingPL: (object) =>
    text(records(statusOf(object).conditions).find((condition) => condition.type === 'Dangling')?.status) || '?',
}

/** Columns of `kubectl get prioritylevelconfigurations`. */
export const priorityLevelCells: Cells = {
  Type: (object) => text(specOf(object).type),
  NominalConcurrencyShares: (object) => levelSetting(object, 'nominalConcurrencyShares'),
  Queues: (object) => queueSetting(object, 'queues'),
  HandSize: (object) => queueSetting(object, 'handSize'),
  QueueLengthLimit: (object) => queueSetting(object, 'queueLengthLimit'),
}

/** Columns of webhook configurations. */
export const webhookCells: Cells = { Webhooks: (object) => list(object.webhooks).length }

/** Columns of admission policies. */
export const admissionPolicyCells: Cells = {
  Validations: (object) => list(specOf(object).validations).length,
  Mutations: (object) => list(specOf(object).mutations).length,
  ParamKind: (object) => {
    const kind = record(specOf(object).paramKind)
    return text(kind.kind) === '' ? '<unset>' : `${text(kind.apiVersion)}/${kind.kind}`
  },
}

/** Columns of bindings of admission policies. */
export const admissionPolicyBindingCells: Cells = {
  PolicyName: (object) => text(specOf(object).policyName),
  ParamRef: (object) => {
    const parameters = record(specOf(object).paramRef)
    if (text(parameters.name) === '') return '<unset>'
    return text(parameters.namespace) === '' ? `*/${parameters.name}` : `${parameters.namespace}/${parameters.name}`
  },
}

/** Columns of `kubectl get resourceclaims`. */
export const resourceClaimCells: Cells = {
  State: (object) => {
    const status = statusOf(object)
    const states = [
      status.allocation === undefined ? 'pending' : 'allocated',
      list(status.reservedFor).length > 0 ? 'reserved' : '',
    ]
    return joined([object.metadata.deletionTimestamp === undefined ? '' : 'deleted', ...states])
  },
}

/** Columns of `kubectl get resourceslices`. */
export const resourceSliceCells: Cells = {
  Node: (object) => text(specOf(object).nodeName) || '<unset>',
  Driver: (object) => text(specOf(object).driver),
  Pool: (object) => text(record(specOf(object).pool).name),
}

function levelSetting(object: KubeObject, name: string): unknown {
  return record(specOf(object).limited ?? specOf(object).exempt)[name] ?? '<none>'
}

function queueSetting(object: KubeObject, name: string): unknown {
  return record(record(record(specOf(object).limited).limitResponse).queuing)[name] ?? '<none>'
}

function subjects(object: KubeObject, kind: string): string {
  return records(object.subjects)
    .filter((subject) => subject.kind === kind)
    .map((subject) => text(subject.name))
    .join(', ')
}

function nodeAddress(node: KubeObject, type: string): string {
  return text(records(statusOf(node).addresses).find((address) => address.type === type)?.address) || '<none>'
}

function lastSeen(event: KubeObject, now: Date): string {
  const instant =
    text(record(event.series).lastObservedTime) ||
    text(event.lastTimestamp ?? event.deprecatedLastTimestamp) ||
    text(event.eventTime)
  return instant === '' ? firstSeen(event, now) : ageSince(instant, now)
}

function firstSeen(event: KubeObject, now: Date): string {
  return ageSince(
    text(event.firstTimestamp ?? event.deprecatedFirstTimestamp) || text(event.eventTime) || undefined,
    now,
  )
}
