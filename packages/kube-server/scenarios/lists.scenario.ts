import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, startServer, type TestServer } from './support/server.ts'

const maps = '/api/v1/namespaces/default/configmaps'
const table = 'application/json;as=Table;v=v1;g=meta.k8s.io'

describe('lists', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
    for (const [name, namespace, tier] of [
      ['b', 'fix', 'back'],
      ['c', 'default', 'front'],
      ['a', 'default', 'back'],
    ] as const) {
      server.api.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels: { tier } } })
    }
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('[L1] sorted by namespace and name, with a version', async () => {
    const { json } = await server.request('/api/v1/configmaps')
    expect(json).toMatchObject({
      kind: 'ConfigMapList',
      apiVersion: 'v1',
      metadata: { resourceVersion: String(server.api.version) },
    })
    expect(names(json)).toEqual(['a', 'c', 'b'])
    expect(json.items[0]).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1' })
  })

  it('[L4] label selectors', async () => {
    const chosen = async (selector: string) =>
      names((await server.request(`/api/v1/configmaps?labelSelector=${encodeURIComponent(selector)}`)).json)
    expect(await chosen('tier=back')).toEqual(['a', 'b'])
    expect(await chosen('tier notin (back)')).toEqual(['c'])
    expect(await chosen('!tier')).toEqual([])
    expect((await server.request('/api/v1/configmaps?labelSelector=%21%21')).code).toBe(400)
  })

  it('[L4] field selectors know metadata and what the kind offers', async () => {
    expect(names((await server.request('/api/v1/configmaps?fieldSelector=metadata.namespace%3Dfix')).json)).toEqual([
      'b',
    ])
    expect(names((await server.request('/api/v1/configmaps?fieldSelector=metadata.name!%3Da')).json)).toEqual([
      'c',
      'b',
    ])
    const unknown = await server.request('/api/v1/configmaps?fieldSelector=data.x%3D1')
    expect([unknown.code, unknown.json.message]).toEqual([
      400,
      '"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ])
  })

  it('[L5] Table and PartialObjectMetadataList', async () => {
    const { json } = await server.request(maps, { headers: { accept: table } })
    expect(json).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      columnDefinitions: [{ name: 'Name', format: 'name' }, { name: 'Age' }],
    })
    expect(json.rows[0]).toMatchObject({
      cells: ['a', expect.any(String)],
      object: { kind: 'PartialObjectMetadata', metadata: { name: 'a' } },
    })
    const none = await server.request(`${maps}?includeObject=None`, { headers: { accept: table } })
    expect(none.json.rows[0].object).toBeNull()
    const partial = await server.request(maps, {
      headers: { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' },
    })
    expect(partial.json).toMatchObject({
      kind: 'PartialObjectMetadataList',
      items: [{ kind: 'PartialObjectMetadata' }, {}],
    })
    const yaml = await server.request(`${maps}/a`, { headers: { accept: 'application/yaml' } })
    expect(yaml.text).toContain('kind: ConfigMap\n')
    expect((await server.request(maps, { headers: { accept: 'text/html' } })).json).toMatchObject({
      code: 406,
      reason: 'NotAcceptable',
    })
  })

  it('[L6] exact versions, and versions of the future', async () => {
    const version = server.api.version
    server.api.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'later', namespace: 'default' } })
    const exact = await server.request(`${maps}?resourceVersion=${version}&resourceVersionMatch=Exact`)
    expect(names(exact.json)).toEqual(['a', 'c'])
    expect(names((await server.request(`${maps}?resourceVersion=${version}`)).json)).toEqual(['a', 'c', 'later'])
    server.api.delete({ group: '', kind: 'ConfigMap', namespace: 'default', name: 'later' })
    const future = await server.request(`${maps}?resourceVersion=999999`)
    expect(future.json).toMatchObject({
      code: 504,
      reason: 'Timeout',
      details: { causes: [{ reason: 'ResourceVersionTooLarge' }] },
    })
    expect((await server.request(`${maps}?resourceVersion=x`)).code).toBe(400)
  })
})

it('[L2] pages show one snapshot', async () => {
  await using server = await startServer()
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    server.api.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } })
  const first = await server.request(`${maps}?limit=2`)
  expect(names(first.json)).toEqual(['a', 'b'])
  expect(first.json.metadata.remainingItemCount).toBe(3)
  server.api.delete({ group: '', kind: 'ConfigMap', namespace: 'default', name: 'd' })
  server.api.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cc', namespace: 'default' } })
  const second = await next(server, first)
  expect([names(second.json), second.json.metadata.resourceVersion]).toEqual([
    ['c', 'd'],
    first.json.metadata.resourceVersion,
  ])
  const third = await next(server, second)
  expect([names(third.json), third.json.metadata.continue]).toEqual([['e'], undefined])
  expect((await server.request(`${maps}?continue=nonsense`)).code).toBe(400)
})

it('[L3] an old page answers 410 with a way on', async () => {
  await using server = await startServer({ historySize: 5 })
  const add = (name: string) =>
    server.api.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } })
  for (const name of ['a', 'b', 'c']) add(name)
  const first = await server.request(`${maps}?limit=1`)
  for (let index = 0; index < 20; index += 1) add(`z${index}`)
  const expired = await next(server, first)
  expect(expired.json).toMatchObject({ code: 410, reason: 'Expired' })
  expect(names((await next(server, expired)).json).slice(0, 2)).toEqual(['b', 'c'])
})

function next(server: TestServer, { json }: Answer): Promise<Answer> {
  return server.request(`${maps}?limit=2&continue=${encodeURIComponent(json.metadata.continue)}`)
}

function names(list: { items: { metadata: { name: string } }[] }): string[] {
  return list.items.map((item) => item.metadata.name)
}
