import { expect, test } from '@playwright/test'
import { ApplicationPage } from '../pages/application-page.ts'
import { logIn } from '../pages/login-page.ts'
import { hasKubectl, workloads } from '../support/kubectl.ts'
import { type Product, startProduct } from '../support/product.ts'
import { keepScreenshot } from '../support/screenshot.ts'
import { startTutorial, type Tutorial, tutorialBranch, values } from '../support/tutorial-repository.ts'

let product: Product
let tutorial: Tutorial

test.describe.configure({ mode: 'serial' })

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

async function expectCluster(expected: Awaited<ReturnType<typeof workloads>>): Promise<void> {
  if (!kube) return
  await expect.poll(() => workloads(product.kubeconfig('in-cluster'), 'default'), { timeout: 20_000 }).toEqual(expected)
}

test('a wrong password says no more than an unknown user', async ({ page }) => {
  await page.goto(`${product.url}/login`)
  await page.getByLabel('Username').fill('nobody')
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  const unknown = await page.getByRole('alert').first().textContent()
  await page.getByLabel('Username').fill('admin')
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page.getByRole('alert').first()).toHaveText(unknown ?? '')
  await keepScreenshot(page, 'login')
})

test('a repository that cannot be reached says why, and the right one connects', async ({ page }) => {
  await logIn(page, product)
  await page.goto(`${product.url}/settings/repos`)
  await page.getByRole('button', { name: 'Connect Repo' }).first().click()
  const panel = page.getByRole('dialog')
  await panel.getByLabel('Repository URL').fill('http://127.0.0.1:1/none.git')
  await panel.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(panel.getByRole('alert').first()).toContainText('127.0.0.1')
  await keepScreenshot(page, 'repositories-refused')
  await panel.getByLabel('Repository URL').fill(tutorial.url)
  await panel.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByText(tutorial.url).first()).toBeVisible()
  await expect(page.getByText('Successful').first()).toBeVisible()
  await keepScreenshot(page, 'repositories')
})

test('a Helm application goes from OutOfSync to v1.0, to v2.0, and back', async ({ page }) => {
  await logIn(page, product)
  await page.getByRole('button', { name: 'New App' }).first().click()
  await page.getByLabel('Application Name').fill('echo')
  await page.getByLabel('Repository URL').fill(tutorial.url)
  await page.getByLabel('Revision').fill(tutorialBranch)
  await page.getByLabel('Path').fill('manifests/helm')
  await page.getByLabel('Cluster', { exact: true }).selectOption('in-cluster')
  await page.getByLabel('Namespace', { exact: true }).fill('default')
  await keepScreenshot(page, 'new-app')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.goto(`${product.url}/applications`)
  const tile = page.getByTestId('app-argocd-echo')
  await expect(tile).toContainText('OutOfSync')
  await expect(tile).toContainText('Missing')
  await keepScreenshot(page, 'applications')

  const application = new ApplicationPage(page)
  await application.open(product, 'echo')
  await application.expectStatus('OutOfSync', 'Missing')
  await application.sync()
  await application.expectStatus('Synced', 'Healthy')
  await expectCluster({ deployments: [{ image: 'v1.0', replicas: 1 }], replicaSets: [{ image: 'v1.0', replicas: 1 }] })
  await application.open(product, 'echo')
  await expect(application.node('Deployment', 'default', 'echo-server')).toBeVisible()
  await keepScreenshot(page, 'application-tree')

  await tutorial.commit('echo v2.0', { 'manifests/helm/values.yaml': values('v2.0') })
  const asked = Date.now()
  await application.refresh()
  await application.expectStatus('OutOfSync', 'Healthy')
  test.info().annotations.push({ type: 'refresh to OutOfSync on screen', description: `${Date.now() - asked} ms` })
  await page.getByRole('button', { name: 'Diff', exact: true }).click()
  const diff = page.getByTestId('diff-body')
  await expect(diff).toContainText('echo-server:v1.0')
  await expect(diff).toContainText('echo-server:v2.0')
  await keepScreenshot(page, 'diff')

  await application.open(product, 'echo')
  await application.sync()
  await application.expectStatus('Synced', 'Healthy')
  await expectCluster({
    deployments: [{ image: 'v2.0', replicas: 1 }],
    replicaSets: [
      { image: 'v1.0', replicas: 0 },
      { image: 'v2.0', replicas: 1 },
    ],
  })
  await application.open(product, 'echo')
  await expect(application.node('ReplicaSet', 'default', /echo-server-/)).toHaveCount(2)

  await page.getByRole('button', { name: 'History and rollback' }).click()
  await keepScreenshot(page, 'history')
  await page.getByTestId('deployment-0').getByRole('button', { name: 'Rollback' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rollback' }).click()
  await expectCluster({
    deployments: [{ image: 'v1.0', replicas: 1 }],
    replicaSets: [
      { image: 'v1.0', replicas: 1 },
      { image: 'v2.0', replicas: 0 },
    ],
  })
  await application.open(product, 'echo')
  await application.expectStatus('OutOfSync', 'Healthy')
  await application.sync()
  await application.expectStatus('Synced', 'Healthy')
  await expectCluster({
    deployments: [{ image: 'v2.0', replicas: 1 }],
    replicaSets: [
      { image: 'v1.0', replicas: 0 },
      { image: 'v2.0', replicas: 1 },
    ],
  })
})
