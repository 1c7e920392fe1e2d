import type { LabelEntry } from '../load/kustomization.ts'
import { currentId, type Resource } from '../resources/resource.ts'
import { appliesTo, changeField, type FieldSpec } from './field-path.ts'

const metadata: readonly FieldSpec[] = [{ path: 'metadata/labels', create: true }]

const templates: readonly FieldSpec[] = [
  { path: 'spec/template/metadata/labels', create: true, version: 'v1', kind: 'ReplicationController' },
  { path: 'spec/template/metadata/labels', create: true, kind: 'Deployment' },
  { path: 'spec/template/metadata/labels', create: true, kind: 'ReplicaSet' },
  { path: 'spec/template/metadata/labels', create: true, kind: 'DaemonSet' },
  { path: 'spec/template/metadata/labels', create: true, group: 'apps', kind: 'StatefulSet' },
  { path: 'spec/volumeClaimTemplates[]/metadata/labels', create: true, group: 'apps', kind: 'StatefulSet' },
  { path: 'spec/template/metadata/labels', create: true, group: 'batch', kind: 'Job' },
  { path: 'spec/jobTemplate/metadata/labels', create: true, group: 'batch', kind: 'CronJob' },
  { path: 'spec/jobTemplate/spec/template/metadata/labels', create: true, group: 'batch', kind: 'CronJob' },
]

const podSpecPaths: readonly (FieldSpec & { path: string })[] = [
  { path: 'spec/template/spec', kind: 'Deployment', group: 'apps' },
  { path: 'spec/template/spec', kind: 'StatefulSet', group: 'apps' },
]

const selectors: readonly FieldSpec[] = [
  { path: 'spec/selector', create: true, version: 'v1', kind: 'Service' },
  { path: 'spec/selector', create: true, version: 'v1', kind: 'ReplicationController' },
  { path: 'spec/selector/matchLabels', create: true, kind: 'Deployment' },
  { path: 'spec/selector/matchLabels', create: true, kind: 'ReplicaSet' },
  { path: 'spec/selector/matchLabels', create: true, kind: 'DaemonSet' },
  { path: 'spec/selector/matchLabels', create: true, group: 'apps', kind: 'StatefulSet' },
  { path: 'spec/selector/matchLabels', create: false, group: 'batch', kind: 'Job' },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', create: false, group: 'batch', kind: 'CronJob' },
  { path: 'spec/selector/matchLabels', create: false, group: 'policy', kind: 'PodDisruptionBudget' },
  { path: 'spec/podSelector/matchLabels', create: false, group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  {
    path: 'spec/ingress[]/from[]/podSelector/matchLabels',
    create: false,
    group: 'networking.k8s.io',
    kind: 'NetworkPolicy',
  },
  {
    path: 'spec/egress[]/to[]/podSelector/matchLabels',
    create: false,
    group: 'networking.k8s.io',
    kind: 'NetworkPolicy',
  },
  ...podSpecPaths.flatMap(({ path, kind, group = '' }) => [
    ...['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
      {
        path: `${path}/affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution[]/podAffinityTerm/labelSelector/matchLabels`,
        create: false,
        group,
        kind,
      },
      {
        path: `${path}/affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution[]/labelSelector/matchLabels`,
        create: false,
        group,
        kind,
      },
    ]),
    { path: `${path}/topologySpreadConstraints[]/labelSelector/matchLabels`, create: false, group, kind },
  ]),
]

/** Writes labels to metadata, and as asked to templates, selectors and further fields. */
export function setLabels(resources: readonly Resource[], entry: LabelEntry): void {
  const specs = [
    ...(entry.fields as readonly FieldSpec[]),
    ...metadata,
    ...(entry.includeSelectors || entry.includeTemplates ? templates : []),
    ...(entry.includeSelectors ? selectors : []),
  ]
  for (const resource of resources) {
    const id = currentId(resource)
    for (const spec of specs) {
      if (appliesTo(spec, id))
        changeField(resource.object, spec, (value) => ({ ...(value as object | null), ...entry.pairs }))
    }
  }
}
