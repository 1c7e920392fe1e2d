import {
  ApiException,
  AppsV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  KubernetesObjectApi,
  makeInformer,
  PatchStrategy,
  type V1ConfigMap,
  Watch,
} from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from './support/server.ts'

describe('@kubernetes/client-node', () => {
  let server: TestServer
  let config: KubeConfig
  let core: CoreV1Api
  beforeAll(async () => {
    server = await startServer()
    config = new KubeConfig()
    config.loadFromClusterAndUser(
      { name: 'test', server: server.url, skipTLSVerify: true },
      { name: 'admin', token: 'secret' },
    )
    core = config.makeApiClient(CoreV1Api)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const namespace = 'default'

  it('creates, reads, replaces, lists and deletes', async () => {
    const created = await core.createNamespacedConfigMap({
      namespace,
      body: { metadata: { name: 'one' }, data: { a: '1' } },
    })
    expect(created.metadata?.creationTimestamp).toBeInstanceOf(Date)
    await core.replaceNamespacedConfigMap({ namespace, name: 'one', body: { ...created, data: { a: '2' } } })
    expect((await core.readNamespacedConfigMap({ namespace, name: 'one' })).data).toEqual({ a: '2' })
    const list = await core.listNamespacedConfigMap({ namespace, limit: 1 })
    expect(list.items.map((item) => item.metadata?.name)).toEqual(['one'])
    await core.deleteNamespacedConfigMap({ namespace, name: 'one' })
    const missing = await core.readNamespacedConfigMap({ namespace, name: 'one' }).catch((error: unknown) => error)
    expect(missing).toBeInstanceOf(ApiException)
    expect((missing as ApiException<unknown>).code).toBe(404)
  })

  it('applies on the server for any kind', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config)
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ssa', namespace }, data: { a: '1' } }
    const applied: V1ConfigMap = await objects.patch(
      body,
      undefined,
      undefined,
      'driver',
      true,
      PatchStrategy.ServerSideApply,
    )
    expect(applied.metadata?.managedFields?.map((entry) => `${entry.manager} ${entry.operation}`)).toEqual([
      'driver Apply',
    ])
    const dry = await objects.patch(
      { ...body, data: { a: '2' } } as typeof body,
      undefined,
      'All',
      'driver',
      true,
      PatchStrategy.ServerSideApply,
    )
    expect((dry as V1ConfigMap).data).toEqual({ a: '2' })
    expect((await core.readNamespacedConfigMap({ namespace, name: 'ssa' })).data).toEqual({ a: '1' })
  })

  it('scales and reads custom objects', async () => {
    const apps = config.makeApiClient(AppsV1Api)
    const labels = { app: 'web' }
    await apps.createNamespacedDeployment({
      namespace,
      body: {
        metadata: { name: 'web' },
        spec: {
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
    })
    const scale = await apps.readNamespacedDeploymentScale({ namespace, name: 'web' })
    await apps.replaceNamespacedDeploymentScale({ namespace, name: 'web', body: { ...scale, spec: { replicas: 7 } } })
    expect((await apps.readNamespacedDeployment({ namespace, name: 'web' })).spec?.replicas).toBe(7)
    const custom = config.makeApiClient(CustomObjectsApi)
    const list: unknown = await custom.listNamespacedCustomObject({
      group: 'apps',
      version: 'v1',
      namespace,
      plural: 'deployments',
    })
    expect(list).toMatchObject({ kind: 'DeploymentList', items: [{ metadata: { name: 'web' } }] })
  })

  it('watches and keeps an informer in step', async () => {
    const seen: string[] = []
    const informer = makeInformer(config, '/api/v1/namespaces/fix/configmaps', () =>
      core.listNamespacedConfigMap({ namespace: 'fix' }),
    )
    for (const type of ['add', 'update', 'delete'] as const)
      informer.on(type, (object) => seen.push(`${type} ${object.metadata?.name}`))
    await informer.start()
    await core.createNamespacedConfigMap({ namespace: 'fix', body: { metadata: { name: 'live' } } })
    await expect.poll(() => seen).toEqual(['add live'])
    await core.patchNamespacedConfigMap({
      namespace: 'fix',
      name: 'live',
      body: [{ op: 'add', path: '/data', value: { a: '1' } }],
    })
    await core.deleteNamespacedConfigMap({ namespace: 'fix', name: 'live' })
    await expect.poll(() => seen).toEqual(['add live', 'update live', 'delete live'])
    await informer.stop()
    const events: string[] = []
    const controller = await new Watch(config).watch(
      '/api/v1/namespaces',
      {},
      (phase: string, object: { metadata: { name: string } }) => events.push(`${phase} ${object.metadata.name}`),
      () => {},
    )
    await expect.poll(() => events).toEqual(['ADDED default', 'ADDED fix'])
    controller.abort()
  })
})
