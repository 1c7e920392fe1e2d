import type { KubeObject } from '@driftless/kube-objects'
import { isObject } from '../json-value.ts'
import { lastAppliedAnnotation } from '../normalise/normalise.ts'

/** The state that a client-side apply left in an annotation; undefined when there is none or it is not an object. */
export function lastAppliedOf(live: KubeObject): KubeObject | undefined {
  const annotations: unknown = live.metadata.annotations
  if (!isObject(annotations) || !Object.hasOwn(annotations, lastAppliedAnnotation)) return undefined
  const text = annotations[lastAppliedAnnotation]
  if (typeof text !== 'string') return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    if (!isObject(parsed)) return undefined
    const { apiVersion, kind, metadata } = parsed
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined
    return { ...parsed, apiVersion, kind, metadata: isObject(metadata) ? metadata : {} }
  } catch {
    return undefined
  }
}
