import type { KubeObject } from '@driftless/kube-objects'

/** Annotations that steer a sync. */
export const annotations = {
  syncOptions: 'argocd.argoproj.io/sync-options',
  syncWave: 'argocd.argoproj.io/sync-wave',
  hook: 'argocd.argoproj.io/hook',
  hookDeletePolicy: 'argocd.argoproj.io/hook-delete-policy',
  helmHook: 'helm.sh/hook',
  helmHookWeight: 'helm.sh/hook-weight',
  helmHookDeletePolicy: 'helm.sh/hook-delete-policy',
  helmResourcePolicy: 'helm.sh/resource-policy',
} as const

/** The text of an annotation; undefined when absent or not a text. */
export function annotationOf(object: KubeObject, key: string): string | undefined {
  const all: unknown = object.metadata.annotations
  if (typeof all !== 'object' || all === null || !Object.hasOwn(all, key)) return undefined
  const value = (all as Record<string, unknown>)[key]
  return typeof value === 'string' ? value : undefined
}

/** The trimmed items of a comma list in an annotation, each once. */
export function annotationList(object: KubeObject, key: string): string[] {
  const items = (annotationOf(object, key) ?? '').split(',').map((item) => item.trim())
  return [...new Set(items.filter((item) => item !== ''))]
}
