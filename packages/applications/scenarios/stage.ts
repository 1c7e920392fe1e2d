import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLiveClusters } from '@driftless/cluster'
import { type EmbeddedCluster, startEmbeddedCluster } from '@driftless/embedded-cluster'
import { systemClock } from '@driftless/foundation'
import { createGitRepositories } from '@driftless/git'
import { type Application, defaultProjectSpec, inClusterServer } from '@driftless/model'
import { createRenderer } from '@driftless/render'
import { startGitServer } from '@driftless/testkit'
import { type Applications, createApplications } from '../src/applications.ts'
import { describeLive } from '../src/live-columns.ts'
import type { ApplicationRecord, ApplicationRef, ApplicationStore } from '../src/ports/application-store.ts'
import { instanceOf } from '../src/tracking.ts'
import { createMemoryStore } from './memory-store.ts'

/** The loop between a real git server and a real cluster. */
export interface Stage extends AsyncDisposable {
  readonly git: Awaited<ReturnType<typeof startGitServer>>
  readonly cluster: EmbeddedCluster
  readonly applications: Applications
  readonly store: ApplicationStore & { writes: number }
  /** Waits until an application fulfils a condition. */
  until(ref: ApplicationRef, what: string, condition: (app: ApplicationRecord) => boolean): Promise<ApplicationRecord>
}

/** Sets the stage; everything on it ends with it. */
export async function setStage(): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'driftless-stage-'))
  const git = await startGitServer()
  const cluster = await startEmbeddedCluster({
    name: 'in-cluster',
    directory: join(directory, 'cluster'),
    kubeconfigPath: join(directory, 'kubeconfig'),
    podReadySeconds: 0.2,
  })
  const clock = systemClock
  const repositories = createGitRepositories({ directory: join(directory, 'git'), clock })
  const renderer = createRenderer({ git: repositories, workers: 1, clock })
  const liveClusters = createLiveClusters({ clock, instanceOf, describe: describeLive })
  const store = createMemoryStore()
  const applications = createApplications({
    store,
    repositories: { remoteOf: async (url) => ({ url }) },
    clusters: {
      list: async () => [
        {
          server: inClusterServer,
          name: 'in-cluster',
          address: cluster.server,
          config: { bearerToken: cluster.token, tlsClientConfig: { caData: cluster.caData } },
          namespaces: [],
        },
      ],
      recordConnection: async () => undefined,
    },
    projects: {
      get: async (name) => (name === 'default' ? { metadata: { name }, spec: defaultProjectSpec } : undefined),
    },
    git: repositories,
    renderer,
    liveClusters,
    clock,
    controlPlaneNamespace: 'argocd',
    reconcileSeconds: 0,
    log: (level, message, fields) => (level === 'error' ? console.error(message, fields) : undefined),
  })
  await applications.start()
  return {
    git,
    cluster,
    applications,
    store,
    async until(ref, what, condition) {
      const deadline = Date.now() + 30_000
      for (;;) {
        const app = await store.get(ref)
        if (app !== undefined && condition(app)) return app
        if (Date.now() > deadline)
          throw new Error(
            `${ref.name} never became ${what}: ${JSON.stringify({ state: app?.state, operation: app?.operation }, null, 1)}`,
          )
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    async [Symbol.asyncDispose]() {
      await applications.stop()
      await renderer.close()
      await repositories.close()
      await cluster.close()
      await git.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** An application of one directory of a repository, deployed to the stage's cluster. */
export function applicationOf(
  name: string,
  source: { repoURL: string; path: string },
  more: Partial<Application['spec']> = {},
): Application {
  return {
    metadata: { name },
    spec: {
      project: 'default',
      source: { ...source, targetRevision: 'main' },
      destination: { server: inClusterServer, namespace: 'default' },
      ...more,
    },
  }
}
