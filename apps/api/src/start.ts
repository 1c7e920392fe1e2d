import { mkdirSync } from 'node:fs'
import type { Server, ServerResponse } from 'node:http'
import { testCluster } from '@driftless/cluster'
import { messageOf, systemClock } from '@driftless/foundation'
import type { FastifyBaseLogger } from 'fastify'
import type { Logger } from 'pino'
import { buildApp } from './app.ts'
import { createAuthenticator, defaultLoginLimits } from './auth/authenticator.ts'
import { adminOnly } from './auth/caller.ts'
import { createTokens } from './auth/tokens.ts'
import { buildConsole } from './console/build-console.ts'
import { embedConsole } from './console/embed-console.ts'
import { startDemo } from './demo/demo.ts'
import type { Env } from './env.ts'
import { ensureAdmin, firstPassword, forgetFirstPassword } from './roles/admin.ts'
import { createController } from './roles/controller.ts'
import { type EmbeddedClusters, startEmbeddedClusters } from './roles/embedded-clusters.ts'
import { keepHouse } from './roles/housekeeping.ts'
import { controlPlaneNamespace, openStores, type Stores, tokenKey } from './roles/stores.ts'
import { version } from './version.ts'

/** A running Driftless. */
export interface Running {
  readonly url: string
  /** The first password of `admin` while it is still valid. */
  readonly password: string | undefined
  readonly kubeconfigs: EmbeddedClusters['kubeconfigs']
  stop(): Promise<void>
}

type Cleanup = () => Promise<void> | void

/** Starts every role, in order; a failure stops what was started before it. */
export async function start(env: Env, log: Logger): Promise<Running> {
  const cleanups: Cleanup[] = []
  const stop = async (): Promise<void> => {
    for (const cleanup of cleanups.splice(0).reverse()) {
      await Promise.resolve(cleanup()).catch((error: unknown) =>
        log.warn({ err: error }, 'a part did not stop cleanly'),
      )
    }
  }
  try {
    return await startParts(env, log, { cleanups, stop })
  } catch (error) {
    await stop()
    throw error
  }
}

async function startParts(env: Env, log: Logger, life: { cleanups: Cleanup[]; stop: Cleanup }): Promise<Running> {
  const clock = systemClock
  mkdirSync(env.dataDirectory, { recursive: true, mode: 0o700 })
  const consoleBuilt = env.console ? buildConsole((message) => log.info(message)) : Promise.resolve()
  consoleBuilt.catch(() => undefined)
  const stores = await openStores(env, clock)
  life.cleanups.push(() => stores.database.close())
  await ensureAdmin(stores.accounts, { dataDirectory: env.dataDirectory, given: env.adminPassword })
  life.cleanups.push(keepHouse(stores, clock))

  const embedded = await startEmbeddedClusters(env, { clusters: stores.clusters, clock, log })
  life.cleanups.push(() => embedded.close())
  const controller = createController(env, { stores, clock, log })
  life.cleanups.push(() => controller.close())
  await controller.applications.start()
  life.cleanups.push(await startDemo(env, { stores, applications: controller.applications, clock, log }))

  const url = await serve(env, log, { stores, controller, consoleBuilt, cleanups: life.cleanups })
  return {
    url,
    password: await firstPassword(stores.accounts, env.dataDirectory),
    kubeconfigs: embedded.kubeconfigs,
    stop: async () => life.stop(),
  }
}

/** Starts HTTP: the API first, the console behind it. */
async function serve(
  env: Env,
  log: Logger,
  parts: {
    stores: Stores
    controller: ReturnType<typeof createController>
    consoleBuilt: Promise<void>
    cleanups: Cleanup[]
  },
): Promise<string> {
  const { stores, controller, cleanups } = parts
  const authenticator = createAuthenticator({
    accounts: stores.accounts,
    sessions: stores.sessions,
    tokens: createTokens(await tokenKey(stores.settings)),
    clock: systemClock,
    limits: defaultLoginLimits,
    onPasswordChanged: () => forgetFirstPassword(env.dataDirectory),
  })
  let page: Awaited<ReturnType<typeof embedConsole>>['serve'] | undefined
  const app = await buildApp({
    routes: {
      ...stores,
      ...controller,
      authenticator,
      testCluster,
      installation: { url: env.url, version, controlPlaneNamespace },
      clock: systemClock,
    },
    authorizer: adminOnly,
    logger: log as FastifyBaseLogger,
    trustProxy: env.trustProxy,
    ...(env.console ? { console: async (request, response) => page?.(request, response) } : {}),
  })
  // Streams never end by themselves: a stop must not wait for them.
  cleanups.push(async () => {
    app.server.closeAllConnections()
    await app.close()
  })
  if (env.console) page = await openConsole(app.server, { ...parts, log })
  const address = await app.listen({ port: env.port, host: env.host })
  return env.url ?? address
}

/** The console, or a page that says why there is none: the API serves either way. */
async function openConsole(server: Server, parts: { consoleBuilt: Promise<void>; cleanups: Cleanup[]; log: Logger }) {
  try {
    await parts.consoleBuilt
    const embedded = await embedConsole(server)
    parts.cleanups.push(() => embedded.close())
    return embedded.serve
  } catch (error) {
    parts.log.error({ err: error }, 'the console cannot be served')
    const text = `The console cannot be served: ${messageOf(error)}\n`
    return async (_request: unknown, response: ServerResponse) => {
      response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' }).end(text)
    }
  }
}
