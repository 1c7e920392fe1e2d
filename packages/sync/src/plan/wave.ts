import type { KubeObject } from '@driftless/kube-objects'
import { annotationOf, annotations } from './annotation.ts'

/** The wave an object asks for: its own annotation, else Helm's hook weight, else 0; what is not an integer is passed over. */
export function waveOf(object: KubeObject): number {
  for (const key of [annotations.syncWave, annotations.helmHookWeight]) {
    const text = annotationOf(object, key)
    if (text !== undefined && /^[+-]?\d{1,15}$/.test(text)) return Number(text)
  }
  return 0
}
