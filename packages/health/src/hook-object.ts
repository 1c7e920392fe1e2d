import type { KubeObject } from '@driftless/kube-objects'

/** Finalizer that a sync puts on its hooks. */
export const hookFinalizer = 'argocd.argoproj.io/hook-finalizer'

/** True when annotations make the object a hook of a sync (either vocabulary). */
export function isHookObject(object: KubeObject): boolean {
  const annotations = object.metadata.annotations ?? {}
  const own = (annotations['argocd.argoproj.io/hook'] ?? '').split(',').map((type) => type.trim())
  if (own.some((type) => type !== '')) return own.some((type) => type !== 'Skip')
  const helm = (annotations['helm.sh/hook'] ?? '').split(',').map((type) => type.trim())
  return helm.some((type) => type !== '' && type !== 'crd-install')
}
