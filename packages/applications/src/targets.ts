import { formatKey, gvkOf, type KubeObject, keyOf, type ObjectKey } from '@driftless/kube-objects'
import type { ApplicationCondition } from '@driftless/model'
import type { RenderedSource } from '@driftless/render'
import { trackingAnnotation, trackingId } from './tracking.ts'

/** One desired object, ready to be compared and applied. */
export interface Target {
  readonly key: ObjectKey
  readonly object: KubeObject
  /** Hash of the object as rendered; with the same destination it stands for the target. */
  readonly hash: string
}

export interface TargetsRequest {
  readonly rendered: readonly RenderedSource[]
  readonly instance: string
  /** Destination namespace. */
  readonly namespace: string
  readonly scopeOf: (kind: { group: string; version: string; kind: string }) => 'Namespaced' | 'Cluster' | undefined
}

/** The desired set of an application: namespaces filled in, tracked, without repetitions (spec: sync §2). */
export function buildTargets(request: TargetsRequest): { targets: Target[]; conditions: ApplicationCondition[] } {
  const targets = new Map<string, Target>()
  const repeated = new Map<string, number>()
  let unnamed = 0
  for (const { objects, hashes } of request.rendered) {
    objects.forEach((rendered, position) => {
      const target = prepare(rendered, hashes[position] ?? '', request)
      const name =
        target.key.name === '' ? `${target.object.metadata.generateName ?? ''}#${unnamed++}` : target.key.name
      const text = formatKey({ ...target.key, name })
      if (targets.has(text)) repeated.set(text, (repeated.get(text) ?? 1) + 1)
      targets.delete(text)
      targets.set(text, target)
    })
  }
  const conditions = [...repeated].map(([key, count]) => ({
    type: 'RepeatedResourceWarning' as const,
    message: `Resource ${key} appeared ${count} times among application resources.`,
  }))
  return { targets: [...targets.values()], conditions }
}

function prepare(rendered: KubeObject, hash: string, request: TargetsRequest): Target {
  const gvk = gvkOf(rendered)
  const cluster = request.scopeOf(gvk) === 'Cluster'
  const { namespace: given, ...metadata } = rendered.metadata
  const namespace = cluster ? undefined : given || request.namespace
  const placed: KubeObject = { ...rendered, metadata: namespace === undefined ? metadata : { ...metadata, namespace } }
  const key = keyOf(placed)
  if (gvk.kind === 'CustomResourceDefinition' && gvk.group === 'apiextensions.k8s.io')
    return { key, object: placed, hash }
  const tracked = trackingId(request.instance, { ...key, namespace: namespace ?? request.namespace })
  const annotations = { ...placed.metadata.annotations, [trackingAnnotation]: tracked }
  return { key, hash, object: { ...placed, metadata: { ...placed.metadata, annotations } } }
}
