import type { FieldSpec } from './field-spec.ts'
import { type NameReference, sortByKind } from './transformer-config.ts'
import { inContainers, inPods } from './workload-paths.ts'

const workloads = ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob']
const accountUsers = ['Pod', 'StatefulSet', 'Deployment', 'ReplicationController', 'CronJob', 'Job', 'DaemonSet']
const rbac = 'rbac.authorization.k8s.io'
const admission = 'admissionregistration.k8s.io'

const inConfiguringPods = (paths: readonly string[]): FieldSpec[] => [
  ...inPods(['Pod'], paths).map((spec) => ({ ...spec, version: 'v1' })),
  ...inPods(['PodTemplate', ...workloads], paths),
]

const configMapFields: FieldSpec[] = [
  ...inConfiguringPods([
    'volumes/configMap/name',
    ...inContainers('env/valueFrom/configMapKeyRef/name', 'envFrom/configMapRef/name'),
    'volumes/projected/sources/configMap/name',
  ]),
  { path: 'spec/configSource/configMap', kind: 'Node' },
  { path: 'rules/resourceNames', kind: 'Role' },
  { path: 'rules/resourceNames', kind: 'ClusterRole' },
  { path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap', kind: 'Ingress' },
]

const secretFields: FieldSpec[] = [
  ...inConfiguringPods([
    'volumes/secret/secretName',
    ...inContainers('env/valueFrom/secretKeyRef/name', 'envFrom/secretRef/name'),
    'imagePullSecrets/name',
    'volumes/projected/sources/secret/name',
  ]),
  { path: 'spec/tls/secretName', kind: 'Ingress' },
  { path: 'metadata/annotations/ingress.kubernetes.io\\/auth-secret', kind: 'Ingress' },
  { path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret', kind: 'Ingress' },
  { path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret', kind: 'Ingress' },
  { path: 'imagePullSecrets/name', kind: 'ServiceAccount' },
  ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map((field) => ({
    path: `parameters/${field}`,
    kind: 'StorageClass',
  })),
  { path: 'rules/resourceNames', kind: 'Role' },
  { path: 'rules/resourceNames', kind: 'ClusterRole' },
  {
    path: 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name',
    kind: 'Service',
    group: 'serving.knative.dev',
    version: 'v1',
  },
  { path: 'spec/azureFile/secretName', kind: 'PersistentVolume' },
]

const serviceFields: FieldSpec[] = [
  { path: 'spec/serviceName', kind: 'StatefulSet', group: 'apps' },
  { path: 'spec/rules/http/paths/backend/serviceName', kind: 'Ingress' },
  { path: 'spec/backend/serviceName', kind: 'Ingress' },
  { path: 'spec/rules/http/paths/backend/service/name', kind: 'Ingress' },
  { path: 'spec/defaultBackend/service/name', kind: 'Ingress' },
  { path: 'spec/service/name', kind: 'APIService', group: 'apiregistration.k8s.io' },
  { path: 'webhooks/clientConfig/service', kind: 'ValidatingWebhookConfiguration', group: admission },
  { path: 'webhooks/clientConfig/service', kind: 'MutatingWebhookConfiguration', group: admission },
]

const storageClassFields: FieldSpec[] = [
  { path: 'spec/storageClassName', kind: 'PersistentVolume' },
  { path: 'spec/storageClassName', kind: 'PersistentVolumeClaim' },
  { path: 'spec/volumeClaimTemplates/spec/storageClassName', kind: 'StatefulSet' },
]

/** Which fields name which kinds, without any configuration. */
export const defaultNameReferences: readonly NameReference[] = sortByKind([
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({
    kind,
    fieldSpecs: [{ path: 'spec/scaleTargetRef/name', kind: 'HorizontalPodAutoscaler' }],
  })),
  { kind: 'ConfigMap', version: 'v1', fieldSpecs: sortByKind(configMapFields) },
  { kind: 'Secret', version: 'v1', fieldSpecs: sortByKind(secretFields) },
  { kind: 'Service', version: 'v1', fieldSpecs: sortByKind(serviceFields) },
  { kind: 'Role', group: rbac, fieldSpecs: [{ path: 'roleRef/name', kind: 'RoleBinding', group: rbac }] },
  {
    kind: 'ClusterRole',
    group: rbac,
    fieldSpecs: [
      { path: 'roleRef/name', kind: 'RoleBinding', group: rbac },
      { path: 'roleRef/name', kind: 'ClusterRoleBinding', group: rbac },
    ],
  },
  {
    kind: 'ServiceAccount',
    version: 'v1',
    fieldSpecs: [
      { path: 'subjects', kind: 'RoleBinding', group: rbac },
      { path: 'subjects', kind: 'ClusterRoleBinding', group: rbac },
      ...inPods(accountUsers, ['serviceAccountName']),
    ],
  },
  {
    kind: 'PersistentVolumeClaim',
    version: 'v1',
    fieldSpecs: inPods(accountUsers, ['volumes/persistentVolumeClaim/claimName']),
  },
  {
    kind: 'PersistentVolume',
    version: 'v1',
    fieldSpecs: [
      { path: 'spec/volumeName', kind: 'PersistentVolumeClaim' },
      { path: 'rules/resourceNames', kind: 'ClusterRole' },
    ],
  },
  { kind: 'StorageClass', version: 'v1', group: 'storage.k8s.io', fieldSpecs: storageClassFields },
  {
    kind: 'PriorityClass',
    version: 'v1',
    group: 'scheduling.k8s.io',
    fieldSpecs: inPods(accountUsers, ['priorityClassName']),
  },
  {
    kind: 'IngressClass',
    version: 'v1',
    // No group is called so: the reference tool, and we with it, leave these references alone.
    group: 'networking.k8s.io/v1',
    fieldSpecs: [{ path: 'spec/ingressClassName', kind: 'Ingress' }],
  },
  {
    kind: 'ValidatingAdmissionPolicy',
    group: admission,
    fieldSpecs: [{ path: 'spec/policyName', kind: 'ValidatingAdmissionPolicyBinding', group: admission }],
  },
])
