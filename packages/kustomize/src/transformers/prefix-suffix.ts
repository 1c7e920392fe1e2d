import { currentId, type Resource, rememberId } from '../resources/resource.ts'

/** Kinds whose names mean something outside of the build and are never changed. */
const exempt = new Set([
  '/Namespace',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
])

/** Adds a prefix and a suffix to names. */
export function addAffixes(resources: readonly Resource[], prefix: string, suffix: string): void {
  if (prefix === '' && suffix === '') return
  for (const resource of resources) {
    const { group, kind, name } = currentId(resource)
    if (exempt.has(`${group}/${kind}`)) continue
    rememberId(resource)
    resource.object.metadata = { ...resource.object.metadata, name: `${prefix}${name}${suffix}` }
    if (prefix !== '') resource.prefixes.push(prefix)
    if (suffix !== '') resource.suffixes.push(suffix)
  }
}
