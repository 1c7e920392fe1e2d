import type { SearchQuery } from '#lib/api/keys.ts'

/** Filters of which several values may be chosen, by their names in the address. */
export const facetNames = ['sync', 'health', 'proj', 'cluster', 'namespace', 'repo', 'autoSync', 'operation'] as const
export type FacetName = (typeof facetNames)[number]

export const sortNames = ['name', 'attention', 'created', 'synced'] as const
export type SortName = (typeof sortNames)[number]

/** What the list of applications shows; the address says all of it. */
export interface ListState {
  readonly view: 'tiles' | 'list'
  readonly search: string
  readonly labels: string
  readonly sort: SortName
  readonly order: 'asc' | 'desc'
  readonly chosen: Readonly<Record<FacetName, readonly string[]>>
}

/** Reads the address; lists are repeated parameters or separated by commas. */
export function parseListState(params: URLSearchParams): ListState {
  const chosen = Object.fromEntries(facetNames.map((name) => [name, readList(params, name)])) as Record<
    FacetName,
    string[]
  >
  return {
    view: params.get('view') === 'list' ? 'list' : 'tiles',
    search: params.get('search') ?? '',
    labels: params.get('labels') ?? '',
    sort: sortNames.find((name) => name === params.get('sort')) ?? 'name',
    order: params.get('order') === 'desc' ? 'desc' : 'asc',
    chosen,
  }
}

/** The search that the server is asked for. */
export function toSearchQuery(state: ListState): SearchQuery {
  const query: Record<string, unknown> = { sort: state.sort, order: state.order }
  if (state.search !== '') query.search = state.search
  if (state.labels !== '') query.labels = state.labels
  for (const name of facetNames) if (state.chosen[name].length > 0) query[name] = [...state.chosen[name]]
  return query as SearchQuery
}

/** The value of a facet's parameter after one choice was turned on or off; `undefined` when none is left. */
export function toggleChoice(chosen: readonly string[], value: string): string | undefined {
  const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]
  return next.length === 0 ? undefined : next.join(',')
}

/** Parameters that take every filter away. */
export function clearedFilters(): Record<string, undefined> {
  return Object.fromEntries(['search', 'labels', ...facetNames].map((name) => [name, undefined]))
}

/** How many filters narrow the list. */
export function countFilters(state: ListState): number {
  const facets = facetNames.reduce((sum, name) => sum + state.chosen[name].length, 0)
  return facets + (state.search === '' ? 0 : 1) + (state.labels === '' ? 0 : 1)
}

function readList(params: URLSearchParams, name: string): string[] {
  return params
    .getAll(name)
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '')
}
