import type { ApplicationPage, ApplicationSearch } from '@driftless/contract'
import { parseLabelSelector } from '@driftless/kube-objects'
import { type ApplicationRow, applicationRow, stringMap } from '@driftless/model'
import type { Database } from '../database.ts'
import { type Application, Prisma } from '../generated/client.ts'
import {
  allOf,
  type ClusterName,
  type FacetName,
  facetCondition,
  facetNames,
  facetValues,
  orderOf,
  textCondition,
} from './search-conditions.ts'

/** Which applications a caller may see: all, or those of these projects. */
export type Visibility = 'all' | { readonly projects: readonly string[] }

/** Counts of one search, without its page. */
type Counts = Pick<ApplicationPage, 'total' | 'all' | 'facets'>

/** Answers searches; counts are kept until something changes, so that paging and polling cost little. */
export interface ApplicationSearcher {
  /** One page of applications with its counts. Throws `SELECTOR_INVALID`. */
  search(search: ApplicationSearch, visibility: Visibility): Promise<ApplicationPage>
}

const keptCounts = 200

/** Creates the searcher of a database. */
export function createApplicationSearcher(database: Database): ApplicationSearcher {
  const { prisma } = database
  const kept = new Map<string, { version: number; counts: Promise<Counts> }>()
  const countsAt = (version: number, key: string, count: () => Promise<Counts>): Promise<Counts> => {
    const known = kept.get(key)
    if (known?.version === version) return known.counts
    const counts = count()
    kept.delete(key)
    kept.set(key, { version, counts })
    counts.catch(() => kept.delete(key))
    const [oldest] = kept.keys()
    if (kept.size > keptCounts && oldest !== undefined) kept.delete(oldest)
    return counts
  }
  return {
    async search(search, visibility) {
      const [version, clusters, labelled] = await Promise.all([
        database.changes.current(),
        prisma.cluster.findMany({ select: { server: true, name: true } }),
        idsByLabels(database, search.labels),
      ])
      const visible = visibility === 'all' ? undefined : Prisma.sql`a.project = ANY(${[...visibility.projects]})`
      const base = allOf([
        visible,
        textCondition(search.search),
        labelled === undefined ? undefined : Prisma.sql`a.id = ANY(${labelled}::uuid[])`,
      ])
      const request: SearchRequest = { database, search, clusters, base, visible: allOf([visible]) }
      const { sort: _s, order: _o, offset: _f, limit: _l, ...filters } = search
      const [rows, counts] = await Promise.all([
        readPage(request),
        countsAt(version, JSON.stringify([filters, visibility]), () => readCounts(request)),
      ])
      return { rows, ...counts, version }
    },
  }
}

interface SearchRequest {
  readonly database: Database
  readonly search: ApplicationSearch
  readonly clusters: readonly ClusterName[]
  /** What holds for every row: visibility, text, labels. */
  readonly base: Prisma.Sql
  readonly visible: Prisma.Sql
}

