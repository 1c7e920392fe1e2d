import { builtInScope } from '@driftless/kube-objects'
import { currentId, type Resource, rememberId } from '../resources/resource.ts'

/** Puts every namespaced object into a namespace, renames Namespace objects, and moves the subjects of bindings along. */
export function setNamespace(resources: readonly Resource[], namespace: string): void {
  for (const resource of resources) {
    const { group, kind } = currentId(resource)
    if (group === '' && kind === 'Namespace') {
      rename(resource, { name: namespace })
      continue
    }
    if (builtInScope({ group, kind }) !== 'Cluster') rename(resource, { namespace })
    if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') moveSubjects(resource, namespace)
  }
}

function rename(resource: Resource, change: { name?: string; namespace?: string }): void {
  rememberId(resource)
  resource.object.metadata = { ...resource.object.metadata, ...change }
}

/** Only the account `default` follows blindly; other accounts follow by name reference when they move. */
function moveSubjects(resource: Resource, namespace: string): void {
  const subjects = resource.object.subjects
  if (!Array.isArray(subjects)) return
  for (const subject of subjects as { kind?: string; name?: string; namespace?: string }[]) {
    if (subject.kind === 'ServiceAccount' && subject.name === 'default') subject.namespace = namespace
  }
}
