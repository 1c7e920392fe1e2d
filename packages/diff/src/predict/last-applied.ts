import { type KubeObject, LAST_APPLIED } from '@driftless/kube-objects'
import { isObject } from '../json-value.ts'

/** The state that a client-side apply left in an annotation; undefined when there is none or it is not an object. */
export function lastAppliedOf(live: KubeObject): KubeObject | undefined {
  const annotations: unknown = live.metadata.annotations
  if (!isObject(annotations) || !Object.hasOwn(annotations, LAST_APPLIED)) return undefined
  const text = annotations[LAST_APPLIED]
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
