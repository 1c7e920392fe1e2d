import { fork } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startEmbeddedCluster } from '../src/index.ts'
import { startTestCluster } from './support/cluster.ts'
import { send } from './support/wire.ts'

const configMap = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data: { a: 'b' },
})

describe('clusters', () => {
  it('[S1] answers 401 to everybody without the token', async () => {
    await using test = await startTestCluster()
    for (const authorization of ['', 'Bearer wrong', `Bearer ${test.cluster.token}x`, `bearer${test.cluster.token}`]) {
      const answer = await send(test.cluster, { method: 'GET', path: '/api/v1/namespaces', authorization })
      expect(answer.code).toBe(401)
      expect(answer.body).toMatchObject({ kind: 'Status', reason: 'Unauthorized', code: 401 })
    }
    expect((await send(test.cluster, { method: 'GET', path: '/api/v1/namespaces' })).code).toBe(200)
  })

  it('[S2] keeps everything over a restart: objects, versions, port, token and authority', async () => {
    await using test = await startTestCluster()
    const before = test.cluster
    before.api.create(configMap('kept'))
    const stored = before.api.get({ group: '', kind: 'ConfigMap', namespace: 'default', name: 'kept' })
    const version = before.api.version
    const after = await test.restart()
    expect(after.api.get({ group: '', kind: 'ConfigMap', namespace: 'default', name: 'kept' })).toEqual(stored)
    expect(after.api.version).toBeGreaterThanOrEqual(version)
    expect({ server: after.server, token: after.token, caData: after.caData }).toEqual({
      server: before.server,
      token: before.token,
      caData: before.caData,
    })
  })

  it('[S3] keeps its secrets to its owner: kubeconfig, token and certificates are mode 0600', async () => {
    await using test = await startTestCluster()
    for (const file of [
      test.cluster.kubeconfigPath,
      `${test.directory}/token`,
      `${test.directory}/certificates.json`,
    ]) {
      expect((await stat(file)).mode & 0o777).toBe(0o600)
    }
  })

  it('[S4] two clusters side by side know nothing of each other', async () => {
    await using one = await startTestCluster()
    await using two = await startTestCluster()
    one.cluster.api.create(configMap('only-here'))
    expect(
      (await send(two.cluster, { method: 'GET', path: '/api/v1/namespaces/default/configmaps/only-here' })).code,
    ).toBe(404)
    expect(
      (await send(two.cluster, { method: 'GET', path: '/api', authorization: `Bearer ${one.cluster.token}` })).code,
    ).toBe(401)
  })

  it('[S5] refuses a directory that another cluster has open, and says which process has it', async () => {
    await using test = await startTestCluster()
    const second = startEmbeddedCluster({
      name: 'second',
      directory: test.directory,
      kubeconfigPath: `${test.directory}/second`,
    })
    await expect(second).rejects.toMatchObject({ code: 'EMBEDDED_CLUSTER_DIRECTORY_IN_USE' })
  })

  it('[S6] has its namespaces, nodes, storage class and roles from the first moment', async () => {
    await using test = await startTestCluster({ nodes: 2 })
    const names = (group: string, kind: string) =>
      test.cluster.api.list({ group, kind }).map((object) => object.metadata.name)
    expect(names('', 'Namespace')).toEqual(['default', 'kube-node-lease', 'kube-public', 'kube-system'])
    expect(names('', 'Node')).toEqual(['node-1', 'node-2'])
    expect(names('storage.k8s.io', 'StorageClass')).toEqual(['standard'])
    expect(names('rbac.authorization.k8s.io', 'ClusterRole')).toEqual(['admin', 'cluster-admin', 'edit', 'view'])
  })

  it('[S7] pods go on where they were after a restart', async () => {
    await using test = await startTestCluster()
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'default' },
      spec: { containers: [{ name: 'c', image: 'nginx' }] },
    }
    test.cluster.api.create(pod)
    await test.restart()
    const phase = () =>
      (test.cluster.api.get({ group: '', kind: 'Pod', namespace: 'default', name: 'p' })?.status as { phase?: string })
        ?.phase
    await expect.poll(phase, { timeout: 5_000 }).toBe('Running')
  })

  it('[S8] a killed cluster starts again on its directory, with everything that was acknowledged', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'killed-cluster-'))
    const acknowledged = await createUntilKilled(directory)
    const cluster = await startEmbeddedCluster({
      name: 'again',
      directory,
      kubeconfigPath: join(directory, 'kubeconfig'),
    })
    const names = cluster.api
      .list({ group: '', kind: 'ConfigMap' }, { namespace: 'default' })
      .map((object) => object.metadata.name)
    await cluster.close()
    await rm(directory, { recursive: true })
    expect(acknowledged).toBeGreaterThan(20)
    for (let number = 1; number <= acknowledged; number += 1) expect(names).toContain(`c${number}`)
  })
})

/** Lets a child process create objects, kills it in the middle of that, and answers how many it had acknowledged. */
function createUntilKilled(directory: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, '../testdata/create-for-ever.ts'), [directory])
    let last = 0
    child.on('message', (number) => {
      if (last === 0) setTimeout(() => child.kill('SIGKILL'), 300)
      last = Number(number)
    })
    child.on('error', reject)
    child.on('exit', (_code, signal) =>
      signal === 'SIGKILL' ? resolve(last) : reject(new Error(`the cluster ended with ${signal}`)),
    )
  })
}
