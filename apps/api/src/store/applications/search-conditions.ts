import type { ApplicationSearch } from '@driftless/contract'
import { Prisma } from '../generated/client.ts'

/** What an application search filters by, in the order of the console's filters. */
export const facetNames = ['sync', 'health', 'proj', 'cluster', 'namespace', 'repo', 'operation', 'autoSync'] as const
export type FacetName = (typeof facetNames)[number]

/** The value of each facet, over `"Application" a`; a cluster's is the destination as it is written. */
export const facetValues: Readonly<Record<FacetName, Prisma.Sql>> = {
  sync: Prisma.sql`COALESCE(a.sync, 'Unknown')`,
  health: Prisma.sql`COALESCE(a.health, 'Unknown')`,
  proj: Prisma.sql`a.project`,
  cluster: Prisma.sql`CASE WHEN a."destinationServer" = '' THEN a."destinationName" ELSE a."destinationServer" END`,
  namespace: Prisma.sql`a."destinationNamespace"`,
  repo: Prisma.sql`a."repoUrl"`,
  operation: Prisma.sql`COALESCE(a."operationPhase", '')`,
  autoSync: Prisma.sql`CASE WHEN a."autoSync" THEN 'Enabled' ELSE 'Disabled' END`,
}

/** A registered cluster, as destinations name it. */
export interface ClusterName {
  readonly server: string
  readonly name: string
}

/** Whether a row passes the search's filter of one facet; undefined when it has none. */
export function facetCondition(
  name: FacetName,
  search: ApplicationSearch,
  clusters: readonly ClusterName[],
): Prisma.Sql | undefined {
  const wanted = search[name] ?? []
  if (wanted.length === 0) return undefined
  // A repository may be that of any of an application's sources.
  if (name === 'repo') return Prisma.sql`a."repoUrls" && ${wanted}::text[]`
  // A cluster may be asked for by name or address, and be written either way in a destination.
  const known =
    name === 'cluster'
      ? clusters.filter((cluster) => wanted.includes(cluster.name) || wanted.includes(cluster.server))
      : []
  const spellings = [...wanted, ...known.flatMap((cluster) => [cluster.name, cluster.server])]
  return Prisma.sql`${facetValues[name]} = ANY(${spellings})`
}

/** All of these conditions. */
export function allOf(conditions: readonly (Prisma.Sql | undefined)[]): Prisma.Sql {
  const given = conditions.filter((condition) => condition !== undefined)
  return given.length === 0 ? Prisma.sql`true` : Prisma.join(given, ' AND ')
}

/** Whether a row matches the search's text: every word is found in the name, the project, a label or an image. */
export function textCondition(search: string | undefined): Prisma.Sql | undefined {
  const words = (search ?? '')
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return undefined
  return Prisma.join(
    words.map((word) => {
      const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`
      return Prisma.sql`(a.name ILIKE ${pattern} OR a.project ILIKE ${pattern}
        OR a.labels::text ILIKE ${pattern} OR array_to_string(a.images, ' ') ILIKE ${pattern})`
    }),
    ' AND ',
  )
}

/** The order of a page; applications of one name are told apart by namespace. */
export function orderOf(search: ApplicationSearch): Prisma.Sql {
  const direction = search.order === 'desc' ? Prisma.sql`DESC` : Prisma.sql`ASC`
  switch (search.sort) {
    case 'name':
      return Prisma.sql`a.name ${direction}, a.namespace ASC`
    case 'created':
      return Prisma.sql`a."createdAt" ${direction}, a.name ASC, a.namespace ASC`
    case 'synced':
      return Prisma.sql`a."operationFinishedAt" ${direction} NULLS LAST, a.name ASC, a.namespace ASC`
    case 'attention':
      return Prisma.sql`${attention} ${direction}, a.name ASC, a.namespace ASC`
  }
}

/** How much an application needs somebody's eyes: 0 is the most urgent. */
const attention = Prisma.sql`CASE
  WHEN a."operationPhase" IN ('Failed', 'Error') OR a.health = 'Degraded' THEN 0
  WHEN a."conditionCount" > 0 OR a.health IN ('Missing', 'Unknown') THEN 1
  WHEN a.sync = 'OutOfSync' THEN 2
  WHEN a.health = 'Progressing' OR a."operationPhase" IN ('Running', 'Terminating') THEN 3
  WHEN a.health = 'Suspended' THEN 4
  WHEN a.sync IS NULL OR a.sync = 'Unknown' THEN 5
  ELSE 6 END`
