import type { JsonObject } from '../object.ts'
import { ensureObject, fill, objectAt, objectsAt } from './fill.ts'
import { podSpecDefaults, podTemplateDefaults } from './pod.ts'
import { claimDefaults } from './storage.ts'

/** Defaults of a Deployment. */
export function deploymentDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  fill(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 })
  const strategy = ensureObject(spec, 'strategy')
  fill(strategy, { type: 'RollingUpdate' })
  if (strategy.type === 'RollingUpdate') {
    fill(ensureObject(strategy, 'rollingUpdate'), { maxUnavailable: '25%', maxSurge: '25%' })
  }
  podTemplateDefaults(objectAt(spec, 'template'))
}

/** Defaults of a DaemonSet. */
export function daemonSetDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  fill(spec, { revisionHistoryLimit: 10 })
  const strategy = ensureObject(spec, 'updateStrategy')
  fill(strategy, { type: 'RollingUpdate' })
  if (strategy.type === 'RollingUpdate')
    fill(ensureObject(strategy, 'rollingUpdate'), { maxUnavailable: 1, maxSurge: 0 })
  podTemplateDefaults(objectAt(spec, 'template'))
}

/** Defaults of a StatefulSet. */
export function statefulSetDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  fill(spec, { replicas: 1, revisionHistoryLimit: 10, podManagementPolicy: 'OrderedReady' })
  const strategy = ensureObject(spec, 'updateStrategy')
  fill(strategy, { type: 'RollingUpdate' })
  if (strategy.type === 'RollingUpdate') fill(ensureObject(strategy, 'rollingUpdate'), { partition: 0 })
  fill(ensureObject(spec, 'persistentVolumeClaimRetentionPolicy'), { whenDeleted: 'Retain', whenScaled: 'Retain' })
  podTemplateDefaults(objectAt(spec, 'template'))
  for (const claim of objectsAt(spec, 'volumeClaimTemplates')) {
    fill(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' })
    claimDefaults(claim)
  }
}

/** Defaults of a ReplicaSet. */
export function replicaSetDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  fill(spec, { replicas: 1 })
  podTemplateDefaults(objectAt(spec, 'template'))
}

/** Defaults of a ReplicationController: labels and selector come from the template. */
export function replicationControllerDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  const template = objectAt(spec, 'template')
  const labels = objectAt(objectAt(template, 'metadata'), 'labels')
  if (labels && Object.keys(labels).length > 0) {
    if (!spec.selector) spec.selector = { ...labels }
    labelsFromTemplate(object, labels)
  }
  fill(spec, { replicas: 1 })
  podTemplateDefaults(template)
}

/** Defaults of a Job. */
export function jobDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  if (spec.completions == null && spec.parallelism == null) fill(spec, { completions: 1 })
  fill(spec, {
    parallelism: 1,
    backoffLimit: spec.backoffLimitPerIndex == null ? 6 : 2147483647,
    completionMode: 'NonIndexed',
    manualSelector: false,
    suspend: false,
    podReplacementPolicy: spec.podFailurePolicy == null ? 'TerminatingOrFailed' : 'Failed',
  })
  failurePolicyDefaults(spec)
  const template = objectAt(spec, 'template')
  const labels = objectAt(objectAt(template, 'metadata'), 'labels')
  if (labels && Object.keys(labels).length > 0) labelsFromTemplate(object, labels)
  podTemplateDefaults(template)
}

/** Defaults of a CronJob; its job template only gets those of its pods. */
export function cronJobDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  fill(spec, { concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 })
  const job = objectAt(objectAt(spec, 'jobTemplate'), 'spec')
  failurePolicyDefaults(job)
  podTemplateDefaults(objectAt(job, 'template'))
}

/** Defaults of a PodTemplate. */
export function podTemplateKindDefaults(object: JsonObject): void {
  podSpecDefaults(ensureObject(ensureObject(object, 'template'), 'spec'))
}

function failurePolicyDefaults(job: JsonObject | undefined): void {
  for (const rule of objectsAt(objectAt(job, 'podFailurePolicy'), 'rules')) {
    for (const pattern of objectsAt(rule, 'onPodConditions')) if (!pattern.status) pattern.status = 'True'
  }
}

function labelsFromTemplate(object: JsonObject, labels: JsonObject): void {
  const metadata = ensureObject(object, 'metadata')
  const own = objectAt(metadata, 'labels')
  if (!own || Object.keys(own).length === 0) metadata.labels = { ...labels }
}
