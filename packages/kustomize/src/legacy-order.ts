import { formatApiVersion } from '@driftless/kube-objects'
import { currentId, type Resource } from './resources/resource.ts'

const first = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
]

const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']

/** The order in which `kustomize build` prints by default: kinds that others need first, webhooks last, the rest by id. */
export function sortLegacy(resources: readonly Resource[]): Resource[] {
  const keyed = resources.map((resource) => ({ resource, rank: rankOf(resource), text: sortText(resource) }))
  keyed.sort((a, b) => a.rank - b.rank || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
  return keyed.map(({ resource }) => resource)
}

function rankOf(resource: Resource): number {
  const { kind } = currentId(resource)
  const early = first.indexOf(kind)
  if (early >= 0) return early - first.length
  return last.indexOf(kind) + 1
}

function sortText(resource: Resource): string {
  const { group, version, kind, namespace, name } = currentId(resource)
  return [formatApiVersion(group, version), kind, namespace, name].join('~')
}
