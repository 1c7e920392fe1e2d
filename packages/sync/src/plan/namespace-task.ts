import { formatKey, type KubeObject, keyOf } from '@driftless/kube-objects'
import { annotations } from './annotation.ts'
import type { DraftTask, PlanRequest } from './plan-sync.ts'

/** The task that makes the destination namespace, where the application asks for it and nothing else does it. */
export function namespaceTask(request: PlanRequest, tasks: readonly DraftTask[]): DraftTask[] {
  const { namespace, namespaceMetadata, options } = request
  if (namespace === '' || options.syncOptions?.includes('CreateNamespace=true') !== true) return []
  const key = { group: '', kind: 'Namespace', namespace: '', name: namespace }
  const isNamespace = (object: KubeObject) => formatKey(keyOf(object)) === formatKey(key)
  if (tasks.some((task) => task.target !== undefined && isNamespace(task.target))) return []
  const live = request.live.find(isNamespace) ?? request.destinationNamespace
  if (live !== undefined && namespaceMetadata === undefined) return []
  const target = namespaceObject(namespace, namespaceMetadata)
  return [
    { phase: 'PreSync', key, version: 'v1', target, createsNamespace: true, ...(live === undefined ? {} : { live }) },
  ]
}

function namespaceObject(name: string, managed: PlanRequest['namespaceMetadata']): KubeObject {
  if (managed === undefined) return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      ...(managed.labels === undefined ? {} : { labels: managed.labels }),
      // Server-side apply leaves the labels and annotations of others alone.
      annotations: { ...managed.annotations, [annotations.syncOptions]: 'ServerSideApply=true' },
    },
  }
}
