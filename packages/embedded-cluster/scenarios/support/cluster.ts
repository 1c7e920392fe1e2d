import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedCluster, type EmbeddedClusterOptions, startEmbeddedCluster } from '../../src/index.ts'

/** A cluster in a temporary directory that disappears with the test. */
export interface TestCluster extends AsyncDisposable {
  readonly cluster: EmbeddedCluster
  readonly directory: string
  /** Stops the cluster and starts it again on the same directory. */
  restart(): Promise<EmbeddedCluster>
  /** Failures of controllers so far. */
  readonly failures: readonly string[]
}

/** Starts a cluster for a test; pods become ready after 0.2 s unless told otherwise. */
export async function startTestCluster(options: Partial<EmbeddedClusterOptions> = {}): Promise<TestCluster> {
  const root = await mkdtemp(join(tmpdir(), 'embedded-cluster-'))
  const directory = join(root, 'cluster')
  const failures: string[] = []
  const start = () =>
    startEmbeddedCluster({
      name: 'test',
      directory,
      kubeconfigPath: join(root, 'test.kubeconfig'),
      podReadySeconds: 0.2,
      onError: (message) => failures.push(message),
      ...options,
    })
  let cluster = await start()
  return {
    get cluster() {
      return cluster
    },
    directory,
    failures,
    async restart() {
      await cluster.close()
      cluster = await start()
      return cluster
    },
    async [Symbol.asyncDispose]() {
      await cluster.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}
