import { project } from '@driftless/model'
import { z } from 'zod'
import { permission, route } from '../route.ts'

export const projectRoutes = {
  listProjects: route({
    method: 'GET',
    path: '/api/v1/projects',
    summary: 'Lists projects.',
    tag: 'Projects',
    access: permission('projects', 'get'),
    query: z.object({ name: z.string().optional() }),
    response: z.object({ metadata: z.object({}).optional(), items: z.array(project) }),
  }),
  getProject: route({
    method: 'GET',
    path: '/api/v1/projects/:name',
    summary: 'Answers one project.',
    tag: 'Projects',
    access: permission('projects', 'get'),
    params: z.object({ name: z.string() }),
    response: project,
  }),
}
