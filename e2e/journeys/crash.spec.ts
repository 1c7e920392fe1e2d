import { expect, test } from '@playwright/test'
import { createApplication, expectStatus } from '../support/application.ts'
import { type Product, startProduct } from '../support/product.ts'
import { startTutorial, type Tutorial, tutorialBranch, values } from '../support/tutorial-repository.ts'

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

test('a kill in mid-sync loses nothing acknowledged, and the sync ends once', async () => {
  const app = { name: 'echo', repoURL: tutorial.url, path: 'manifests/helm', revision: tutorialBranch }
  await createApplication(product, app)
  await expectStatus(product, 'echo', 'OutOfSync', 'Missing')
  const started = await product.api.call('syncApplication', {
    params: { name: 'echo' },
    body: { infos: [{ name: 'reason', value: 'before the kill' }] },
  })
  expect(started.operation ?? started.status?.operationState?.operation).toBeTruthy()
  await product.kill()
  await product.restart()
  await expectStatus(product, 'echo', 'Synced', 'Healthy')
  const { items } = await product.api.call('listOperations', { params: { name: 'echo' } })
  expect(items).toHaveLength(1)
  expect(items[0]?.phase).toBe('Succeeded')
  const { status } = await product.api.call('getApplication', { params: { name: 'echo' } })
  expect(status?.history).toHaveLength(1)
})

test('kills at any moment leave every acknowledged application and deployment in place', async () => {
  const names: string[] = []
  for (let round = 0; round < 3; round += 1) {
    for (const suffix of ['a', 'b']) {
      const name = `kill-${round}-${suffix}`
      const app = {
        name,
        repoURL: tutorial.url,
        path: 'manifests/directory/staging',
        revision: tutorialBranch,
        namespace: name,
      }
      await createApplication(product, app)
      names.push(name)
      await product.api.call('syncApplication', { params: { name }, body: {} })
    }
    await tutorial.commit(`round ${round}`, { 'manifests/helm/values.yaml': values(`v3.${round}`) })
    await new Promise((resolve) => setTimeout(resolve, round * 150))
    await product.kill()
    await product.restart()
    const { items } = await product.api.call('listApplications', {})
    expect(items.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(names))
  }
  for (const name of names) {
    await expectStatus(product, name, 'Synced', 'Healthy')
    const { items } = await product.api.call('listOperations', { params: { name } })
    expect(items.map(({ phase }) => phase)).toEqual(['Succeeded'])
  }
})
