import { applicationSource, repository, repositoryInput, sourceType } from '@driftless/model'
import { z } from 'zod'
import { queryBoolean } from '../query.ts'
import { permission, route } from '../route.ts'

const byUrl = z.object({ repo: z.string() })
const get = permission('repositories', 'get')

export const repositoryRoutes = {
  listRepositories: route({
    method: 'GET',
    path: '/api/v1/repositories',
    summary: 'Lists repositories with the state of their connections.',
    tag: 'Repositories',
    access: get,
    query: z.object({
      repo: z.string().optional(),
      forceRefresh: queryBoolean.optional(),
      appProject: z.string().optional(),
    }),
    response: z.object({ items: z.array(repository) }),
  }),
  createRepository: route({
    method: 'POST',
    path: '/api/v1/repositories',
    summary: 'Connects a repository after testing the connection.',
    tag: 'Repositories',
    access: permission('repositories', 'create'),
    query: z.object({ upsert: queryBoolean.optional(), credsOnly: queryBoolean.optional() }),
    body: repositoryInput,
    response: repository,
  }),
  getRepository: route({
    method: 'GET',
    path: '/api/v1/repositories/:repo',
    summary: 'Answers one repository.',
    tag: 'Repositories',
    access: get,
    params: byUrl,
    query: z.object({ forceRefresh: queryBoolean.optional(), appProject: z.string().optional() }),
    response: repository,
  }),
  updateRepository: route({
    method: 'PUT',
    path: '/api/v1/repositories/:repo',
    summary: 'Replaces a repository; absent secrets are kept.',
    tag: 'Repositories',
    access: permission('repositories', 'update'),
    params: byUrl,
    body: repositoryInput,
    response: repository,
  }),
  deleteRepository: route({
    method: 'DELETE',
    path: '/api/v1/repositories/:repo',
    summary: 'Disconnects a repository.',
    tag: 'Repositories',
    access: permission('repositories', 'delete'),
    params: byUrl,
    query: z.object({ appProject: z.string().optional() }),
    response: z.object({}),
  }),
  validateRepository: route({
    method: 'POST',
    path: '/api/v1/repositories/:repo/validate',
    summary: 'Tests a connection without saving anything.',
    tag: 'Repositories',
    access: permission('repositories', 'create'),
    params: byUrl,
    body: repositoryInput.partial().optional(),
    response: z.object({}),
  }),
  listReferences: route({
    method: 'GET',
    path: '/api/v1/repositories/:repo/refs',
    summary: 'Lists branches and tags.',
    tag: 'Repositories',
    access: get,
    params: byUrl,
    query: z.object({ appProject: z.string().optional() }),
    response: z.object({ branches: z.array(z.string()), tags: z.array(z.string()) }),
  }),
  discoverApplications: route({
    method: 'GET',
    path: '/api/v1/repositories/:repo/apps',
    summary: 'Lists directories of a repository that hold something to deploy.',
    tag: 'Repositories',
    access: get,
    params: byUrl,
    query: z.object({
      revision: z.string().optional(),
      appName: z.string().optional(),
      appProject: z.string().optional(),
    }),
    response: z.object({ items: z.array(z.object({ path: z.string(), type: z.string() })) }),
  }),
  getAppDetails: route({
    method: 'POST',
    path: '/api/v1/repositories/:repo/appdetails',
    summary: 'Says what a directory is: tool, values files, parameters, images.',
    tag: 'Repositories',
    access: get,
    params: byUrl,
    body: z.object({ source: applicationSource, appName: z.string().optional(), appProject: z.string().optional() }),
    response: z.object({
      type: sourceType,
      helm: z
        .object({
          name: z.string().optional(),
          valueFiles: z.array(z.string()).optional(),
          values: z.string().optional(),
          parameters: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
        })
        .optional(),
      kustomize: z.object({ images: z.array(z.string()).optional() }).optional(),
      directory: z.object({}).optional(),
    }),
  }),
}
