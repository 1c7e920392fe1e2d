import { createClient } from '@driftless/contract'
import { expect, test } from '@playwright/test'
import { createApplication, expectStatus } from '../support/application.ts'
import { hasKubectl, kubectl, kubectlJson, workloads } from '../support/kubectl.ts'
import { type Product, startProduct } from '../support/product.ts'
import { startTutorial, type Tutorial, tutorialBranch } from '../support/tutorial-repository.ts'

let product: Product
let tutorial: Tutorial

test.beforeAll(async () => {
  test.setTimeout(240_000)
  tutorial = await startTutorial()
  product = await startProduct()
})

test.afterAll(async () => {
  await product?.[Symbol.asyncDispose]()
  await tutorial?.[Symbol.asyncDispose]()
})

const kube = hasKubectl()

for (const { path, image, replicas } of [
  { path: 'manifests/directory/production', image: 'v1.0', replicas: 2 },
  { path: 'manifests/directory/staging', image: 'v1.0', replicas: 1 },
  { path: 'manifests/kustomize/overlay/production', image: 'v2.0', replicas: 1 },
  { path: 'manifests/kustomize/overlay/staging', image: 'v1.5', replicas: 1 },
]) {
  test(`${path} deploys and is healthy`, async () => {
    const name = path.split('/').slice(1).join('-').replace('overlay-', '')
    await createApplication(product, { name, repoURL: tutorial.url, path, revision: tutorialBranch, namespace: name })
    await expectStatus(product, name, 'OutOfSync', 'Missing')
    await product.api.call('syncApplication', { params: { name }, body: {} })
    await expectStatus(product, name, 'Synced', 'Healthy')
    if (kube)
      expect(await workloads(product.kubeconfig('in-cluster'), name)).toMatchObject({
        deployments: [{ image, replicas }],
      })
  })
}

test('an automated application undoes kubectl scale and prunes what left git', async () => {
  test.skip(!kube, 'kubectl is not installed')
  const path = 'manifests/directory/production'
  const config = product.kubeconfig('in-cluster')
  await createApplication(product, {
    name: 'auto',
    repoURL: tutorial.url,
    path,
    revision: tutorialBranch,
    namespace: 'auto',
    automated: true,
  })
  await expectStatus(product, 'auto', 'Synced', 'Healthy')
  await kubectl(config, '-n', 'auto', 'scale', 'deploy/echo-server', '--replicas=5')
  const replicas = async () =>
    (await kubectlJson<{ spec: { replicas: number } }>(config, '-n', 'auto', 'get', 'deploy', 'echo-server')).spec
      .replicas
  await expect.poll(replicas, { timeout: 20_000 }).toBe(2)
  await tutorial.commit('drop the service', { [`${path}/service.yaml`]: null })
  await product.api.call('getApplication', { params: { name: 'auto' }, query: { refresh: 'normal' } })
  const services = async () =>
    (await kubectlJson<{ items: unknown[] }>(config, '-n', 'auto', 'get', 'svc')).items.length
  await expect.poll(services, { timeout: 20_000 }).toBe(0)
  await expectStatus(product, 'auto', 'Synced', 'Healthy')
})

test('nothing but login, settings and version answers without a token', async () => {
  const anonymous = createClient({ baseUrl: product.url })
  await expect(anonymous.call('listApplications', {})).rejects.toMatchObject({ status: 401 })
  await expect(anonymous.call('listRepositories', {})).rejects.toMatchObject({ status: 401 })
  expect(await anonymous.call('getVersion', {})).toMatchObject({ Version: expect.any(String) })
})

test('bad input is refused where it happens and changes nothing', async () => {
  const create = (name: string, change: Partial<Parameters<typeof createApplication>[1]>) =>
    createApplication(product, {
      name,
      repoURL: tutorial.url,
      path: 'manifests/helm',
      revision: tutorialBranch,
      ...change,
    })
  await expect(create('bad', { repoURL: 'http://127.0.0.1:1/x.git' })).rejects.toThrow(/127\.0\.0\.1/)
  await expect(create('bad', { revision: 'no-such-branch' })).rejects.toThrow(/no-such-branch/)
  await expect(create('bad', { path: 'no/such/path' })).rejects.toThrow(/no\/such\/path/)
  await tutorial.commit('a chart that does not render', {
    'broken/Chart.yaml': 'apiVersion: v2\nname: broken\nversion: 0.1.0\n',
    'broken/templates/a.yaml': 'a: b\nc: {{ .Values.x | nosuch }}\n',
  })
  await expect(create('bad', { path: 'broken' })).rejects.toThrow(/templates\/a\.yaml:2.*nosuch/)
  await tutorial.commit('broken YAML', {
    'yaml/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: [}\n',
  })
  await expect(create('bad', { path: 'yaml' })).rejects.toThrow(/yaml\/a\.yaml/)
  await expect(product.api.call('getApplication', { params: { name: 'bad' } })).rejects.toMatchObject({ status: 403 })

  await create('twice', {})
  await expect(create('twice', { path: 'manifests/directory/staging' })).rejects.toThrow(
    /existing application spec is different/,
  )
  await tutorial.commit('an unknown kind', {
    'unknown/a.yaml': 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n',
  })
  await create('unknown-kind', { path: 'unknown' })
  await product.api.call('syncApplication', { params: { name: 'unknown-kind' }, body: {} })
  await expect
    .poll(
      async () =>
        (await product.api.call('getApplication', { params: { name: 'unknown-kind' } })).status?.operationState,
    )
    .toMatchObject({ phase: 'Failed', message: expect.stringContaining('Widget') })
})
