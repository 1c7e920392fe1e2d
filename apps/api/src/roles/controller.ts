import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type Applications, createApplications, describeLive, instanceOf } from '@driftless/applications'
import { createLiveClusters } from '@driftless/cluster'
import type { Clock } from '@driftless/foundation'
import { createGitRepositories, type GitRepositories } from '@driftless/git'
import { createRenderer, type Renderer } from '@driftless/render'
import type { Logger } from 'pino'
import type { Env } from '../env.ts'
import { controlPlaneNamespace, type Stores } from './stores.ts'

/** The loop with what it reads git and clusters by. */
export interface Controller {
  readonly applications: Applications
  readonly git: GitRepositories
  readonly renderer: Renderer
  close(): Promise<void>
}

/** Wires the loop to the stores; nothing runs before `applications.start()`. */
export function createController(
  env: Env,
  { stores, clock, log }: { stores: Stores; clock: Clock; log: Logger },
): Controller {
  const git = createGitRepositories({ directory: join(env.dataDirectory, 'git'), clock })
  const renderer = createRenderer({ git, workers: Math.max(1, availableParallelism() - 1), clock })
  const applications = createApplications({
    store: stores.applicationStore,
    repositories: stores.repositories,
    clusters: stores.clusters,
    projects: stores.projects,
    git,
    renderer,
    liveClusters: createLiveClusters({ clock, describe: describeLive, instanceOf }),
    clock,
    controlPlaneNamespace,
    reconcileSeconds: env.reconcileSeconds,
    log: (level, message, fields) => log[level](fields ?? {}, message),
  })
  return {
    applications,
    git,
    renderer,
    async close() {
      await applications.stop()
      await renderer.close()
      await git.close()
    },
  }
}
