import type { Resource } from '../resources/resource.ts'
import { currentId } from '../resources/resource.ts'
import { appliesTo, changeField, type FieldSpec } from './field-path.ts'

const templates: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  { path: 'spec/template/metadata/annotations', create: true, version: 'v1', kind: 'ReplicationController' },
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job'].map((kind) => ({
    path: 'spec/template/metadata/annotations',
    create: true,
    kind,
  })),
  { path: 'spec/jobTemplate/metadata/annotations', create: true, group: 'batch', kind: 'CronJob' },
  { path: 'spec/jobTemplate/spec/template/metadata/annotations', create: true, group: 'batch', kind: 'CronJob' },
]

/** Writes annotations to every object and to its pod templates. */
export function setAnnotations(resources: readonly Resource[], annotations: Readonly<Record<string, string>>): void {
  if (Object.keys(annotations).length === 0) return
  for (const resource of resources) {
    const id = currentId(resource)
    for (const spec of templates) {
      if (appliesTo(spec, id))
        changeField(resource.object, spec, (value) => ({ ...(value as object | null), ...annotations }))
    }
  }
}
