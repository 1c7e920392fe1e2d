import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startServer, type TestServer } from './support/server.ts'
import { type WatchEvent, watch } from './support/watch.ts'

const maps = '/api/v1/namespaces/default/configmaps'
const merge = 'application/merge-patch+json'

describe('watches', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const create = (name: string, labels: Record<string, string> = {}) =>
    server.api.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', labels } })
  const label = (name: string, labels: Record<string, string | null>) =>
    server.request(`${maps}/${name}`, { method: 'PATCH', type: merge, body: { metadata: { labels } } })

  it('[W1] begins with all there is', async () => {
    create('w1', { rule: 'w1' })
    for (const version of ['', '&resourceVersion=0']) {
      await using stream = await watch(server, `${maps}?labelSelector=rule%3Dw1${version}`)
      expect((await stream.has(1)).map(brief)).toEqual(['ADDED w1'])
    }
  })

  it('[W2] continues after a version without gap or repetition', async () => {
    const since = server.api.version
    create('w2', { rule: 'w2' })
    await using stream = await watch(server, `${maps}?resourceVersion=${since}&labelSelector=rule%3Dw2`)
    await label('w2', { x: '1' })
    await server.request(`${maps}/w2`, { method: 'DELETE' })
    const events = await stream.has(3)
    expect(events.map(brief)).toEqual(['ADDED w2', 'MODIFIED w2', 'DELETED w2'])
    const versions = events.map((event) => Number(event.object.metadata.resourceVersion))
    expect(versions).toEqual([since + 1, since + 2, since + 3])
  })

  it('[W4] selectors see objects come and go', async () => {
    create('w4')
    await using stream = await watch(server, `${maps}?resourceVersion=${server.api.version}&labelSelector=rule%3Dw4`)
    await label('w4', { rule: 'w4' })
    await label('w4', { rule: null })
    const [added, deleted] = await stream.has(2)
    expect([added, deleted].map((event) => event && brief(event))).toEqual(['ADDED w4', 'DELETED w4'])
    expect(deleted?.object.metadata.labels).toEqual({ rule: 'w4' })
    expect(deleted?.object.metadata.resourceVersion).toBe(String(server.api.version))
  })

  it('[W4] a field selector follows one object', async () => {
    create('w4-field')
    await using stream = await watch(
      server,
      `${maps}?resourceVersion=${server.api.version}&fieldSelector=metadata.name%3Dw4-field`,
    )
    create('w4-other')
    await label('w4-field', { seen: 'yes' })
    expect((await stream.has(1)).map(brief)).toEqual(['MODIFIED w4-field'])
  })

  it('[W5] sendInitialEvents ends with a bookmark', async () => {
    create('w5', { rule: 'w5' })
    const query =
      'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&labelSelector=rule%3Dw5'
    await using stream = await watch(server, `${maps}?${query}`)
    const [added, bookmark] = await stream.has(2)
    expect(added?.type).toBe('ADDED')
    expect(bookmark).toMatchObject({
      type: 'BOOKMARK',
      object: {
        kind: 'ConfigMap',
        metadata: { resourceVersion: String(server.api.version), annotations: { 'k8s.io/initial-events-end': 'true' } },
      },
    })
    const refused = await server.request(`${maps}?watch=true&sendInitialEvents=true`)
    expect(refused.json.message).toContain('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan')
  })

  it('[W6] timeoutSeconds ends the stream after a bookmark', async () => {
    await using stream = await watch(
      server,
      `${maps}?resourceVersion=${server.api.version}&timeoutSeconds=1&allowWatchBookmarks=true`,
    )
    await stream.ended
    expect(stream.events.map((event) => event.type)).toEqual(['BOOKMARK'])
  })

  it('[W7] a change is encoded once for all watches of a form', async () => {
    const streams = await Promise.all(
      Array.from({ length: 8 }, () => watch(server, `${maps}?resourceVersion=${server.api.version}`)),
    )
    const stringify = vi.spyOn(JSON, 'stringify')
    create('w7')
    const encodings = stringify.mock.results.filter(({ value }) => String(value).startsWith('{"type":"ADDED"')).length
    stringify.mockRestore()
    await Promise.all(streams.map((stream) => stream.has(1)))
    await Promise.all(streams.map((stream) => stream[Symbol.asyncDispose]()))
    expect(encodings).toBe(1)
  })

  it('[L5] watches of Tables have columns in the first row', async () => {
    create('table', { rule: 'table' })
    await using stream = await watch(
      server,
      `${maps}?labelSelector=rule%3Dtable`,
      'application/json;as=Table;v=v1;g=meta.k8s.io',
    )
    const [first] = await stream.has(1)
    expect(first?.object).toMatchObject({
      kind: 'Table',
      rows: [{ cells: ['table', expect.any(String)], object: { kind: 'PartialObjectMetadata' } }],
    })
    expect(first?.object.columnDefinitions.map((column: { name: string }) => column.name)).toEqual(['Name', 'Age'])
  })
})

it('[W3] a version that left the history gets an ERROR', async () => {
  await using server = await startServer({ historySize: 5 })
  for (let index = 0; index < 20; index += 1) {
    server.api.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `m${index}`, namespace: 'default' } })
  }
  await using stream = await watch(server, `${maps}?resourceVersion=2`)
  await stream.ended
  expect(stream.events).toMatchObject([{ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } }])
})

it('[W7] 1,000 changes reach 20 watches within a second or so', async () => {
  await using server = await startServer()
  const streams = await Promise.all(
    Array.from({ length: 20 }, () => watch(server, `${maps}?resourceVersion=${server.api.version}`)),
  )
  const begin = performance.now()
  for (let index = 0; index < 1000; index += 1) {
    server.api.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `m${index}`, namespace: 'default' },
      data: { a: 'x'.repeat(200) },
    })
    if (index % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  await Promise.all(streams.map((stream) => stream.has(1000)))
  const took = performance.now() - begin
  await Promise.all(streams.map((stream) => stream[Symbol.asyncDispose]()))
  // Generous, because the machine may be busy; alone it takes a fraction.
  expect(took).toBeLessThan(5000)
})

function brief({ type, object }: WatchEvent): string {
  return `${type} ${object.metadata.name}`
}
