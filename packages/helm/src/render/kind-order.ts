import type { HelmVersion } from '../engine/helm-version.ts'

/** Kinds in the order in which Helm installs them. */
export const installOrder: readonly string[] = [
  'PriorityClass',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'SecretList',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleList',
  'ClusterRoleBinding',
  'ClusterRoleBindingList',
  'Role',
  'RoleList',
  'RoleBinding',
  'RoleBindingList',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
]

/** Kinds that Helm 3 does not know. */
const newKinds = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']

const ranks: Readonly<Record<HelmVersion, ReadonlyMap<string, number>>> = {
  '3': new Map(installOrder.filter((kind) => !newKinds.includes(kind)).map((kind, index) => [kind, index])),
  '4': new Map(installOrder.map((kind, index) => [kind, index])),
}

/** Orders kinds for installation: known ones by the table, unknown ones after them by name. */
export function kindComparer(helm: HelmVersion): (a: string, b: string) => number {
  const known = ranks[helm]
  return (a, b) => {
    const x = known.get(a)
    const y = known.get(b)
    if (x !== undefined && y !== undefined) return x - y
    if (x !== undefined) return -1
    if (y !== undefined) return 1
    return a < b ? -1 : a > b ? 1 : 0
  }
}
