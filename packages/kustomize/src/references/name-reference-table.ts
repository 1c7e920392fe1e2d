import type { FieldSpec } from '../transformers/field-path.ts'

/** Fields that name an object of a kind. */
export interface NameReferences {
  readonly kind: string
  /** Any group when absent. */
  readonly group?: string
  readonly fields: readonly FieldSpec[]
}

const podSpecs: readonly { prefix: string; kinds: readonly { kind: string; group?: string }[] }[] = [
  { prefix: 'spec', kinds: [{ kind: 'Pod' }] },
  {
    prefix: 'spec/template/spec',
    kinds: [
      { kind: 'Deployment' },
      { kind: 'ReplicaSet' },
      { kind: 'ReplicationController' },
      { kind: 'DaemonSet' },
      { kind: 'StatefulSet' },
      { kind: 'Job' },
    ],
  },
  { prefix: 'spec/jobTemplate/spec/template/spec', kinds: [{ kind: 'CronJob' }] },
]

function inPods(...paths: string[]): FieldSpec[] {
  return podSpecs.flatMap(({ prefix, kinds }) =>
    kinds.flatMap((kind) => paths.map((path) => ({ ...kind, path: `${prefix}/${path}` }))),
  )
}

function containers(...paths: string[]): string[] {
  return ['containers[]', 'initContainers[]'].flatMap((list) => paths.map((path) => `${list}/${path}`))
}

/** Which fields name which kinds. */
export const nameReferences: readonly NameReferences[] = [
  ...['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'].map((kind) => ({
    kind,
    fields: [{ path: 'spec/scaleTargetRef/name', kind: 'HorizontalPodAutoscaler' }],
  })),
  {
    kind: 'ConfigMap',
    group: '',
    fields: [
      ...inPods(
        'volumes[]/configMap/name',
        'volumes[]/projected/sources[]/configMap/name',
        ...containers('env[]/valueFrom/configMapKeyRef/name', 'envFrom[]/configMapRef/name'),
      ),
      { path: 'spec/configSource/configMap/name', kind: 'Node' },
    ],
  },
  {
    kind: 'Secret',
    group: '',
    fields: [
      ...inPods(
        'volumes[]/secret/secretName',
        'volumes[]/projected/sources[]/secret/name',
        'imagePullSecrets[]/name',
        ...containers('env[]/valueFrom/secretKeyRef/name', 'envFrom[]/secretRef/name'),
      ),
      { path: 'secrets[]/name', kind: 'ServiceAccount' },
      { path: 'imagePullSecrets[]/name', kind: 'ServiceAccount' },
      { path: 'spec/tls[]/secretName', kind: 'Ingress' },
      { path: 'parameters/adminSecretName', kind: 'StorageClass' },
      { path: 'parameters/userSecretName', kind: 'StorageClass' },
      { path: 'parameters/secretRef', kind: 'StorageClass' },
      { path: 'spec/rbd/secretRef/name', kind: 'PersistentVolume' },
    ],
  },
  {
    kind: 'Service',
    group: '',
    fields: [
      { path: 'spec/serviceName', kind: 'StatefulSet', group: 'apps' },
      { path: 'spec/rules[]/http/paths[]/backend/serviceName', kind: 'Ingress' },
      { path: 'spec/rules[]/http/paths[]/backend/service/name', kind: 'Ingress' },
      { path: 'spec/backend/serviceName', kind: 'Ingress' },
      { path: 'spec/defaultBackend/service/name', kind: 'Ingress' },
      { path: 'spec/service/name', kind: 'APIService', group: 'apiregistration.k8s.io' },
      { path: 'webhooks[]/clientConfig/service/name', kind: 'ValidatingWebhookConfiguration' },
      { path: 'webhooks[]/clientConfig/service/name', kind: 'MutatingWebhookConfiguration' },
    ],
  },
  {
    kind: 'Role',
    group: 'rbac.authorization.k8s.io',
    fields: [{ path: 'roleRef/name', kind: 'RoleBinding', group: 'rbac.authorization.k8s.io' }],
  },
  {
    kind: 'ClusterRole',
    group: 'rbac.authorization.k8s.io',
    fields: [
      { path: 'roleRef/name', kind: 'RoleBinding', group: 'rbac.authorization.k8s.io' },
      { path: 'roleRef/name', kind: 'ClusterRoleBinding', group: 'rbac.authorization.k8s.io' },
    ],
  },
  {
    kind: 'ServiceAccount',
    group: '',
    fields: inPods('serviceAccountName', 'serviceAccount'),
  },
  {
    kind: 'PersistentVolumeClaim',
    group: '',
    fields: inPods('volumes[]/persistentVolumeClaim/claimName'),
  },
  { kind: 'PersistentVolume', group: '', fields: [{ path: 'spec/volumeName', kind: 'PersistentVolumeClaim' }] },
  {
    kind: 'StorageClass',
    group: 'storage.k8s.io',
    fields: [
      { path: 'spec/storageClassName', kind: 'PersistentVolume' },
      { path: 'spec/storageClassName', kind: 'PersistentVolumeClaim' },
      { path: 'spec/volumeClaimTemplates[]/spec/storageClassName', kind: 'StatefulSet' },
    ],
  },
  { kind: 'PriorityClass', group: 'scheduling.k8s.io', fields: inPods('priorityClassName') },
  { kind: 'IngressClass', group: 'networking.k8s.io', fields: [{ path: 'spec/ingressClassName', kind: 'Ingress' }] },
]
