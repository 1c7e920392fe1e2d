import type { Lookup } from '@driftless/helm'
import type { KubeObject } from '@driftless/kube-objects'

/** Helm's `lookup` over given objects: one by its name, or a list without a name; an empty namespace means all for lists. */
export function lookupAmong(objects: readonly KubeObject[]): Lookup {
  return (apiVersion, kind, namespace, name) => {
    const found = objects.filter(
      (object) =>
        object.apiVersion === apiVersion &&
        object.kind === kind &&
        ((name === '' && namespace === '') || (object.metadata.namespace ?? '') === namespace) &&
        (name === '' || object.metadata.name === name),
    )
    if (name !== '') return found[0]
    return found.length === 0 ? undefined : { apiVersion, kind: `${kind}List`, metadata: {}, items: found }
  }
}
