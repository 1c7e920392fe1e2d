import { cloneJson } from '@driftless/kube-objects'
import type { Kustomization } from '../load/kustomization.ts'
import type { Place } from '../resources/accumulate.ts'
import type { Resource } from '../resources/resource.ts'
import { setAnnotations } from './annotations.ts'
import { setImages } from './images.ts'
import { setLabels } from './labels.ts'
import { setNamespace } from './namespace.ts'
import { applyPatches } from './patches.ts'
import { addAffixes } from './prefix-suffix.ts'
import { setReplicas } from './replicas.ts'

/** Runs one layer's transformers in the order that kustomize runs them. */
export function transform(resources: Resource[], kustomization: Kustomization, place: Place): void {
  // Objects may be shared with a caller's cache; from here on they are this build's own.
  for (const resource of resources) resource.object = cloneJson(resource.object)
  applyPatches(resources, kustomization.patches, { kustomization, place })
  if (kustomization.namespace !== undefined) setNamespace(resources, kustomization.namespace)
  addAffixes(resources, kustomization.namePrefix, kustomization.nameSuffix)
  for (const entry of kustomization.labels) setLabels(resources, entry)
  setAnnotations(resources, kustomization.annotations)
  applyPatches(resources, kustomization.jsonPatches, { kustomization, place })
  setReplicas(resources, kustomization.replicas)
  for (const image of kustomization.images) setImages(resources, image)
}
