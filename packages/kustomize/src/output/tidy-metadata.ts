import { originAnnotation, transformationsAnnotation } from '../resources/origin.ts'
import type { Resource } from '../resources/resource.ts'

/** Version of the reference tool whose output this is. */
const referenceVersion = 'v5.8.2'

/** Writes the label that names the tool, where `buildMetadata` asks for it. */
export function addManagedBy(resources: readonly Resource[], metadata: readonly string[]): void {
  if (!metadata.includes('managedByLabel')) return
  for (const resource of resources) {
    resource.setMetadataMap('labels', {
      ...(resource.metadata.labels as Record<string, string> | undefined),
      'app.kubernetes.io/managed-by': `kustomize-${referenceVersion}`,
    })
  }
}

/** Takes out annotations that nobody asked for; all others become texts, and an empty map goes. */
export function tidyAnnotations(resources: readonly Resource[], metadata: readonly string[]): void {
  for (const resource of resources) {
    const { annotations } = resource
    for (const internal of internalAnnotations) delete annotations[internal]
    if (!metadata.includes('originAnnotations')) delete annotations[originAnnotation]
    if (!metadata.includes('transformerAnnotations')) delete annotations[transformationsAnnotation]
    resource.setMetadataMap('annotations', annotations)
  }
}

const internalAnnotations = [
  ...['previousKinds', 'previousNames', 'prefixes', 'suffixes', 'previousNamespaces', 'allowNameChange'],
  ...['allowKindChange', 'refBy', 'generatorBehavior', 'needsHashSuffix', 'path', 'index', 'seqindent', 'id'],
]
  .map((name) => `internal.config.kubernetes.io/${name}`)
  .concat(['config.kubernetes.io/path', 'config.kubernetes.io/index', 'config.k8s.io/id'])
