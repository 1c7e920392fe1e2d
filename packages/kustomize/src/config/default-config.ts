import { defaultNameReferences } from './default-name-references.ts'
import type { FieldSpec } from './field-spec.ts'
import { sortByKind, type TransformerConfig } from './transformer-config.ts'
import { inContainers, inPods } from './workload-paths.ts'

const create = true

/** Places of labels (or annotations) in metadata, the object's own and those of templates. */
function metadataOf(field: 'labels' | 'annotations'): FieldSpec[] {
  const template = `spec/template/metadata/${field}`
  return [
    { path: `metadata/${field}`, create },
    { path: template, create, version: 'v1', kind: 'ReplicationController' },
    { path: template, create, kind: 'Deployment' },
    { path: template, create, kind: 'ReplicaSet' },
    { path: template, create, kind: 'DaemonSet' },
    { path: template, create, ...(field === 'labels' ? { group: 'apps' } : {}), kind: 'StatefulSet' },
    { path: template, create, group: 'batch', kind: 'Job' },
    { path: `spec/jobTemplate/metadata/${field}`, create, group: 'batch', kind: 'CronJob' },
    { path: `spec/jobTemplate/spec/template/metadata/${field}`, create, group: 'batch', kind: 'CronJob' },
  ]
}

const claimLabels: FieldSpec[] = [
  { path: 'spec/volumeClaimTemplates[]/metadata/labels', create, group: 'apps', kind: 'StatefulSet' },
]

const affinityPaths = ['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
  `spec/template/spec/affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
  `spec/template/spec/affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
])

const selectorLabels: FieldSpec[] = [
  { path: 'spec/selector', create, version: 'v1', kind: 'Service' },
  { path: 'spec/selector', create, version: 'v1', kind: 'ReplicationController' },
  { path: 'spec/selector/matchLabels', create, kind: 'Deployment' },
  { path: 'spec/selector/matchLabels', create, kind: 'ReplicaSet' },
  { path: 'spec/selector/matchLabels', create, kind: 'DaemonSet' },
  { path: 'spec/selector/matchLabels', create, group: 'apps', kind: 'StatefulSet' },
  ...['Deployment', 'StatefulSet'].flatMap((kind) =>
    [...affinityPaths, 'spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels'].map((path) => ({
      path,
      group: 'apps',
      kind,
    })),
  ),
  { path: 'spec/selector/matchLabels', group: 'batch', kind: 'Job' },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', group: 'batch', kind: 'CronJob' },
  { path: 'spec/selector/matchLabels', group: 'policy', kind: 'PodDisruptionBudget' },
  ...['spec/podSelector', 'spec/ingress/from/podSelector', 'spec/egress/to/podSelector'].map((path) => ({
    path: `${path}/matchLabels`,
    group: 'networking.k8s.io',
    kind: 'NetworkPolicy',
  })),
]

const variablePaths = inContainers('args', 'command', 'env/value', 'volumeMounts/mountPath')

const variableFields: FieldSpec[] = [
  ...inPods(['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'StatefulSet'], variablePaths),
  ...inPods(['DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet'], ['volumes/nfs/server']),
  { path: 'spec/jobTemplate/spec/template/volumes/nfs/server', kind: 'CronJob' },
  { path: 'spec/volumeClaimTemplates/spec/nfs/server', kind: 'StatefulSet' },
  { path: 'spec/template/metadata/annotations', kind: 'Deployment' },
  { path: 'spec/rules/host', kind: 'Ingress' },
  { path: 'spec/tls/hosts', kind: 'Ingress' },
  { path: 'spec/tls/secretName', kind: 'Ingress' },
  { path: 'spec/ports/port', kind: 'Service' },
  { path: 'spec/ports/targetPort', kind: 'Service' },
  { path: 'spec/nfs/server', kind: 'PersistentVolume' },
  { path: 'metadata/labels' },
  { path: 'metadata/annotations' },
]

const namespaceFields: FieldSpec[] = [
  { path: 'metadata/name', kind: 'Namespace', create },
  { path: 'spec/service/namespace', group: 'apiregistration.k8s.io', kind: 'APIService', create },
  {
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
  },
]

const imageFields: FieldSpec[] = [
  'spec/containers[]/image',
  'spec/initContainers[]/image',
  'spec/volumes[]/image/reference',
  'spec/template/spec/containers[]/image',
  'spec/template/spec/initContainers[]/image',
  'spec/template/spec/volumes[]/image/reference',
  'spec/jobTemplate/spec/template/spec/volumes[]/image/reference',
].map((path) => ({ path, create }))

const replicaFields: FieldSpec[] = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({
  path: 'spec/replicas',
  create,
  kind,
}))

/** What every layer starts from. */
export const defaultConfig: TransformerConfig = {
  namePrefix: [{ path: 'metadata/name' }],
  nameSuffix: [{ path: 'metadata/name' }],
  namespace: sortByKind(namespaceFields),
  commonLabels: sortByKind([...selectorLabels, ...metadataOf('labels'), ...claimLabels]),
  labels: [],
  templateLabels: sortByKind(metadataOf('labels')),
  volumeClaimTemplateLabels: claimLabels,
  commonAnnotations: sortByKind(metadataOf('annotations')),
  varReference: sortByKind(variableFields),
  images: imageFields,
  replicas: sortByKind(replicaFields),
  nameReference: defaultNameReferences,
}
