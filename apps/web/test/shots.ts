import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

/** Pictures of every page in both themes and languages: `node test/shots.ts <url> [name …]`, into `test-output/shots`. */
const base = process.argv[2] ?? 'http://127.0.0.1:3000'
const wanted = process.argv.slice(3)
const output = join(import.meta.dirname, '../test-output/shots')

interface Shot {
  readonly name: string
  readonly path: string
  readonly width?: number
  readonly height?: number
  readonly anonymous?: boolean
  readonly prepare?: (page: Page) => Promise<void>
  /** Which of light, dark and zh to take; all by default. */
  readonly looks?: readonly string[]
}

const app = '/applications/argocd/checkout'
const pod = `${app}?node=${encodeURIComponent('/Pod/shop/checkout-api-6c9f7d84b-xx39u/0')}`
const phone = { width: 390, height: 844, looks: ['light'] }

const shots: readonly Shot[] = [
  {
    name: 'login',
    path: `/login?return_url=${encodeURIComponent(`${app}?view=tree`)}`,
    anonymous: true,
    prepare: refuseLogin,
  },
  { name: 'applications', path: '/applications?sort=attention' },
  { name: 'list', path: '/applications?view=list&sort=attention' },
  { name: 'application', path: app },
  { name: 'resource', path: pod },
  { name: 'resource-list', path: `${app}?view=list`, looks: ['light'] },
  { name: 'logs', path: `${pod}&tab=logs`, looks: ['dark'] },
  { name: 'events', path: `${pod}&tab=events`, looks: ['light'] },
  {
    name: 'resource-diff',
    path: `${app}?node=${encodeURIComponent('apps/Deployment/shop/checkout-api/0')}&tab=diff`,
    looks: ['light'],
  },
  {
    name: 'live',
    path: `${app}?node=${encodeURIComponent('apps/Deployment/shop/checkout-api/0')}&tab=live`,
    looks: ['dark'],
  },
  { name: 'diff', path: `${app}?tab=diff` },
  { name: 'sync', path: `${app}?deploy=all`, prepare: (page) => page.getByRole('checkbox').first().check() },
  { name: 'operation', path: `${app}?operation=true`, looks: ['light', 'zh'] },
  { name: 'conditions', path: `${app}?conditions=true`, looks: ['light'] },
  {
    name: 'details',
    path: `${app}?node=${encodeURIComponent('argoproj.io/Application/argocd/checkout/0')}`,
    looks: ['light'],
  },
  { name: 'history', path: `${app}?rollback=0` },
  {
    name: 'rollback',
    path: `${app}?rollback=0`,
    looks: ['light'],
    prepare: (page) => page.locator('[data-testid="deployment-1"] button').click(),
  },
  { name: 'delete', path: `${app}?delete=true`, looks: ['light', 'zh'] },
  {
    name: 'new-app',
    path: `/applications?new=${encodeURIComponent(JSON.stringify({ metadata: { name: 'orders' }, spec: { project: 'shop', source: { repoURL: 'https://git.example.com/shop/deploy.git', path: 'shop/order-router', targetRevision: 'main' }, destination: { name: 'production-hz', namespace: 'orders' } } }))}`,
    prepare: (page) => page.waitForTimeout(1500),
  },
  { name: 'settings', path: '/settings', looks: ['light'] },
  { name: 'repositories', path: '/settings/repos' },
  { name: 'connect', path: '/settings/repos?addRepo=true', looks: ['light'], prepare: refuseConnect },
  { name: 'clusters', path: '/settings/clusters', looks: ['light', 'zh'] },
  { name: 'user-info', path: '/user-info', looks: ['light'] },
  { name: 'not-found', path: '/nowhere/at/all/x', looks: ['light'] },
  { name: 'palette', path: '/applications', looks: ['dark'], prepare: openPalette },
  { name: 'phone-list', path: '/applications?view=list', ...phone },
  { name: 'phone-tiles', path: '/applications', ...phone },
  { name: 'phone-app', path: app, ...phone },
  { name: 'phone-history', path: `${app}?rollback=0`, ...phone },
  { name: 'wide', path: '/applications', width: 1920, height: 1000, looks: ['light'] },
]

async function refuseLogin(page: Page): Promise<void> {
  await page.getByLabel('Username').or(page.getByLabel('用户名')).fill('sre-oncall')
  await page.locator('input[type=password]').fill('wrong')
  await page.locator('button[type=submit]').click()
  await page.getByRole('alert').first().waitFor()
}

async function refuseConnect(page: Page): Promise<void> {
  await page.getByLabel('Repository URL').fill('https://git.example.com/shop/private.git')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('alert').first().waitFor()
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('pay')
  await page.waitForTimeout(500)
}

async function take(context: BrowserContext, shot: Shot, look: string): Promise<void> {
  const page = await context.newPage()
  page.on('pageerror', (error) => console.log(`  ${shot.name}-${look}: ${error.message.split('\n')[0]}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/401|400|404/.test(message.text()))
      console.log(`  ${shot.name}-${look}: ${message.text().slice(0, 300)}`)
  })
  await page.setViewportSize({ width: shot.width ?? 1440, height: shot.height ?? 900 })
  await page.goto(base + shot.path)
  await page.waitForTimeout(1200)
  await shot.prepare?.(page)
  await page.waitForTimeout(400)
  await page.screenshot({ path: join(output, `${shot.name}-${look}.png`) })
  await page.close()
}

mkdirSync(output, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
})
for (const look of ['light', 'dark', 'zh']) {
  const context = await browser.newContext({ locale: look === 'zh' ? 'zh-CN' : 'en-US', reducedMotion: 'reduce' })
  await context.addCookies([{ name: 'driftless-theme', value: look === 'dark' ? 'dark' : 'light', url: base }])
  for (const shot of shots) {
    if (wanted.length > 0 && !wanted.includes(shot.name)) continue
    if (!(shot.looks ?? ['light', 'dark', 'zh']).includes(look)) continue
    await context.clearCookies({ name: 'argocd.token' })
    if (shot.anonymous !== true) await context.addCookies([{ name: 'argocd.token', value: 'fake', url: base }])
    try {
      await take(context, shot, look)
    } catch (error) {
      console.log(`  ${shot.name}-${look}: ${String(error).split('\n')[0]}`)
    }
  }
  await context.close()
}
await browser.close()
