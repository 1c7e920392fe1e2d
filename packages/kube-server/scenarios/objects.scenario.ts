import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryStorage } from '../src/index.ts'
import { startServer, type TestServer } from './support/server.ts'

const maps = '/api/v1/namespaces/default/configmaps'
const deployments = '/apis/apps/v1/namespaces/default/deployments'
const merge = 'application/merge-patch+json'

describe('objects', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const create = (name: string, data: Record<string, string> = { a: '1' }, query = '') =>
    server.request(maps + query, { method: 'POST', body: configMap(name, data) })
  const patch = (name: string, body: unknown, query = '') =>
    server.request(`${maps}/${name}${query}`, { method: 'PATCH', body, type: merge })

  it('[O1] create sets what belongs to the server', async () => {
    const body = deployment('o1')
    Object.assign(body.metadata, { uid: 'mine', generation: 7, creationTimestamp: '2001-01-01T00:00:00Z' })
    const { code, json } = await server.request(deployments, { method: 'POST', body })
    expect(code).toBe(201)
    expect(json.metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(json.metadata.generation).toBe(1)
    expect(Date.now() - Date.parse(json.metadata.creationTimestamp)).toBeLessThan(60_000)
  })

  it('[O2] versions grow across kinds', async () => {
    const first = await create('o2')
    const second = await server.request(deployments, { method: 'POST', body: deployment('o2') })
    expect(Number(second.json.metadata.resourceVersion)).toBe(Number(first.json.metadata.resourceVersion) + 1)
  })

  it('[O3] a write that changes nothing keeps the version', async () => {
    const { json: before } = await create('o3')
    const put = await server.request(`${maps}/o3`, { method: 'PUT', body: before })
    const patched = await patch('o3', { data: { a: '1' } })
    expect([put.json.metadata.resourceVersion, patched.json.metadata.resourceVersion]).toEqual([
      before.metadata.resourceVersion,
      before.metadata.resourceVersion,
    ])
  })

  it('[O4] generation follows the spec, not metadata or status', async () => {
    await server.request(deployments, { method: 'POST', body: deployment('o4') })
    const generationAfter = async (path: string, body: unknown) =>
      (await server.request(`${deployments}/${path}`, { method: 'PATCH', body, type: merge })).json.metadata.generation
    expect(await generationAfter('o4', { metadata: { labels: { a: 'b' } } })).toBe(1)
    expect(await generationAfter('o4/status', { status: { replicas: 1 } })).toBe(1)
    expect(await generationAfter('o4', { spec: { replicas: 4 } })).toBe(2)
  })

  it('[O5] an old version or another uid is a conflict', async () => {
    const { json: old } = await create('o5')
    await patch('o5', { data: { a: '2' } })
    const stale = await server.request(`${maps}/o5`, { method: 'PUT', body: { ...old, data: { a: '3' } } })
    expect(stale.code).toBe(409)
    expect(stale.json.message).toBe(
      'Operation cannot be fulfilled on configmaps "o5": the object has been modified; please apply your changes to the latest version and try again',
    )
    const other = await server.request(`${maps}/o5`, {
      method: 'PUT',
      body: { ...configMap('o5', {}), metadata: { name: 'o5', uid: 'x' } },
    })
    expect(other.json.message).toBe(
      `Operation cannot be fulfilled on configmaps "o5": StorageError: invalid object, Code: 4, Key: /registry/configmaps/default/o5, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: x, UID in object meta: ${old.metadata.uid}`,
    )
    expect((await server.request(`${maps}/o5`)).json.data).toEqual({ a: '2' })
  })

  it('[O6] generateName is completed', async () => {
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'gen-' } }
    const names = await Promise.all(
      [1, 2, 3].map(async () => (await server.request(maps, { method: 'POST', body })).json.metadata.name),
    )
    for (const name of names) expect(name).toMatch(/^gen-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
    expect(new Set(names).size).toBe(3)
  })

  it('[O7] a dry run stores nothing', async () => {
    const version = server.api.version
    const created = await create('o7', {}, '?dryRun=All')
    expect(created.code).toBe(201)
    expect(created.json.metadata.uid).toBeDefined()
    expect((await server.request(`${maps}/o7`)).code).toBe(404)
    await create('o7', { a: '1' })
    expect((await patch('o7', { data: { a: '2' } }, '?dryRun=All')).json.data.a).toBe('2')
    expect((await server.request(`${maps}/o7?dryRun=All`, { method: 'DELETE' })).code).toBe(200)
    expect((await server.request(`${maps}/o7`)).json.data.a).toBe('1')
    expect(server.api.version).toBe(version + 1)
  })

  it('[O8] identity is immutable', async () => {
    const { json } = await create('o8')
    const answer = await patch('o8', { metadata: { uid: 'other' } })
    expect(answer.code).toBe(422)
    expect(answer.json.message).toBe(
      'ConfigMap "o8" is invalid: metadata.uid: Invalid value: "other": field is immutable',
    )
    const deleted = await patch('o8', { metadata: { deletionTimestamp: '2001-01-01T00:00:00Z' } })
    expect(deleted.json.details.causes[0].field).toBe('metadata.deletionTimestamp')
    const dated = await patch('o8', { metadata: { creationTimestamp: '2001-01-01T00:00:00Z' } })
    expect(dated.json.metadata).toEqual(json.metadata)
  })

  it('[O9] the manager is the fieldManager or the User-Agent', async () => {
    await server.request(maps, {
      method: 'POST',
      body: configMap('o9', { a: '1' }),
      headers: { 'user-agent': 'robot/2.0 (x)' },
    })
    const { json } = await patch('o9', { data: { b: '2' } }, '?fieldManager=hand')
    expect(json.metadata.managedFields.map((entry: { manager: string }) => entry.manager)).toEqual(
      ['hand', 'robot'].sort(),
    )
  })

  it('[O10] status and the rest are written apart', async () => {
    await server.request(deployments, { method: 'POST', body: deployment('o10') })
    const main = await server.request(`${deployments}/o10`, {
      method: 'PATCH',
      type: merge,
      body: { spec: { replicas: 2 }, status: { replicas: 9 } },
    })
    expect([main.json.spec.replicas, main.json.status.replicas]).toEqual([2, undefined])
    const status = await server.request(`${deployments}/o10/status`, {
      method: 'PATCH',
      type: merge,
      body: { spec: { replicas: 5 }, status: { replicas: 9 } },
    })
    expect([status.json.spec.replicas, status.json.status.replicas]).toEqual([2, 9])
    const entry = status.json.metadata.managedFields.find(
      (found: { subresource?: string }) => found.subresource === 'status',
    )
    expect(entry.fieldsV1).toEqual({ 'f:status': { 'f:replicas': {} } })
  })

  it('[O11] scale reads and writes replicas', async () => {
    await server.request(deployments, { method: 'POST', body: deployment('o11') })
    const { json } = await server.request(`${deployments}/o11/scale`)
    expect(json).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 1 },
      status: { replicas: 0, selector: 'app=o11' },
    })
    await server.request(`${deployments}/o11/scale`, { method: 'PUT', body: { ...json, spec: { replicas: 3 } } })
    await server.request(`${deployments}/o11/scale`, { method: 'PATCH', type: merge, body: { spec: { replicas: 4 } } })
    expect((await server.request(`${deployments}/o11`)).json.spec.replicas).toBe(4)
    const stale = await server.request(`${deployments}/o11/scale`, {
      method: 'PUT',
      body: { ...json, spec: { replicas: 1 } },
    })
    expect(stale.code).toBe(409)
  })
})

it('[O12] an API over the same storage starts with what was committed', async () => {
  const storage = memoryStorage()
  let version: number
  {
    await using first = await startServer({ storage })
    await first.request(maps, { method: 'POST', body: configMap('kept', { a: '1' }) })
    version = first.api.version
  }
  await using second = await startServer({ storage })
  expect((await second.request(`${maps}/kept`)).json.data).toEqual({ a: '1' })
  const { json } = await second.request(maps, { method: 'POST', body: configMap('next', {}) })
  expect(Number(json.metadata.resourceVersion)).toBe(version + 1)
})

function configMap(name: string, data: Record<string, string>): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data }
}

function deployment(name: string): { metadata: object } {
  const labels = { app: name }
  return Object.assign(
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name } },
    {
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
      },
    },
  )
}
