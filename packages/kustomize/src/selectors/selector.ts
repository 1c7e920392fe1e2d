import { parseLabelSelector } from '@driftless/kube-objects'
import type { Resource } from '../resources/resource.ts'
import { effectiveNamespace, type ResourceId } from '../resources/resource-id.ts'
import type { ResourceSet } from '../resources/resource-set.ts'
import { createAnchored } from './pattern.ts'

/** Selects objects; group, version, kind, name and namespace are regular expressions for the whole text. */
export interface Selector {
  readonly group?: string
  readonly version?: string
  readonly kind?: string
  readonly name?: string
  readonly namespace?: string
  readonly labelSelector?: string
  readonly annotationSelector?: string
}

/** A selector's tests, one for each part. */
export interface SelectorTests {
  readonly gvk: (id: Pick<ResourceId, 'group' | 'version' | 'kind'>) => boolean
  readonly name: (name: string) => boolean
  readonly namespace: (namespace: string) => boolean
  /** Labels and annotations. */
  readonly metadata: (resource: Resource) => boolean
}

/** Prepares a selector. Throws `KUSTOMIZE_SELECTOR` and `SELECTOR_INVALID`. */
export function createSelector(selector: Selector): SelectorTests {
  const group = createAnchored(selector.group)
  const version = createAnchored(selector.version)
  const kind = createAnchored(selector.kind)
  const labels = selector.labelSelector ? parseLabelSelector(selector.labelSelector) : undefined
  const annotations = selector.annotationSelector ? parseLabelSelector(selector.annotationSelector) : undefined
  return {
    gvk: (id) => group(id.group) && version(id.version) && kind(id.kind),
    name: createAnchored(selector.name),
    namespace: createAnchored(selector.namespace),
    metadata: (resource) =>
      (labels === undefined || labels(resource.labels)) &&
      (annotations === undefined || annotations(resource.annotations)),
  }
}

/** The objects that a patch's target selects, by their original or present name and namespace. */
export function selectResources(resources: ResourceSet, selector: Selector): Resource[] {
  const tests = createSelector(selector)
  const literal = selector.name !== undefined && /^[\w-]+$/.test(selector.name) ? selector.name : undefined
  const candidates = literal === undefined ? resources.list : resources.named(literal)
  return candidates.filter((resource) => {
    const { id, originalId: original } = resource
    return (
      tests.gvk(id) &&
      (tests.name(original.name) || tests.name(id.name)) &&
      (tests.namespace(effectiveNamespace(original)) || tests.namespace(effectiveNamespace(id))) &&
      tests.metadata(resource)
    )
  })
}
