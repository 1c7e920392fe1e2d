import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import next from 'next'
import { chromium, type Page } from 'playwright-core'
import { createFakeApi } from './fake-api/server.ts'

/** Drives the built console in a browser against the fake API: `next build && node test/journey.ts`. */
const app = next({ dev: false, dir: join(import.meta.dirname, '..'), hostname: '127.0.0.1' })
await app.prepare()
const page = app.getRequestHandler()
const api = createFakeApi()
let apiDown = false
const server = createServer((request, response) => {
  if (request.url?.startsWith('/api/') !== true) return void page(request, response)
  if (apiDown) return void request.socket.destroy()
  void api.handle(request, response)
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
})

const journeys: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'a stranger is sent to log in and comes back to the page asked for': async (tab) => {
    await tab.goto(`${base}/applications/argocd/payments?view=list`)
    await tab.waitForURL(/\/login\?return_url=/)
    await tab.getByLabel('Username').fill('admin')
    await tab.getByLabel('Password').fill('wrong')
    await tab.getByRole('button', { name: 'Log in' }).click()
    await tab.getByText('Login failed').waitFor()
    await tab.getByLabel('Password').fill('driftless')
    await tab.getByRole('button', { name: 'Log in' }).click()
    await tab.waitForURL(`${base}/applications/argocd/payments?view=list`)
    await tab.getByRole('heading', { name: 'payments', level: 1 }).waitFor()
  },
  'one button logs out, and Hard Refresh is a button': async (tab) => {
    await tab.goto(`${base}/user-info`)
    await tab.getByRole('heading', { name: 'User info', level: 1 }).waitFor()
    assert.equal(await tab.getByRole('button', { name: 'Log out', exact: true }).count(), 1)
    await tab.goto(`${base}/applications/argocd/payments`)
    await tab.getByRole('button', { name: 'Refresh', exact: true }).waitFor()
    assert.equal(await tab.getByRole('button', { name: /refresh/i }).count(), 1)
    await tab.getByRole('button', { name: 'More', exact: true }).click()
    await tab.getByRole('button', { name: 'Hard Refresh', exact: true }).click()
    await tab.getByRole('button', { name: 'Hard Refresh', exact: true }).waitFor({ state: 'detached' })
  },
  'filters are in the address, and the keyboard walks the tiles': async (tab) => {
    await tab.goto(`${base}/applications`)
    await tab.getByTestId('app-argocd-checkout').waitFor()
    await tab.keyboard.press('/')
    await tab.keyboard.type('pay')
    await tab.getByTestId('app-argocd-checkout').waitFor({ state: 'detached' })
    assert.match(tab.url(), /search=pay/)
    await tab.keyboard.press('Escape')
    await tab.keyboard.press('ArrowDown')
    await tab.keyboard.press('ArrowRight')
    assert.equal(
      await tab.evaluate(() => document.activeElement?.getAttribute('data-testid')),
      'app-argocd-payments-staging',
    )
    await tab.keyboard.press('Enter')
    await tab.waitForURL(/\/applications\/argocd\/payments-staging/)
    await tab.goBack()
    await tab
      .getByRole('checkbox', { name: /^Staging|staging/ })
      .first()
      .waitFor()
    await tab.goto(`${base}/applications?sync=OutOfSync&view=list`)
    await tab.getByTestId('app-argocd-checkout').waitFor()
    assert.equal(await tab.getByTestId('app-argocd-ledger').count(), 0)
  },
  'a change on the server is on the tile within a second': async (tab) => {
    await tab.goto(`${base}/applications`)
    const tile = tab.getByTestId('app-argocd-ledger')
    await tile.getByText('Healthy').waitFor()
    await tab.getByText('Live', { exact: true }).waitFor()
    const before = Date.now()
    api.state.change('ledger', { health: 'Degraded' })
    await tile.getByText('Degraded').waitFor({ timeout: 2000 })
    console.log(`    ${Date.now() - before} ms`)
    api.state.change('ledger', { health: 'Healthy' })
  },
  'an unreachable cluster is Unknown, with its age and what was last true': async (tab) => {
    await tab.goto(`${base}/applications`)
    const tile = tab.getByTestId('app-argocd-edge-eu-west')
    await tile.getByText(/^unreachable/).waitFor()
    assert.equal(await tile.getByText('Unknown').count(), 2)
    await tile.getByText('was Synced, Healthy').waitFor()
  },
  'sync shows its plan, asks before pruning, and shows its result live': async (tab) => {
    await tab.goto(`${base}/applications/argocd/notifications`)
    await tab.getByRole('button', { name: 'Sync', exact: true }).click()
    await tab.getByTestId('plan-summary').waitFor()
    await tab.getByLabel('Prune', { exact: true }).check()
    await tab.getByText('notifications-warmup').first().waitFor()
    await tab.getByRole('button', { name: 'Synchronize' }).click()
    await tab.getByLabel('Type prune').fill('prune')
    await tab.keyboard.press('Enter')
    await tab.getByTestId('operation-phase').getByText('Syncing').waitFor()
    await tab.getByTestId('operation-phase').getByText('Sync OK').waitFor({ timeout: 8000 })
    await tab.keyboard.press('Escape')
    await tab.getByTestId('app-sync').getByText('Synced').waitFor()
  },
  'a node opens its panel, Esc closes it': async (tab) => {
    await tab.goto(`${base}/applications/argocd/checkout`)
    await tab.getByTestId('node-Deployment-shop-checkout-api').click()
    await tab.getByTestId('resource-panel').waitFor()
    for (const name of ['Live manifest', 'Desired manifest', 'Diff', 'Events', 'Logs'])
      await tab.getByRole('tab', { name }).click()
    await tab.getByText('order accepted').first().waitFor()
    await tab.keyboard.press('Escape')
    await tab.getByTestId('resource-panel').waitFor({ state: 'detached' })
  },
  'rollback confirms, with its plan': async (tab) => {
    await tab.goto(`${base}/applications/argocd/payments`)
    await tab.getByRole('button', { name: 'History and rollback' }).click()
    await tab.getByTestId('deployment-1').getByRole('button', { name: 'Rollback' }).click()
    await tab.getByRole('dialog').getByTestId('plan-summary').waitFor()
    await tab.getByRole('dialog').getByRole('button', { name: 'Rollback' }).click()
    await tab.getByTestId('operation-phase').getByText('Rolled back').waitFor({ timeout: 8000 })
  },
  'a new application is form and YAML at once, and a refusal stands beside its field': async (tab) => {
    await tab.goto(`${base}/applications`)
    await tab.getByRole('button', { name: 'New App' }).click()
    await tab.getByRole('button', { name: 'Create' }).click()
    await tab.getByText('This is required').first().waitFor()
    await tab.getByLabel('Application Name').fill('checkout')
    await tab.getByLabel('Repository URL').fill('https://git.example.com/shop/deploy.git')
    await tab.getByLabel('Path').fill('shop/orders')
    await tab.getByLabel('Cluster').selectOption('in-cluster')
    await tab.getByLabel('Namespace', { exact: true }).first().fill('orders')
    await tab.getByText('found in shop/orders').waitFor()
    await tab.getByRole('button', { name: 'Create' }).click()
    await tab.getByText('existing application spec is different').waitFor()
    await tab.getByRole('button', { name: 'Edit as YAML' }).click()
    const editor = tab.getByRole('textbox', { name: 'Edit as YAML' })
    await editor.fill((await editor.inputValue()).replace('name: checkout', 'name: orders'))
    await tab.getByRole('button', { name: 'Form' }).click()
    assert.equal(await tab.getByLabel('Application Name').inputValue(), 'orders')
    await tab.getByRole('button', { name: 'Create' }).click()
    await tab.waitForURL(/\/applications\/argocd\/orders/)
  },
  'delete needs the name': async (tab) => {
    await tab.goto(`${base}/applications/argocd/mailer`)
    await tab.getByRole('button', { name: 'Delete' }).click()
    const confirm = tab.getByRole('dialog').getByRole('button', { name: 'Delete' })
    assert.equal(await confirm.getAttribute('aria-disabled'), 'true')
    await tab.getByLabel('Type mailer').fill('mailer')
    await confirm.click()
    await tab.waitForURL(/\/applications$/)
    await tab.getByTestId('app-argocd-mailer').waitFor({ state: 'detached' })
  },
  'connecting a repository tests it first and shows the server’s reason': async (tab) => {
    await tab.goto(`${base}/settings/repos`)
    await tab.getByRole('button', { name: 'Connect Repo' }).click()
    await tab.getByLabel('Repository URL').fill('https://git.example.com/shop/private.git')
    await tab.getByRole('button', { name: 'Connect', exact: true }).click()
    await tab.getByText(/token lacks scope/).waitFor()
    await tab.getByLabel('Repository URL').fill('https://git.example.com/shop/open.git')
    await tab.getByRole('button', { name: 'Connect', exact: true }).click()
    await tab.getByTestId('repo-https://git.example.com/shop/open.git').getByText('Successful').waitFor()
  },
  'language and theme change at once and stay': async (tab) => {
    await tab.goto(`${base}/applications`)
    await tab.getByRole('button', { name: 'User menu' }).click()
    await tab.getByRole('menuitem', { name: '简体中文' }).click()
    await tab.getByRole('heading', { name: '应用' }).waitFor()
    assert.equal(await tab.evaluate(() => document.documentElement.lang), 'zh-CN')
    await tab.getByRole('button', { name: '用户菜单' }).click()
    await tab.getByRole('menuitem', { name: '主题: 深色' }).click()
    await tab.reload()
    await tab.getByRole('heading', { name: '应用' }).waitFor()
    assert.equal(await tab.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(14, 15, 17)')
  },
  'a lost stream says so and recovers': async (tab) => {
    await tab.goto(`${base}/applications`)
    await tab.getByText('Live', { exact: true }).waitFor()
    apiDown = true
    for (const watcher of api.state.watchers) watcher.destroy()
    await tab.getByText('live updates paused · reconnecting').waitFor()
    apiDown = false
    await tab.getByText('Live', { exact: true }).waitFor({ timeout: 10_000 })
  },
  'user text is never a script or a link of another kind': async (tab) => {
    await tab.goto(
      `${base}/applications/argocd/checkout?node=${encodeURIComponent('argoproj.io/Application/argocd/checkout/0')}`,
    )
    await tab.getByRole('dialog').getByText('javascript:alert(1)').waitFor()
    const links = await tab.evaluate(() =>
      [...document.querySelectorAll('a')].map((link) => link.href).filter((href) => !/^https?:/.test(href)),
    )
    assert.deepEqual(links, [])
  },
}

let failed = 0
for (const [name, run] of Object.entries(journeys)) {
  if (process.argv[2] !== undefined && !name.includes(process.argv[2])) continue
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(6000)
  if (!name.startsWith('a stranger')) await context.addCookies([{ name: 'argocd.token', value: 'fake', url: base }])
  const tab = await context.newPage()
  const problems: string[] = []
  tab.on('pageerror', (error) => problems.push(error.message))
  try {
    await run(tab)
    assert.deepEqual(problems, [])
    console.log(`ok   ${name}`)
  } catch (error) {
    failed += 1
    console.log(`FAIL ${name}\n     ${String(error).split('\n').slice(0, 6).join('\n     ')}`)
    await tab
      .screenshot({ path: join(import.meta.dirname, `../test-output/failed-${failed}.png`) })
      .catch(() => undefined)
  }
  await context.close()
}
await browser.close()
process.exit(failed === 0 ? 0 : 1)
