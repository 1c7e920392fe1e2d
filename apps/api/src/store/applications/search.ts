import type { ApplicationPage, ApplicationSearch } from '@driftless/contract'
import { parseLabelSelector } from '@driftless/kube-objects'
import { type ApplicationRow, applicationRow, stringMap } from '@driftless/model'
import type { Database } from '../database.ts'
import { type Application, Prisma } from '../generated/client.ts'
import {
  attention,
  clusterJoin,
  type FacetName,
  facetCondition,
  facetNames,
  facetValues,
  orderOf,
  textCondition,
} from './search-conditions.ts'

/** Which applications a caller may see: all, or those of these projects. */
export type Visibility = 'all' | { readonly projects: readonly string[] }

interface FacetLine {
  facet: string
  value: string
  count: number
}

/** One page of applications with its counts. Throws `SELECTOR_INVALID`. */
export async function searchApplications(
  database: Database,
  search: ApplicationSearch,
  visibility: Visibility,
): Promise<ApplicationPage> {
  const visible = visibility === 'all' ? Prisma.sql`true` : Prisma.sql`a.project = ANY(${[...visibility.projects]})`
  const labelled = await idsByLabels(database, search.labels)
  const where = Prisma.sql`${visible} AND ${textCondition(search.search)} AND ${
    labelled === undefined ? Prisma.sql`true` : Prisma.sql`a.id = ANY(${labelled}::uuid[])`
  }`
  const everyFacet = Prisma.join(
    facetNames.map((name) => facetCondition(name, search)),
    ' AND ',
  )
  const { prisma } = database
  const [page, counts, [meta]] = await Promise.all([
    prisma.$queryRaw<{ id: string }[]>`
      SELECT id FROM (SELECT a.id, a.name, a.namespace, a."createdAt", a."operationFinishedAt", ${attention} AS attention
        FROM "Application" a ${clusterJoin} WHERE ${where} AND ${everyFacet}) found
      ORDER BY ${orderOf(search)} LIMIT ${search.limit} OFFSET ${search.offset}`,
    prisma.$queryRaw<FacetLine[]>(facetQuery(search, where)),
    prisma.$queryRaw<{ version: bigint | null; all: number }[]>`
      SELECT (SELECT max(version) FROM "Event") AS version, (SELECT count(*)::int FROM "Application" a WHERE ${visible}) AS all`,
  ])
  const rows = await readRows(
    database,
    page.map((row) => row.id),
  )
  return {
    rows,
    total: counts.find((line) => line.facet === 'total')?.count ?? 0,
    all: meta?.all ?? 0,
    facets: Object.fromEntries(facetNames.map((name) => [name, linesOf(counts, name)])) as ApplicationPage['facets'],
    version: Number(meta?.version ?? 0n),
  }
}

/** One row a facet value, counted with the other facets' filters applied; `total` with all of them. */
function facetQuery(search: ApplicationSearch, where: Prisma.Sql): Prisma.Sql {
  const passes = (name: FacetName) => Prisma.raw(`"pass_${name}"`)
  const value = (name: FacetName) => Prisma.raw(`"value_${name}"`)
  const columns = facetNames.map(
    (name) => Prisma.sql`${facetValues[name]} AS ${value(name)}, ${facetCondition(name, search)} AS ${passes(name)}`,
  )
  const others = (name?: FacetName) =>
    Prisma.join(
      facetNames.filter((other) => other !== name).map((other) => passes(other)),
      ' AND ',
    )
  const lines = facetNames.map(
    (name) => Prisma.sql`SELECT ${name} AS facet, ${value(name)} AS value, count(*)::int AS count
      FROM base WHERE ${others(name)} GROUP BY ${value(name)}`,
  )
  return Prisma.sql`
    WITH base AS MATERIALIZED (SELECT ${Prisma.join(columns, ', ')} FROM "Application" a ${clusterJoin} WHERE ${where})
    ${Prisma.join(lines, ' UNION ALL ')}
    UNION ALL SELECT 'total', '', count(*)::int FROM base WHERE ${others()}`
}

function linesOf(counts: readonly FacetLine[], name: FacetName): { value: string; count: number }[] {
  return counts
    .filter((line) => line.facet === name && line.value !== '')
    .map(({ value, count }) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
}

/** Ids of the applications that a label selector matches; undefined without a selector. */
async function idsByLabels(database: Database, selector: string | undefined): Promise<string[] | undefined> {
  if (selector === undefined || selector.trim() === '') return undefined
  const matches = parseLabelSelector(selector)
  const rows = await database.prisma.application.findMany({ select: { id: true, labels: true } })
  return rows.filter((row) => matches(stringMap.parse(row.labels))).map((row) => row.id)
}

/** Rows of the applications with these ids, in their order. */
async function readRows(database: Database, ids: readonly string[]): Promise<ApplicationRow[]> {
  if (ids.length === 0) return []
  const [applications, clusters] = await Promise.all([
    database.prisma.application.findMany({
      where: { id: { in: [...ids] } },
      omit: { spec: true, annotations: true, comparedTo: true },
    }),
    database.prisma.cluster.findMany({ select: { server: true, name: true } }),
  ])
  const byId = new Map(applications.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row === undefined ? [] : [readRow(row, clusters)]
  })
}

function readRow(
  row: Omit<Application, 'spec' | 'annotations' | 'comparedTo'>,
  clusters: readonly { server: string; name: string }[],
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