async function readPage({ database, search, clusters, base }: SearchRequest): Promise<ApplicationRow[]> {
  const conditions = allOf(facetNames.map((name) => facetCondition(name, search, clusters)))
  const page = await database.prisma.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM "Application" a WHERE ${base} AND ${conditions}
    ORDER BY ${orderOf(search)} LIMIT ${search.limit} OFFSET ${search.offset}`
  return readRows(
    database,
    page.map((row) => row.id),
    clusters,
  )
}

/**
 * Counts every value of every facet in one pass over the rows: a grouping set a facet, each with an aggregate that applies
 * the other facets' filters. The empty set counts the rows that pass all.
 */
async function readCounts({ database, search, clusters, base, visible }: SearchRequest): Promise<Counts> {
  const conditionOf = (name: FacetName) => facetCondition(name, search, clusters)
  const column = (prefix: 'v' | 'c', name: FacetName | 'total') => Prisma.raw(`"${prefix}_${name}"`)
  const countOf = (name: FacetName | 'total') => {
    const others = facetNames.filter((other) => other !== name).map(conditionOf)
    const filter = others.every((condition) => condition === undefined)
      ? Prisma.empty
      : Prisma.sql` FILTER (WHERE ${allOf(others)})`
    return Prisma.sql`count(*)${filter} AS ${column('c', name)}`
  }
  const values = facetNames.map((name) => facetValues[name])
  const lines = await database.prisma.$queryRaw<Record<string, string | number | bigint | null>[]>`
    SELECT ${Prisma.join([...facetNames.map((name, index) => Prisma.sql`${values[index]} AS ${column('v', name)}`), ...facetNames.map(countOf), countOf('total')], ', ')},
      GROUPING(${Prisma.join(values, ', ')}) AS grouped
    FROM "Application" a WHERE ${base}
    GROUP BY GROUPING SETS (${Prisma.join(
      values.map((value) => Prisma.sql`(${value})`),
      ', ',
    )}, ())`
  const [all] = await database.prisma.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "Application" a WHERE ${visible}`
  const allOnes = (1 << facetNames.length) - 1
  const facets = facetNames.map((name, index) => {
    const own = lines.filter((line) => Number(line.grouped) === (allOnes ^ (1 << (facetNames.length - 1 - index))))
    const counts = own.map((line) => ({ value: String(line[`v_${name}`]), count: Number(line[`c_${name}`]) }))
    return [name, sortedFacet(name === 'cluster' ? byClusterName(counts, clusters) : counts)]
  })
  return {
    total: Number(lines.find((line) => Number(line.grouped) === allOnes)?.c_total ?? 0),
    all: all?.count ?? 0,
    facets: Object.fromEntries(facets) as ApplicationPage['facets'],
  }
}

type FacetLine = ApplicationPage['facets']['sync'][number]

function sortedFacet(counts: readonly FacetLine[]): FacetLine[] {
  return counts
    .filter(({ value, count }) => value !== '' && count > 0)
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
}

/** Destinations under the name of their cluster, whichever way they were written. */
function byClusterName(counts: readonly FacetLine[], clusters: readonly ClusterName[]): FacetLine[] {
  const names = new Map(clusters.map((cluster) => [cluster.server, cluster.name]))
  const sums = new Map<string, number>()
  for (const { value, count } of counts) {
    const name = names.get(value) ?? value
    sums.set(name, (sums.get(name) ?? 0) + count)
  }
  return [...sums].map(([value, count]) => ({ value, count }))
}

/** Ids of the applications that a label selector matches; undefined without a selector. */
async function idsByLabels(database: Database, selector: string | undefined): Promise<string[] | undefined> {
  if (selector === undefined || selector.trim() === '') return undefined
  const matches = parseLabelSelector(selector)
  const rows = await database.prisma.application.findMany({ select: { id: true, labels: true } })
  return rows.filter((row) => matches(stringMap.parse(row.labels))).map((row) => row.id)
}

/** Rows of the applications with these ids, in their order. */
async function readRows(
  database: Database,
  ids: readonly string[],
  clusters: readonly ClusterName[],
): Promise<ApplicationRow[]> {
  if (ids.length === 0) return []
  const applications = await database.prisma.application.findMany({
    where: { id: { in: [...ids] } },
    omit: { spec: true, annotations: true, comparedTo: true },
  })
  const byId = new Map(applications.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row === undefined ? [] : [readRow(row, clusters)]
  })
}

function readRow(
  row: Omit<Application, 'spec' | 'annotations' | 'comparedTo'>,
  clusters: readonly ClusterName[],
): ApplicationRow {
  const cluster = clusters.find((candidate) =>
    row.destinationServer === '' ? candidate.name === row.destinationName : candidate.server === row.destinationServer,
  )
  return applicationRow.parse({
    ...present(row),
    uid: row.id,
    version: Number(row.version),
    repoURL: row.repoUrl,
    destinationServer: cluster?.server ?? row.destinationServer,
    destinationName: cluster?.name ?? row.destinationName,
    sync: row.sync ?? 'Unknown',
    health: row.health ?? 'Unknown',
    revision: row.revisions[0],
    refreshing: row.refreshType !== null,
  })
}

/** A row with times as text and without nulls. */
function present(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value]),
  )
}
