import type { KubeObject } from '@driftless/kube-objects'
import type { KindStrategy } from '../api/served-kind.ts'
import { isObject } from '../validation/decode.ts'

/** Finalizer in `spec.finalizers` that stands for the namespace's content. */
export const contentFinalizer = 'kubernetes'

const nameLabel = 'kubernetes.io/metadata.name'

/** Adds the lifecycle of namespaces to a strategy: phase, name label, content finalizer. */
export function namespaceStrategy(base: KindStrategy): KindStrategy {
  return {
    ...base,
    hasGeneration: false,
    nameRule: 'label',
    returnsDeletedObject: true,
    defaults(object) {
      const defaulted = base.defaults?.(object) ?? object
      const { name } = defaulted.metadata
      if (!name) return defaulted
      const labels = { ...defaulted.metadata.labels, [nameLabel]: name }
      return { ...defaulted, metadata: { ...defaulted.metadata, labels } }
    },
    prepareForCreate(object, context) {
      base.prepareForCreate?.(object, context)
      const { finalizers } = specOf(object)
      const own = Array.isArray(finalizers) ? finalizers.filter((name) => name !== contentFinalizer) : []
      object.spec = { ...specOf(object), finalizers: [...own, contentFinalizer] }
      object.status = { phase: 'Active' }
    },
    prepareForUpdate(next, previous, context) {
      base.prepareForUpdate?.(next, previous, context)
      next.spec = { ...specOf(next), finalizers: specOf(previous).finalizers ?? [] }
    },
  }
}

function specOf(object: KubeObject): Record<string, unknown> {
  return isObject(object.spec) ? object.spec : {}
}
