import { applicationRoutes } from './applications.ts'
import { changeRoutes } from './changes.ts'
import { clusterRoutes } from './clusters.ts'
import { projectRoutes } from './projects.ts'
import { repositoryRoutes } from './repositories.ts'
import { sessionRoutes } from './session.ts'
import { settingsRoutes } from './settings.ts'

/** Every route of the REST API, by the name of its operation. */
export const routes = {
  ...sessionRoutes,
  ...settingsRoutes,
  ...applicationRoutes,
  ...repositoryRoutes,
  ...clusterRoutes,
  ...projectRoutes,
  ...changeRoutes,
}

export type Routes = typeof routes
export type RouteName = keyof Routes
