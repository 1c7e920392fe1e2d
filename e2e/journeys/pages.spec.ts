import { expect, test } from '@playwright/test'
import { logIn } from '../pages/login-page.ts'
import { createApplication, expectStatus } from '../support/application.ts'
import { type Product, startProduct } from '../support/product.ts'
import { keepScreenshot } from '../support/screenshot.ts'
import { startTutorial, type Tutorial, tutorialBranch } from '../support/tutorial-repository.ts'

let product: Product
let tutorial: Tutorial

test.beforeAll(async () => {
  test.setTimeout(240_000)
  tutorial = await startTutorial()
  product = await startProduct()
  const app = { name: 'echo', repoURL: tutorial.url, path: 'manifests/helm', revision: tutorialBranch }
  await createApplication(product, app)
  await product.api.call('syncApplication', { params: { name: 'echo' }, body: {} })
  await expectStatus(product, 'echo', 'Synced', 'Healthy')
})

test.afterAll(async () => {
  await product?.[Symbol.asyncDispose]()
  await tutorial?.[Symbol.asyncDispose]()
})

const pages = [
  { name: 'applications-tiles', path: '/applications' },
  { name: 'applications-list', path: '/applications?view=list' },
  { name: 'new-application', path: '/applications?new=' },
  { name: 'application', path: '/applications/argocd/echo' },
  { name: 'application-diff', path: '/applications/argocd/echo?tab=diff' },
  { name: 'application-history', path: '/applications/argocd/echo?rollback=0' },
  { name: 'application-sync', path: '/applications/argocd/echo?deploy=all' },
  { name: 'repositories', path: '/settings/repos' },
  { name: 'clusters', path: '/settings/clusters' },
  { name: 'user-info', path: '/user-info' },
] as const

for (const look of [
  { colorScheme: 'light', locale: 'en-US', heading: 'Applications' },
  { colorScheme: 'dark', locale: 'zh-CN', heading: '应用' },
] as const) {
  test(`every page draws without an error, ${look.colorScheme}, ${look.locale}`, async ({ browser }) => {
    const door = await browser.newContext({ locale: 'en-US' })
    await logIn(await door.newPage(), product)
    const context = await browser.newContext({
      colorScheme: look.colorScheme,
      locale: look.locale,
      storageState: await door.storageState(),
      viewport: { width: 1440, height: 900 },
    })
    await door.close()
    const page = await context.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    for (const { name, path } of pages) {
      await page.goto(`${product.url}${path}`)
      await expect(page.getByRole('heading').first()).toBeVisible()
      await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined)
      await keepScreenshot(page, `page-${name}-${look.colorScheme}`)
    }
    await page.goto(`${product.url}/applications`)
    await expect(page.getByRole('heading', { name: look.heading, exact: true })).toBeVisible()
    expect(errors).toEqual([])
    await context.close()
  })
}
