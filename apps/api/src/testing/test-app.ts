import { randomBytes } from 'node:crypto'
import { type Clock, defineErrors, systemClock } from '@driftless/foundation'
import type { FastifyBaseLogger, FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import pino from 'pino'
import { buildApp } from '../app.ts'
import { createAuthenticator, defaultLoginLimits } from '../auth/authenticator.ts'
import { type Authorizer, adminOnly } from '../auth/caller.ts'
import { hashPassword } from '../auth/password.ts'
import { createTokens } from '../auth/tokens.ts'
import type { GitPort } from '../ports/repositories.ts'
import type { RouteDependencies } from '../routes/table.ts'
import { createAccountStore } from '../store/accounts.ts'
import { createApplicationStore } from '../store/applications/application-store.ts'
import { createClusterStore } from '../store/clusters.ts'
import { openDatabase } from '../store/database.ts'
import { createProjectStore } from '../store/projects.ts'
import { createRepositoryStore } from '../store/repositories.ts'
import { createSessionStore } from '../store/sessions.ts'
import { createVault } from '../store/vault.ts'
import { createFakeApplications, type FakeApplications } from './fake-applications.ts'

export const adminPassword = 'correct horse battery'

const FakeGitErrors = defineErrors('GIT', {
  REPOSITORY_NOT_FOUND: {
    status: 400,
    message: (p: { url: string }) => `repository ${p.url} not found: the server said 404`,
  },
})

/** A server on an embedded database with a fake loop and a fake git. */
export interface TestApp extends AsyncDisposable {
  readonly app: FastifyInstance
  readonly parts: RouteDependencies
  readonly applications: FakeApplications
  readonly accounts: ReturnType<typeof createAccountStore>
  /** Sends a request as `admin` unless `token` says otherwise (`undefined`: nobody). */
  request(
    method: InjectOptions['method'],
    url: string,
    options?: { body?: unknown; token?: string | undefined; headers?: Record<string, string> },
  ): Promise<LightMyRequestResponse>
  login(username?: string, password?: string): Promise<LightMyRequestResponse>
}

/** Starts a server for tests. Git knows repositories whose URL does not contain `missing`. */
export async function createTestApp(
  options: { authorizer?: Authorizer; clock?: Clock; loginsPerMinute?: number; logger?: FastifyBaseLogger } = {},
): Promise<TestApp> {
  const clock = options.clock ?? systemClock
  const now = (): Date => clock.now()
  const database = await openDatabase({ kind: 'memory' }, { clock: systemClock })
  const vault = createVault(randomBytes(32).toString('base64'), 'test')
  const accounts = createAccountStore({ database, now })
  await accounts.create({
    name: 'admin',
    capabilities: ['login'],
    passwordHash: await hashPassword(adminPassword),
    initialPassword: true,
  })
  const applicationStore = createApplicationStore({ database, now })
  const applications = createFakeApplications(applicationStore)
  const projects = createProjectStore({ database, now, namespace: 'argocd' })
  await projects.ensureDefault()
  const parts: RouteDependencies = {
    database,
    applicationStore,
    repositories: createRepositoryStore({ database, vault, now }),
    clusters: createClusterStore({ database, vault, now }),
    projects,
    authenticator: createAuthenticator({
      accounts,
      sessions: createSessionStore({ database, now }),
      tokens: createTokens(randomBytes(32).toString('base64')),
      clock,
      limits: defaultLoginLimits,
    }),
    applications,
    git: fakeGit,
    renderer: {
      discover: async () => [{ path: 'deploy', type: 'Directory' as const }],
      appDetails: async () => ({ type: 'Directory' as const, directory: {} }),
    },
    testCluster: async ({ server }) => {
      if (server.includes('missing')) throw new Error('connection refused')
      return { serverVersion: 'v1.36.0' }
    },
    installation: { url: undefined, version: '0.0.0', controlPlaneNamespace: 'argocd' },
    clock,
  }
  const app = await buildApp({
    routes: parts,
    authorizer: options.authorizer ?? adminOnly,
    logger: options.logger ?? pino({ level: 'silent' }),
    checkAnswers: true,
    loginsPerMinute: options.loginsPerMinute ?? 1000,
  })
  await app.ready()
  const login: TestApp['login'] = (username = 'admin', password = adminPassword) =>
    app.inject({ method: 'POST', url: '/api/v1/session', payload: { username, password } })
  const adminToken = (await login()).json<{ token: string }>().token
  return {
    app,
    parts,
    applications,
    accounts,
    login,
    request(method, url, { body, headers = {}, ...rest } = {}) {
      const token = 'token' in rest ? rest.token : adminToken
      return app.inject({
        method,
        url,
        headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
        ...(body === undefined ? {} : { payload: body as object }),
      })
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await database.close()
    },
  }
}

const fakeGit: GitPort = {
  async test({ url }) {
    if (url.includes('missing')) throw FakeGitErrors.REPOSITORY_NOT_FOUND({ url })
  },
  references: async () => ({ branches: { main: 'a'.repeat(40), dev: 'b'.repeat(40) }, tags: {}, refs: {} }),
  resolve: async () => ({ sha: 'a'.repeat(40) }),
}
