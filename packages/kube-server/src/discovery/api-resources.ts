import type { ServedKind } from '../api/served-kind.ts'

/** One row of a resource list: a resource or one of its subresources. */
export interface ApiResource {
  name: string
  singularName: string
  namespaced: boolean
  kind: string
  verbs: readonly string[]
  group?: string
  version?: string
  shortNames?: readonly string[]
  categories?: readonly string[]
}

/** The rows of a kind, subresources after it by name. */
export function apiResources(kind: ServedKind): ApiResource[] {
  const main: ApiResource = {
    name: kind.plural,
    singularName: kind.singular,
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs: kind.verbs,
    ...(kind.shortNames?.length ? { shortNames: kind.shortNames } : {}),
    ...(kind.categories?.length ? { categories: kind.categories } : {}),
  }
  return [main, ...subresourceRows(kind)]
}

function subresourceRows({ plural, kind, namespaced, subresources, strategy }: ServedKind): ApiResource[] {
  const row = (name: string, verbs: readonly string[], of: Partial<ApiResource> = {}): ApiResource => ({
    name: `${plural}/${name}`,
    singularName: '',
    namespaced,
    kind,
    verbs,
    ...of,
  })
  return [
    ...(subresources.binding === true ? [row('binding', ['create'], { kind: 'Binding' })] : []),
    ...(subresources.eviction === true
      ? [row('eviction', ['create'], { group: 'policy', version: 'v1', kind: 'Eviction' })]
      : []),
    ...(subresources.finalize === true ? [row('finalize', ['update'])] : []),
    ...(subresources.log === true ? [row('log', ['get'])] : []),
    ...(subresources.scale === undefined
      ? []
      : [row('scale', readWrite, { group: 'autoscaling', version: 'v1', kind: 'Scale' })]),
    ...(subresources.status === true ? [row('status', readWrite)] : []),
    ...(subresources.token === true && strategy.issueToken !== undefined
      ? [row('token', ['create'], { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' })]
      : []),
  ]
}

const readWrite = ['get', 'patch', 'update']
