import { type Clock, messageOf } from '@driftless/foundation'
import type { ConnectionState, Repository, RepositoryInput } from '@driftless/model'
import { AuthErrors } from '../../auth/errors.ts'
import type { GitPort, RendererPort } from '../../ports/repositories.ts'
import { StoreErrors } from '../../store/errors.ts'
import type { RepositoryStore } from '../../store/repositories.ts'
import type { HandlersOf, RequestContext } from '../handler.ts'
import { presentDetails } from './app-details.ts'
import { RepositoryErrors } from './errors.ts'

interface Parts {
  readonly repositories: RepositoryStore
  readonly git: GitPort
  readonly renderer: RendererPort
  readonly clock: Clock
}

type RepositoryRoutes =
  | 'listRepositories'
  | 'createRepository'
  | 'getRepository'
  | 'updateRepository'
  | 'deleteRepository'
  | 'validateRepository'
  | 'listReferences'
  | 'discoverApplications'
  | 'getAppDetails'

/** How long a connection's state is believed without asking again. */
const trustMs = 3_600_000

/** Repositories: connection, its state, and what is in them. */
export function repositoryHandlers(parts: Parts): HandlersOf<RepositoryRoutes> {
  const { repositories, git, renderer } = parts
  return {
    async listRepositories({ query }, context) {
      const all = await repositories.list()
      const items = all.filter(
        (repository) =>
          context.can(objectOf(repository)) &&
          (query.repo === undefined || repository.repo === query.repo) &&
          (query.appProject === undefined ||
            repository.project === undefined ||
            repository.project === query.appProject),
      )
      if (query.forceRefresh === true)
        return { items: await Promise.all(items.map((item) => refreshConnection(parts, item))) }
      for (const item of items) if (isStale(item, parts.clock)) void refreshConnection(parts, item)
      return { items }
    },
    async createRepository({ query, body }, context) {
      context.authorize(objectOf(body))
      const known = await repositories.get(body.repo, body.project ?? '')
      if (
        known !== undefined &&
        query.upsert === true &&
        !context.canOther('repositories', 'update', objectOf(known))
      ) {
        throw AuthErrors.PERMISSION_DENIED({})
      }
      await testInput(parts, body)
      const created = await repositories.create(body, { upsert: query.upsert === true })
      return saveConnection(parts, created, { status: 'Successful', message: '' })
    },
    async getRepository({ params, query }, context) {
      const repository = await findRepository(context, repositories, { url: params.repo, project: query.appProject })
      return query.forceRefresh === true ? refreshConnection(parts, repository) : repository
    },
    async updateRepository({ params, body }, context) {
      const known = await findRepository(context, repositories, { url: params.repo, project: body.project })
      if (body.repo !== params.repo && body.repo !== known.repo) {
        throw RepositoryErrors.URL_MISMATCH({ path: params.repo, body: body.repo })
      }
      await testInput(parts, body)
      const updated = await repositories.update(known.repo, { ...body, project: known.project })
      return saveConnection(parts, updated, { status: 'Successful', message: '' })
    },
    async deleteRepository({ params, query }, context) {
      const known = await findRepository(context, repositories, { url: params.repo, project: query.appProject })
      await repositories.remove(known.repo, known.project ?? '')
      return {}
    },
    async validateRepository({ params, body }, context) {
      const input = { type: 'git' as const, ...body, repo: params.repo }
      context.authorize(objectOf(input))
      await testInput(parts, input)
      return {}
    },
    async listReferences({ params, query }, context) {
      context.authorize(objectOf({ repo: params.repo, project: query.appProject }))
      const remote = await repositories.remoteOf(params.repo, query.appProject ?? '')
      const { branches, tags } = await git.references(remote)
      return { branches: Object.keys(branches).sort(), tags: Object.keys(tags).sort() }
    },
    async discoverApplications({ params, query }, context) {
      context.authorize(objectOf({ repo: params.repo, project: query.appProject }))
      requireApplicationRight(context, query)
      const remote = await repositories.remoteOf(params.repo, query.appProject ?? '')
      const { sha } = await git.resolve(remote, query.revision ?? '')
      return { items: await renderer.discover({ remote, sha }) }
    },
    async getAppDetails({ params, body }, context) {
      context.authorize(objectOf({ repo: params.repo, project: body.appProject }))
      requireApplicationRight(context, body)
      if (body.source.repoURL !== params.repo)
        throw RepositoryErrors.URL_MISMATCH({ path: params.repo, body: body.source.repoURL })
      const remote = await repositories.remoteOf(params.repo, body.appProject ?? '')
      const { sha } = await git.resolve(remote, body.source.targetRevision ?? '')
      const application = {
        instanceName: body.appName ?? 'preview',
        namespace: 'default',
        project: body.appProject ?? 'default',
      }
      return presentDetails(await renderer.appDetails({ application, source: body.source, sha, remote }))
    },
  }
}

/** Files of a repository are shown to those who may see or make an application of it only. */
function requireApplicationRight(context: RequestContext, of: { appName?: string; appProject?: string }): void {
  const object = `${of.appProject ?? 'default'}/${of.appName ?? '*'}`
  if (['get', 'create'].some((action) => context.canOther('applications', action, object))) return
  throw AuthErrors.PERMISSION_DENIED({})
}

async function findRepository(
  context: RequestContext,
  repositories: RepositoryStore,
  by: { url: string; project: string | undefined },
): Promise<Repository> {
  context.authorize(objectOf({ repo: by.url, project: by.project }))
  const repository = await repositories.get(by.url, by.project ?? '')
  if (repository === undefined) throw StoreErrors.REPOSITORY_NOT_FOUND({ url: by.url })
  context.authorize(objectOf(repository))
  return repository
}

async function testInput(
  { repositories, git }: Parts,
  input: Partial<RepositoryInput> & { repo: string },
): Promise<void> {
  if (input.type !== undefined && input.type !== 'git') throw RepositoryErrors.TYPE_UNSUPPORTED({ type: input.type })
  await git.test(await repositories.remoteFor(input))
}

async function refreshConnection(parts: Parts, repository: Repository): Promise<Repository> {
  const { repositories, git } = parts
  const connection = await repositories
    .remoteOf(repository.repo, repository.project ?? '')
    .then((remote) => git.test(remote))
    .then(
      (): ConnectionState => ({ status: 'Successful', message: '' }),
      (error: unknown): ConnectionState => ({ status: 'Failed', message: messageOf(error) }),
    )
  return saveConnection(parts, repository, connection)
}

async function saveConnection(
  { repositories, clock }: Parts,
  repository: Repository,
  connection: ConnectionState,
): Promise<Repository> {
  const connectionState = { ...connection, attemptedAt: clock.now().toISOString() }
  await repositories.recordConnection(repository.repo, repository.project ?? '', connectionState)
  return { ...repository, connectionState }
}

function isStale({ connectionState }: Repository, clock: Clock): boolean {
  const attemptedAt = connectionState?.attemptedAt
  return attemptedAt === undefined || clock.now().getTime() - new Date(attemptedAt).getTime() > trustMs
}

/** Object of the policy: a project's own repository carries the project. */
function objectOf(repository: { repo: string; project?: string | undefined }): string {
  return repository.project === undefined || repository.project === ''
    ? repository.repo
    : `${repository.project}/${repository.repo}`
}
