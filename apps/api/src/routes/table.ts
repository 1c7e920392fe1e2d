import type { ApplicationStore } from '@driftless/applications'
import type { Clock } from '@driftless/foundation'
import type { Authenticator } from '../auth/authenticator.ts'
import type { ApplicationsPort } from '../ports/applications.ts'
import type { GitPort, RendererPort } from '../ports/repositories.ts'
import type { ClusterConnection, ClusterStore } from '../store/clusters.ts'
import type { Database } from '../store/database.ts'
import type { ProjectStore } from '../store/projects.ts'
import type { RepositoryStore } from '../store/repositories.ts'
import { operateHandlers } from './applications/operate.ts'
import { createApplicationParts } from './applications/parts.ts'
import { readHandlers } from './applications/read.ts'
import { resourceHandlers } from './applications/resources.ts'
import { watchHandlers } from './applications/watch.ts'
import { writeHandlers } from './applications/write.ts'
import { changeHandlers } from './changes/handlers.ts'
import { clusterHandlers } from './clusters/handlers.ts'
import type { Handlers } from './handler.ts'
import { projectHandlers } from './projects/handlers.ts'
import { repositoryHandlers } from './repositories/handlers.ts'
import { sessionHandlers } from './session/handlers.ts'
import { type Installation, settingsHandlers } from './settings/handlers.ts'

/** What the routes are served with. */
export interface RouteDependencies {
  readonly database: Database
  readonly applicationStore: ApplicationStore
  readonly repositories: RepositoryStore
  readonly clusters: ClusterStore
  readonly projects: ProjectStore
  readonly authenticator: Authenticator
  readonly applications: ApplicationsPort
  readonly git: GitPort
  readonly renderer: RendererPort
  readonly testCluster: (
    cluster: Pick<ClusterConnection, 'server' | 'address' | 'config'>,
  ) => Promise<{ serverVersion: string }>
  readonly installation: Installation
  readonly clock: Clock
}

/** The handler of every route; the compiler misses those that are not here. */
export function createHandlers(dependencies: RouteDependencies): Handlers {
  const { database, installation, applicationStore } = dependencies
  const { changes } = database
  const { controlPlaneNamespace } = installation
  const parts = createApplicationParts({ ...dependencies, store: applicationStore, changes, controlPlaneNamespace })
  return {
    ...sessionHandlers(dependencies),
    ...settingsHandlers(installation),
    ...readHandlers(parts),
    ...writeHandlers(parts),
    ...operateHandlers(parts),
    ...resourceHandlers(parts),
    ...watchHandlers(parts),
    ...repositoryHandlers(dependencies),
    ...clusterHandlers({ ...dependencies, countApplications: () => countByDestination(database) }),
    ...projectHandlers(dependencies),
    ...changeHandlers({
      changes,
      projectOf: async ({ namespace, name }) => {
        const row = await database.prisma.application.findUnique({
          where: { namespace_name: { namespace, name } },
          select: { project: true },
        })
        return row?.project
      },
    }),
  }
}

/** How many applications go to each destination, by server or, where only that is given, by cluster name. */
async function countByDestination({ prisma }: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await prisma.application.groupBy({ by: ['destinationServer', 'destinationName'], _count: true })
  const counts = new Map<string, number>()
  for (const row of rows) {
    const key = row.destinationServer === '' ? row.destinationName : row.destinationServer
    counts.set(key, (counts.get(key) ?? 0) + row._count)
  }
  return counts
}
