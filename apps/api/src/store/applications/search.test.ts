import type { ApplicationSearch } from '@driftless/contract'
import { routes } from '@driftless/contract'
import { beforeAll, expect, it } from 'vitest'
import { describeOnDatabases } from '../../testing/databases.ts'
import { exampleApplication, exampleState } from '../../testing/example-application.ts'
import { createApplicationStore } from './application-store.ts'
import { createApplicationSearcher, type Visibility } from './search.ts'

describeOnDatabases('application search', ({ database }) => {
  const search = (query: Partial<Record<keyof ApplicationSearch, unknown>> = {}, visibility: Visibility = 'all') =>
    createApplicationSearcher(database()).search(routes.searchApplications.query.parse(query), visibility)
  const namesOf = async (query: Partial<Record<keyof ApplicationSearch, unknown>>) =>
    (await search(query)).rows.map((row) => row.name)

  beforeAll(async () => {
    const store = createApplicationStore({ database: database(), now: () => new Date('2026-01-05T10:00:00.000Z') })
    const add = async (
      name: string,
      spec: Parameters<typeof exampleApplication>[1],
      state: Parameters<typeof exampleState>[0] | undefined,
      labels = {},
    ) => {
      await store.create({ ...exampleApplication(name, spec), metadata: { labels } })
      if (state !== undefined) await store.recordState({ namespace: 'argocd', name }, exampleState(state), undefined)
    }
    await add(
      'alpha',
      {},
      { sync: 'Synced', health: 'Healthy', images: ['registry.example.com/alpha:1'] },
      { team: 'web', tier: 'front' },
    )
    await add('beta', { project: 'shop' }, { sync: 'OutOfSync', health: 'Degraded' }, { team: 'shop' })
    await add(
      'gamma',
      { project: 'shop', destination: { name: 'staging', namespace: 'g' }, syncPolicy: { automated: {} } },
      { sync: 'OutOfSync', health: 'Healthy' },
      { team: 'shop' },
    )
    await add(
      'delta_100%',
      {
        sources: [
          { repoURL: 'https://git.example.com/a', path: 'x' },
          { repoURL: 'https://git.example.com/values', ref: 'values' },
        ],
      },
      undefined,
    )
  })

  it('answers everything sorted by name, with counts of each filter', async () => {
    const page = await search()
    expect(page.rows.map((row) => row.name)).toEqual(['alpha', 'beta', 'delta_100%', 'gamma'])
    expect(page).toMatchObject({ total: 4, all: 4 })
    expect(page.facets.sync).toEqual([
      { value: 'OutOfSync', count: 2 },
      { value: 'Synced', count: 1 },
      { value: 'Unknown', count: 1 },
    ])
    expect(page.facets.autoSync).toEqual([
      { value: 'Disabled', count: 3 },
      { value: 'Enabled', count: 1 },
    ])
    expect(page.facets.operation).toEqual([])
  })

  it('counts each filter with the other filters applied, not its own', async () => {
    const page = await search({ sync: ['OutOfSync'], health: ['Healthy'] })
    expect(page.rows.map((row) => row.name)).toEqual(['gamma'])
    expect(page.total).toBe(1)
    expect(page.facets.sync).toEqual([
      { value: 'OutOfSync', count: 1 },
      { value: 'Synced', count: 1 },
    ])
    expect(page.facets.health).toEqual([
      { value: 'Degraded', count: 1 },
      { value: 'Healthy', count: 1 },
    ])
  })

  it('finds words in name, project, labels and images, whatever their case, and takes wildcards literally', async () => {
    expect(await namesOf({ search: 'ALPHA' })).toEqual(['alpha'])
    expect(await namesOf({ search: 'shop eta' })).toEqual(['beta'])
    expect(await namesOf({ search: 'registry.example.com/alpha' })).toEqual(['alpha'])
    expect(await namesOf({ search: '0%' })).toEqual(['delta_100%'])
    expect(await namesOf({ search: "'; DROP TABLE x; --" })).toEqual([])
  })

  it('selects by labels', async () => {
    expect(await namesOf({ labels: 'team in (shop),!tier' })).toEqual(['beta', 'gamma'])
    expect(await namesOf({ labels: 'team!=shop' })).toEqual(['alpha', 'delta_100%'])
    await expect(search({ labels: 'team in (' })).rejects.toMatchObject({ code: 'SELECTOR_INVALID' })
  })

  it('filters by cluster name or address, and by any source repository', async () => {
    expect(await namesOf({ cluster: 'staging' })).toEqual(['gamma'])
    expect(await namesOf({ cluster: ['https://kubernetes.default.svc'] })).toEqual(['alpha', 'beta', 'delta_100%'])
    expect(await namesOf({ repo: 'https://git.example.com/values' })).toEqual(['delta_100%'])
  })

  it('pages and sorts', async () => {
    expect(await namesOf({ order: 'desc', limit: 2 })).toEqual(['gamma', 'delta_100%'])
    expect(await namesOf({ order: 'desc', limit: 2, offset: 2 })).toEqual(['beta', 'alpha'])
    expect(await namesOf({ sort: 'attention' })).toEqual(['beta', 'gamma', 'delta_100%', 'alpha'])
    expect((await search({ limit: 1 })).total).toBe(4)
  })

  it('shows and counts only what the caller may see', async () => {
    const page = await search({}, { projects: ['shop'] })
    expect(page.rows.map((row) => row.name)).toEqual(['beta', 'gamma'])
    expect(page).toMatchObject({ total: 2, all: 2 })
    expect(page.facets.proj).toEqual([{ value: 'shop', count: 2 }])
    expect((await search({}, { projects: [] })).rows).toEqual([])
  })
})
