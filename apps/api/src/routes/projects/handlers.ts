import { StoreErrors } from '../../store/errors.ts'
import type { ProjectStore } from '../../store/projects.ts'
import type { HandlersOf } from '../handler.ts'

/** Projects. */
export function projectHandlers({ projects }: { projects: ProjectStore }): HandlersOf<'listProjects' | 'getProject'> {
  return {
    async listProjects({ query }, context) {
      const all = await projects.list()
      const items = all.filter(
        ({ metadata }) => context.can(metadata.name) && (query.name === undefined || metadata.name === query.name),
      )
      return { metadata: {}, items }
    },
    async getProject({ params }, context) {
      context.authorize(params.name)
      const project = await projects.get(params.name)
      if (project === undefined) throw StoreErrors.PROJECT_NOT_FOUND({ name: params.name })
      return project
    },
  }
}
