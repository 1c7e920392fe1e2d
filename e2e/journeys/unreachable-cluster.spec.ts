import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedCluster } from '@driftless/embedded-cluster'
import { expect, test } from '@playwright/test'
import { logIn } from '../pages/login-page.ts'
import { expectStatus } from '../support/application.ts'
import { type Product, startProduct } from '../support/product.ts'
import { keepScreenshot } from '../support/screenshot.ts'
import { startTutorial, type Tutorial, tutorialBranch } from '../support/tutorial-repository.ts'

let product: Product
let tutorial: Tutorial
let directory: string

test.beforeAll(async () => {
  test.setTimeout(240_000)
  directory = await mkdtemp(join(tmpdir(), 'driftless-edge-'))
  tutorial = await startTutorial()
  product = await startProduct()
})

test.afterAll(async () => {
  await product?.[Symbol.asyncDispose]()
  await tutorial?.[Symbol.asyncDispose]()
  await rm(directory, { recursive: true, force: true })
})

const startEdge = () =>
  startEmbeddedCluster({
    name: 'edge',
    directory: join(directory, 'edge'),
    kubeconfigPath: join(directory, 'edge.kubeconfig'),
  })

test('a cluster that refuses the credentials is not registered, and says why', async () => {
  const edge = await startEdge()
  const tlsClientConfig = { caData: edge.caData }
  const register = product.api.call('createCluster', {
    body: { server: edge.server, name: 'edge', config: { bearerToken: 'wrong', tlsClientConfig } },
  })
  await expect(register).rejects.toThrow(/refuses the credentials/)
  expect((await product.api.call('listClusters', {})).items.map(({ name }) => name)).toEqual(['in-cluster'])
  await edge.close()
})

test('a cluster that goes away turns Unknown with its age, never green, and recovers', async ({ page }) => {
  let edge = await startEdge()
  const config = { bearerToken: edge.token, tlsClientConfig: { caData: edge.caData } }
  await product.api.call('createCluster', { body: { server: edge.server, name: 'edge', config } })
  await product.api.call('createApplication', {
    body: {
      metadata: { name: 'far' },
      spec: {
        project: 'default',
        source: { repoURL: tutorial.url, path: 'manifests/directory/staging', targetRevision: tutorialBranch },
        destination: { name: 'edge', namespace: 'default' },
      },
    },
  })
  await product.api.call('syncApplication', { params: { name: 'far' }, body: {} })
  await expectStatus(product, 'far', 'Synced', 'Healthy')

  await logIn(page, product)
  const tile = page.getByTestId('app-argocd-far')
  await expect(tile).toContainText('Healthy')
  await edge.close()
  await expect(tile).not.toContainText('Healthy', { timeout: 30_000 })
  await expect(tile).not.toContainText('Synced')
  await expect(tile).toContainText('Unknown')
  await keepScreenshot(page, 'unreachable-cluster')
  const { status } = await product.api.call('getApplication', { params: { name: 'far' } })
  expect(status).toMatchObject({
    observedAt: expect.any(String),
    conditions: [{ type: 'ComparisonError', message: expect.stringContaining('cannot be reached') }],
  })

  edge = await startEdge()
  await expect(tile).toContainText('Healthy', { timeout: 40_000 })
  await expectStatus(product, 'far', 'Synced', 'Healthy')
  await edge.close()
})
