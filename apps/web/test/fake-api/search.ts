import type { ApplicationPage } from '@driftless/contract'
import type { ApplicationRow } from '@driftless/model'

type Facet = keyof ApplicationPage['facets']

const readFacet: Readonly<Record<Facet, (row: ApplicationRow) => string>> = {
  sync: (row) => row.sync,
  health: (row) => row.health,
  proj: (row) => row.project,
  cluster: (row) => row.destinationName,
  namespace: (row) => row.destinationNamespace,
  repo: (row) => row.repoURL,
  operation: (row) => row.operationPhase ?? 'Unknown',
  autoSync: (row) => (row.autoSync ? 'Enabled' : 'Disabled'),
}

const facets = Object.keys(readFacet) as Facet[]
const badness = ['Degraded', 'Missing', 'Unknown', 'Progressing', 'Suspended', 'Healthy']

/** Filters, counts, sorts and cuts rows as the server does. */
export function searchRows(rows: readonly ApplicationRow[], query: URLSearchParams, version: number): ApplicationPage {
  const words = (query.get('search') ?? '').toLowerCase()
  const matches = (row: ApplicationRow, without?: Facet) =>
    row.name.includes(words) &&
    facets.every((facet) => {
      const wanted = query.getAll(facet)
      return facet === without || wanted.length === 0 || wanted.includes(readFacet[facet](row))
    })
  const found = rows.filter((row) => matches(row)).sort(comparison(query.get('sort') ?? 'name'))
  if (query.get('order') === 'desc') found.reverse()
  const offset = Number(query.get('offset') ?? 0)
  return {
    rows: found.slice(offset, offset + Number(query.get('limit') ?? 100)),
    total: found.length,
    all: rows.length,
    version,
    facets: Object.fromEntries(
      facets.map((facet) => {
        const counts = new Map<string, number>()
        for (const row of rows.filter((each) => matches(each, facet)))
          counts.set(readFacet[facet](row), (counts.get(readFacet[facet](row)) ?? 0) + 1)
        return [facet, [...counts].map(([value, count]) => ({ value, count }))]
      }),
    ) as ApplicationPage['facets'],
  }
}

function comparison(sort: string): (a: ApplicationRow, b: ApplicationRow) => number {
  const byName = (a: ApplicationRow, b: ApplicationRow) => a.name.localeCompare(b.name)
  if (sort === 'attention') return (a, b) => badness.indexOf(a.health) - badness.indexOf(b.health) || byName(a, b)
  if (sort === 'created') return (a, b) => b.createdAt.localeCompare(a.createdAt)
  if (sort === 'synced') return (a, b) => (b.operationFinishedAt ?? '').localeCompare(a.operationFinishedAt ?? '')
  return byName
}
