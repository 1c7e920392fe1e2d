/**
 * `npm run bench`: what the loop costs, measured through the front door. Starts a product of its own without console, deploys to its
 * embedded cluster, prints a table, and ends everything it started. Numbers are of this machine; compare runs, not machines.
 */
import type { Client } from '@driftless/contract'
import { startGitServer } from '@driftless/testkit'
import { type Product, startProduct } from '../support/product.ts'
import { readUsage } from './process-usage.ts'
import { summarize } from './samples.ts'

interface Row {
  readonly work: string
  readonly ms: string
  readonly cpuMs: string
  readonly rssMb: string
  readonly note: string
}

const unchanged = 200
const objects = 100
const listed = 1_000

const rows: Row[] = []

async function measure(product: Product, work: string, run: () => Promise<string>): Promise<void> {
  const before = readUsage(product.pid)
  const started = performance.now()
  const note = await run()
  const ms = performance.now() - started
  const after = readUsage(product.pid)
  rows.push({
    work,
    ms: ms.toFixed(0),
    cpuMs: (after.cpuMs - before.cpuMs).toFixed(0),
    rssMb: after.rssMb.toFixed(0),
    note,
  })
}

function configMap(index: number, value: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: item-${index}\ndata:\n  value: "${value}"\n`
}

function manyConfigMaps(value: string): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: objects }, (_, index) => [`many/item-${index}.yaml`, configMap(index, value)]),
  )
}

async function create(
  api: Client,
  app: { name: string; repoURL: string; path: string; namespace: string },
): Promise<void> {
  await api.call('createApplication', {
    query: { validate: false },
    body: {
      metadata: { name: app.name },
      spec: {
        project: 'default',
        source: { repoURL: app.repoURL, path: app.path, targetRevision: 'main' },
        destination: { name: 'in-cluster', namespace: app.namespace },
        syncPolicy: { syncOptions: ['CreateNamespace=true'] },
      },
    },
  })
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 180_000
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`${what} did not happen within 180 s`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items]
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item)
    }),
  )
}

async function syncAndWait(api: Client, name: string): Promise<void> {
  await api.call('syncApplication', { params: { name }, body: {} })
  await until(`${name} synced`, async () => {
    const { status } = await api.call('getApplication', { params: { name } })
    if (status?.operationState?.phase === 'Failed' || status?.operationState?.phase === 'Error')
      throw new Error(status.operationState.message)
    return status?.operationState?.phase === 'Succeeded' && status.sync?.status === 'Synced'
  })
}

await using git = await startGitServer()
await using product = await startProduct({ DRIFTLESS_CONSOLE: '0', DRIFTLESS_LOG_LEVEL: 'error' })
const { api } = product
await git.createRepository('bench', { 'one/item.yaml': configMap(0, 'a'), ...manyConfigMaps('a') })
const repoURL = git.url('bench')
const names = Array.from({ length: unchanged }, (_, index) => `app-${index}`)

await measure(product, `create ${unchanged} applications`, async () => {
  await inParallel(names, 8, (name) => create(api, { name, repoURL, path: 'one', namespace: name }))
  return ''
})
await measure(product, `sync ${unchanged} applications of one object`, async () => {
  await inParallel(names, 8, (name) => syncAndWait(api, name))
  return ''
})
await measure(product, `refresh ${unchanged} unchanged applications`, async () => {
  const calls = git.requests.length
  const samples: number[] = []
  await inParallel(names, 8, async (name) => {
    const started = performance.now()
    await api.call('getApplication', { params: { name }, query: { refresh: 'normal' } })
    samples.push(performance.now() - started)
  })
  const { median, p99 } = summarize(samples)
  return `each ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms; ${git.requests.length - calls} git requests`
})
await create(api, { name: 'many', repoURL, path: 'many', namespace: 'many' })
await measure(product, `sync ${objects} new objects`, async () => {
  await syncAndWait(api, 'many')
  return ''
})
await measure(product, `sync ${objects} unchanged objects again`, async () => {
  await syncAndWait(api, 'many')
  return ''
})
await git.commit('bench', { branch: 'main', message: 'change one', files: { 'many/item-7.yaml': configMap(7, 'b') } })
await measure(product, `refresh and sync 1 changed of ${objects} objects`, async () => {
  await api.call('getApplication', { params: { name: 'many' }, query: { refresh: 'normal' } })
  await syncAndWait(api, 'many')
  return ''
})
await measure(product, `create ${listed - unchanged - 1} more applications`, async () => {
  const more = Array.from({ length: listed - unchanged - 1 }, (_, index) => `more-${index}`)
  await inParallel(more, 8, (name) => create(api, { name, repoURL, path: 'one', namespace: name }))
  const page = async () => api.call('searchApplications', { query: { sync: ['Unknown'], limit: 1 } })
  await until('all were compared', async () => (await page()).total === 0)
  return 'and compare them'
})
await measure(product, `list ${listed} applications, whole`, async () => {
  const { items } = await api.call('listApplications', {})
  return `${items.length} items, ${(JSON.stringify(items).length / 1024).toFixed(0)} KB`
})
await measure(product, `search ${listed} applications: 50 pages of 50`, async () => {
  const samples: number[] = []
  for (let page = 0; page < 50; page += 1) {
    const started = performance.now()
    await api.call('searchApplications', { query: { offset: (page % 20) * 50, limit: 50, sort: 'attention' } })
    samples.push(performance.now() - started)
  }
  const { median, p99 } = summarize(samples)
  return `each ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
})

console.table(rows)
