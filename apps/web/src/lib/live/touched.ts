import type { Change } from '@driftless/model'
import type { QueryKey } from '@tanstack/react-query'

/** The keys of what a batch of changes makes old, each once. */
export function touchedKeys(changes: readonly Change[]): QueryKey[] {
  const touched = new Map<string, QueryKey>()
  const touch = (...key: string[]) => touched.set(key.join('\u0000'), key)
  for (const { kind, namespace, name } of changes) {
    switch (kind) {
      case 'Application':
        touch('applications')
        touch('application', namespace, name)
        touch('managed', namespace, name)
        touch('operations', namespace, name)
        break
      case 'ResourceTree':
        touch('tree', namespace, name)
        touch('managed', namespace, name)
        touch('resource', namespace, name)
        touch('events', namespace, name)
        break
      case 'Operation':
        touch('application', namespace, name)
        touch('operations', namespace, name)
        break
      case 'Repository':
        touch('repositories')
        break
      case 'Cluster':
        touch('clusters')
        break
      case 'Project':
        touch('projects')
        break
    }
  }
  return [...touched.values()]
}
