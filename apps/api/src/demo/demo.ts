import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Applications } from '@driftless/applications'
import { type Clock, messageOf } from '@driftless/foundation'
import type { Logger } from 'pino'
import type { Env } from '../env.ts'
import type { Stores } from '../roles/stores.ts'
import { createDemoApplications } from './applications.ts'
import { createBareRepository, hasNativeGit } from './bare-repository.ts'
import { demoCommits } from './content.ts'
import { type DemoGitServer, startDemoGitServer } from './git-server.ts'

interface DemoParts {
  readonly stores: Stores
  readonly applications: Pick<Applications, 'create' | 'sync'>
  readonly clock: Clock
  readonly log: Logger
}

const repositoryName = 'driftless-demo'
const actor = 'demo'

/** Serves the demo repository, and at the first start makes it and the applications over it; answers how to stop. */
export async function startDemo(env: Env, parts: DemoParts): Promise<() => Promise<void>> {
  const none = async (): Promise<void> => undefined
  const directory = join(env.dataDirectory, 'demo')
  const { settings } = parts.stores
  const seeded = (await settings.get('demo.seeded')) === true
  if (!env.demo && !seeded) return none
  if (seeded && !existsSync(directory)) return none
  if (!(await hasNativeGit())) {
    parts.log.info('The demo needs the git program, which was not found: starting without it')
    return none
  }
  const port = Number((await settings.get('demo.port')) ?? 0)
  const server = await startDemoGitServer(directory, port)
  if (seeded && server.port !== port) {
    parts.log.warn({ port }, 'the port of the demo repository is taken: its applications cannot be refreshed')
  }
  if (!seeded) {
    await seed(directory, env, { ...parts, server }).catch((error: unknown) => {
      parts.log.warn({ reason: messageOf(error) }, 'the demo could not be made')
    })
  }
  return server.close
}

async function seed(directory: string, env: Env, parts: DemoParts & { server: DemoGitServer }): Promise<void> {
  const { stores, server, clock } = parts
  await stores.settings.set('demo.port', server.port)
  const commits = await makeRepository(directory, clock)
  const repo = server.url(repositoryName)
  if ((await stores.repositories.get(repo, '')) === undefined) {
    await stores.repositories.create({ repo, type: 'git', name: 'demo' }, { upsert: true })
  }
  await stores.repositories.recordConnection(repo, '', {
    status: 'Successful',
    message: '',
    attemptedAt: clock.now().toISOString(),
  })
  for (const { application, deployFirstCommit } of createDemoApplications(repo, env.embeddedClusters)) {
    const created = await parts.applications.create(application, { upsert: true, validate: false, actor })
    if (deployFirstCommit && commits[0] !== undefined) {
      await parts.applications.sync(created, { revision: commits[0] }, { actor })
    }
  }
  await stores.settings.set('demo.seeded', true)
}

/** Makes the repository beside its place and moves it there, so that a kill leaves a whole one or none. */
async function makeRepository(directory: string, clock: Clock): Promise<string[]> {
  const place = join(directory, `${repositoryName}.git`)
  const draft = `${place}.draft`
  rmSync(draft, { recursive: true, force: true })
  rmSync(place, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const commits = await createBareRepository(draft, demoCommits(clock.now()))
  renameSync(draft, place)
  return commits
}
