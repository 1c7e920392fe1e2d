import type { InputOf, Routes } from '@driftless/contract'

/** Identifies an application. */
export interface AppId {
  readonly namespace: string
  readonly name: string
}

export type SearchQuery = NonNullable<InputOf<Routes['searchApplications']>['query']>

/** Keys of everything that is read; what a change touches is found by their first parts. */
export const keys = {
  applications: ['applications'] as const,
  applicationPage: (query: SearchQuery) => ['applications', 'page', query] as const,
  application: (id: AppId) => ['application', id.namespace, id.name] as const,
  tree: (id: AppId) => ['tree', id.namespace, id.name] as const,
  managed: (id: AppId) => ['managed', id.namespace, id.name] as const,
  operations: (id: AppId) => ['operations', id.namespace, id.name] as const,
  events: (id: AppId, uid: string) => ['events', id.namespace, id.name, uid] as const,
  resource: (id: AppId, key: string) => ['resource', id.namespace, id.name, key] as const,
  revision: (id: AppId, revision: string) => ['revision', id.namespace, id.name, revision] as const,
  plan: (id: AppId, request: unknown) => ['plan', id.namespace, id.name, request] as const,
  repositories: ['repositories'] as const,
  references: (repo: string) => ['references', repo] as const,
  discovered: (repo: string, revision: string) => ['discovered', repo, revision] as const,
  clusters: ['clusters'] as const,
  projects: ['projects'] as const,
  session: ['session'] as const,
  settings: ['settings'] as const,
  version: ['version'] as const,
}
