import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import next from 'next'
import { chromium } from 'playwright-core'
import { createFakeApi } from './fake-api/server.ts'

/** Measures the built console with 10,000 applications and a tree of 3,000 objects: `next build && node test/measure.ts`. */
const app = next({ dev: false, dir: join(import.meta.dirname, '..'), hostname: '127.0.0.1' })
await app.prepare()
const page = app.getRequestHandler()
const api = createFakeApi({ applications: 10_000, objects: 3_000 })
const server = createServer((request, response) => {
  if (request.url?.startsWith('/api/') === true) void api.handle(request, response)
  else void page(request, response)
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
})
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
await context.addCookies([{ name: 'argocd.token', value: 'fake', url: base }])
const tab = await context.newPage()

const timed = async (what: string, action: () => Promise<unknown>) => {
  const before = performance.now()
  await action()
  console.log(`${what}: ${Math.round(performance.now() - before)} ms`)
}

/** Scrolls for two seconds and counts frames that took longer than 50 ms. */
const scroll = (step: number) =>
  tab.evaluate(async (pixels) => {
    const scroller = [...document.querySelectorAll('div')].find(
      (each) => each.scrollHeight > 100_000 && getComputedStyle(each).overflowY === 'auto',
    )
    let frames = 0
    let slow = 0
    let last = performance.now()
    const end = last + 2_000
    while (performance.now() < end) {
      scroller?.scrollBy(0, pixels)
      await new Promise(requestAnimationFrame)
      const now = performance.now()
      frames += 1
      if (now - last > 50) slow += 1
      last = now
    }
    return `${Math.round(frames / 2)} frames a second, ${slow} over 50 ms`
  }, step)

await tab.goto(`${base}/login`)
await timed('applications, first page of 10,000', async () => {
  await tab.goto(`${base}/applications`)
  await tab.getByTestId('app-argocd-app-00001').waitFor()
})
console.log(`tiles, scrolling: ${await scroll(120)}`)
await tab.goto(`${base}/applications?view=list`)
await tab.getByTestId('app-argocd-app-00001').waitFor()
console.log(`list, scrolling: ${await scroll(120)}`)
await timed('search as typed', async () => {
  await tab.getByRole('searchbox').fill('app-00777')
  await tab.getByTestId('app-argocd-app-00777').waitFor()
})
await timed('tree of 3,000 objects, from the list to the drawn tree', async () => {
  await tab.getByTestId('app-argocd-app-00777').click()
  await tab.getByTestId('node-Application-argocd-app-00777').waitFor()
})
await timed('the same, every object by itself', async () => {
  await tab.getByRole('button', { name: 'Group nodes' }).click()
  await tab
    .getByTestId(/^node-Deployment-/)
    .first()
    .waitFor()
})
console.log(`boxes in the page: ${await tab.locator('[data-testid^="node-"]').count()}`)
await browser.close()
process.exit(0)
