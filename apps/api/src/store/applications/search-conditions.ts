import type { ApplicationSearch } from '@driftless/contract'
import { Prisma } from '../generated/client.ts'

/** What an application search filters by, in the order of the console's filters. */
export const facetNames = ['sync', 'health', 'proj', 'cluster', 'namespace', 'repo', 'operation', 'autoSync'] as const
export type FacetName = (typeof facetNames)[number]

/** The value of each facet, over `"Application" a` left-joined with `"Cluster" c`. */
export const facetValues: Readonly<Record<FacetName, Prisma.Sql>> = {
  sync: Prisma.sql`COALESCE(a.sync, 'Unknown')`,
  health: Prisma.sql`COALESCE(a.health, 'Unknown')`,
  proj: Prisma.sql`a.project`,
  cluster: Prisma.sql`COALESCE(c.name, NULLIF(a."destinationName", ''), a."destinationServer")`,
  namespace: Prisma.sql`a."destinationNamespace"`,
  repo: Prisma.sql`a."repoUrl"`,
  operation: Prisma.sql`COALESCE(a."operationPhase", '')`,
  autoSync: Prisma.sql`CASE WHEN a."autoSync" THEN 'Enabled' ELSE 'Disabled' END`,
}

/** Joins the cluster that an application's destination means. */
export const clusterJoin = Prisma.sql`
  LEFT JOIN "Cluster" c ON (a."destinationServer" <> '' AND c.server = a."destinationServer")
    OR (a."destinationServer" = '' AND c.name = a."destinationName")`

/** Whether a row passes the search's filter of one facet; `true` when it has none. */
export function facetCondition(name: FacetName, search: ApplicationSearch): Prisma.Sql {
  const wanted = search[name] ?? []
  if (wanted.length === 0) return Prisma.sql`true`
  const matches = Prisma.sql`${facetValues[name]} = ANY(${wanted})`
  // A cluster may be asked for by its address as well, a repository by any of an application's sources.
  if (name === 'cluster') return Prisma.sql`(${matches} OR a."destinationServer" = ANY(${wanted}))`
  if (name === 'repo') return Prisma.sql`a."repoUrls" && ${wanted}::text[]`
  return matches
}

/** Whether a row matches the search's text: every word is found in the name, the project, a label or an image. */
export function textCondition(search: string | undefined): Prisma.Sql {
  const words = (search ?? '')
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return Prisma.sql`true`
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
      return Prisma.sql`name ${direction}, namespace ASC`
    case 'created':
      return Prisma.sql`"createdAt" ${direction}, name ASC, namespace ASC`
    case 'synced':
      return Prisma.sql`"operationFinishedAt" ${direction} NULLS LAST, name ASC, namespace ASC`
    case 'attention':
      return Prisma.sql`attention ${direction}, name ASC, namespace ASC`
  }
}

/** How much an application needs somebody's eyes: 0 is the most urgent. */
export const attention = Prisma.sql`CASE
  WHEN a."operationPhase" IN ('Failed', 'Error') OR a.health = 'Degraded' THEN 0
  WHEN a."conditionCount" > 0 OR a.health IN ('Missing', 'Unknown') THEN 1
  WHEN a.sync = 'OutOfSync' THEN 2
  WHEN a.health = 'Progressing' OR a."operationPhase" IN ('Running', 'Terminating') THEN 3
  WHEN a.health = 'Suspended' THEN 4
  WHEN a.sync IS NULL OR a.sync = 'Unknown' THEN 5
  ELSE 6 END`
