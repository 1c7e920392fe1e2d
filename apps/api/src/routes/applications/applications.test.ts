import type { Application } from '@driftless/model'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exampleApplication, exampleState } from '../../testing/example-application.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
  await post('/api/v1/applications', body('web'))
  await test.parts.applicationStore.recordState(
    ref('web'),
    exampleState({ conditions: [{ type: 'SyncError', message: 'no' }] }),
    undefined,
  )
  await post('/api/v1/applications', body('other', { spec: { ...spec, project: 'shop' }, labels: { team: 'shop' } }))
})
afterAll(() => test[Symbol.asyncDispose]())

const { spec } = exampleApplication('x')
const ref = (name: string) => ({ namespace: 'argocd', name })
const body = (name: string, change: { spec?: object; labels?: Record<string, string> } & object = {}) => ({
  metadata: { name, labels: change.labels ?? { team: 'web' } },
  spec,
  ...change,
})
const post = (url: string, payload: object) => test.request('POST', url, { body: payload })
const get = async <T = Application>(url: string): Promise<T> => (await test.request('GET', url)).json<T>()

it('creates an application and shows it in the shape that clients know', async () => {
  const app = await get('/api/v1/applications/web')
  expect(app).toMatchObject({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'web',
      namespace: 'argocd',
      labels: { team: 'web' },
      generation: 1,
      resourceVersion: expect.stringMatching(/^\d+$/),
    },
    spec,
    status: {
      sync: { status: 'OutOfSync', revision: exampleState().revisions[0] },
      health: { status: 'Healthy', lastTransitionTime: '2026-01-05T10:00:00Z' },
      reconciledAt: '2026-01-05T10:00:00Z',
      sourceType: 'Helm',
      summary: { images: ['registry.example.com/web:1.0'], externalURLs: ['https://web.example.com/'] },
      conditions: [{ type: 'SyncError', message: 'no' }],
      controllerNamespace: 'argocd',
    },
  })
  expect(app.metadata.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  expect(app.status?.resources?.map((resource) => resource.group)).toEqual(['apps', undefined])
  expect(app).not.toHaveProperty('operation')
})

it('drops what a creator says of status and operation', async () => {
  const sneaky = {
    ...body('sneaky'),
    operation: { sync: { manifests: ['{}'] } },
    status: { sync: { status: 'Synced' } },
  }
  const created = (await post('/api/v1/applications', sneaky)).json<Application>()
  expect(created.status?.sync?.status).toBe('Unknown')
  expect(created).not.toHaveProperty('operation')
})

it('refuses a name that exists, another namespace, and a body that names another application than the path', async () => {
  expect((await post('/api/v1/applications', body('web'))).statusCode).toBe(409)
  const elsewhere = await post('/api/v1/applications', {
    ...body('x'),
    metadata: { name: 'x', namespace: 'kube-system' },
  })
  expect([elsewhere.statusCode, elsewhere.json<{ error: string }>().error]).toEqual([
    403,
    "namespace 'kube-system' is not permitted",
  ])
  expect((await test.request('PUT', '/api/v1/applications/web', { body: body('other') })).statusCode).toBe(400)
})

it('tells nobody whether an application exists that was not named with its project', async () => {
  const unknown = await test.request('GET', '/api/v1/applications/nobody')
  expect([unknown.statusCode, unknown.json<{ error: string }>().error]).toEqual([403, 'permission denied'])
  const named = await test.request('GET', '/api/v1/applications/nobody?project=default')
  expect([named.statusCode, named.json<{ error: string }>().error]).toEqual([
    404,
    'applications.argoproj.io "nobody" not found',
  ])
  expect((await test.request('GET', '/api/v1/applications/other?project=default')).statusCode).toBe(404)
  expect((await test.request('GET', '/api/v1/applications/other?project=shop')).statusCode).toBe(200)
})

it('lists with filters', async () => {
  const names = async (query: string) =>
    (await get<{ items: Application[] }>(`/api/v1/applications${query}`)).items.map((app) => app.metadata.name)
  expect(await names('')).toEqual(['other', 'sneaky', 'web'])
  expect(await names('?projects=shop')).toEqual(['other'])
  expect(await names('?project[]=shop&project[]=default')).toEqual(['other', 'sneaky', 'web'])
  expect(await names('?selector=team%3Dshop')).toEqual(['other'])
  expect(await names('?name=web')).toEqual(['web'])
  expect(await names('?repo=https%3A%2F%2Fgit.example.com%2Fnone')).toEqual([])
  expect((await test.request('GET', '/api/v1/applications?selector=a%20in')).statusCode).toBe(400)
})

it('answers only the fields that were asked for, or all but those', async () => {
  expect(
    await get('/api/v1/applications?name=web&fields=items.metadata.name,items.status.sync.status,items.nonsense'),
  ).toEqual({
    metadata: { resourceVersion: expect.any(String) },
    items: [{ metadata: { name: 'web' }, status: { sync: { status: 'OutOfSync' } } }],
  })
  const without = await get<{ items: Application[] }>('/api/v1/applications?name=web&fields=-items.spec,items.status')
  expect(Object.keys(without.items[0] ?? {})).toEqual(['apiVersion', 'kind', 'metadata'])
})

it('filters the fields of one application as it does those of a list', async () => {
  expect(await get('/api/v1/applications/web?fields=metadata.name,status.sync.status')).toEqual({
    metadata: { name: 'web' },
    status: { sync: { status: 'OutOfSync' } },
  })
  expect(await get('/api/v1/applications/web/events?fields=items.reason')).toEqual({ items: [{ reason: 'Started' }] })
})

it('drops status and operation from what is written, whatever they say', async () => {
  const nonsense = { status: { sync: { status: 'Hacked' } }, operation: { sync: 'now' } }
  await post('/api/v1/applications', { ...body('claiming'), ...nonsense })
  const put = await test.request('PUT', '/api/v1/applications/claiming', { body: { ...body('claiming'), ...nonsense } })
  expect(put.statusCode).toBe(200)
  expect(put.json<Application>().operation).toBeUndefined()
  expect(put.body).not.toContain('Hacked')
})

it('says in one sentence what is wrong with a patched project', async () => {
  const patch = JSON.stringify({ spec: { project: 5 } })
  const refused = await test.request('PATCH', '/api/v1/applications/web', { body: { patch, patchType: 'merge' } })
  expect([refused.statusCode, refused.json<{ error: string }>().error]).toEqual([
    400,
    'the patch cannot be applied: spec.project must be a name',
  ])
})

it('refuses a sync of local manifests instead of deploying what git says', async () => {
  const calls = test.applications.calls.length
  const refused = await test.request('POST', '/api/v1/applications/web/sync', { body: { manifests: ['{}'] } })
  expect([refused.statusCode, refused.json<{ error: string }>().error]).toEqual([
    400,
    expect.stringContaining('local manifests'),
  ])
  expect(test.applications.calls).toHaveLength(calls)
})

it('replaces, replaces the spec, and patches', async () => {
  await post('/api/v1/applications', body('changing'))
  const put = await test.request('PUT', '/api/v1/applications/changing', {
    body: body('changing', { labels: { team: 'ops' } }),
  })
  expect(put.json<Application>().metadata.labels).toEqual({ team: 'ops' })
  const newSpec = { ...spec, destination: { name: 'staging', namespace: 'x' } }
  const putSpec = await test.request('PUT', '/api/v1/applications/changing/spec', { body: newSpec })
  expect(putSpec.json()).toEqual(newSpec)
  const patch = JSON.stringify({ spec: { source: { targetRevision: 'v2' } } })
  const patched = await test.request('PATCH', '/api/v1/applications/changing', { body: { patch, patchType: 'merge' } })
  expect(patched.json<Application>().spec.source?.targetRevision).toBe('v2')
  for (const [text, patchType] of [
    ['{', 'merge'],
    ['[{"op":"replace","path":"/nowhere/x","value":1}]', 'json'],
  ]) {
    expect(
      (await test.request('PATCH', '/api/v1/applications/changing', { body: { patch: text, patchType } })).statusCode,
    ).toBe(400)
  }
})

it('starts, shows, records and terminates an operation', async () => {
  const started = (await post('/api/v1/applications/web/sync', { revision: 'main', prune: true })).json<Application>()
  expect(started.operation).toMatchObject({
    sync: { revision: 'main', prune: true },
    initiatedBy: { username: 'admin' },
  })
  expect(started.status?.operationState?.phase).toBe('Running')
  const again = await post('/api/v1/applications/web/sync', {})
  expect(again.json()).toMatchObject({ error: 'another operation is already in progress', code: 9 })
  expect((await test.request('DELETE', '/api/v1/applications/web/operation')).json()).toEqual({})
  expect((await get<{ items: { phase: string }[] }>('/api/v1/applications/web/operations')).items).toMatchObject([
    { kind: 'sync', phase: 'Terminating', initiatedBy: { username: 'admin' } },
  ])
  const none = await test.request('DELETE', '/api/v1/applications/other/operation')
  expect([none.statusCode, none.json<{ error: string }>().error]).toEqual([
    400,
    'Unable to terminate operation. No operation is in progress',
  ])
})

it('shows the tree, resources, events and commit of an application', async () => {
  test.applications.tree_ = { nodes: [{ kind: 'Pod', version: 'v1', name: 'web-1', namespace: 'web' }] }
  expect(await get('/api/v1/applications/web/resource-tree')).toEqual(test.applications.tree_)
  expect(await get('/api/v1/applications/web/managed-resources')).toEqual({ items: [] })
  expect(await get('/api/v1/applications/web/resource?kind=Pod&resourceName=web-1&version=v1')).toEqual({
    manifest: expect.stringContaining('"web-1"'),
  })
  expect(await get('/api/v1/applications/web/events')).toMatchObject({ items: [{ reason: 'Started' }] })
  expect(await get('/api/v1/applications/web/revisions/abc/metadata')).toMatchObject({ author: 'Ada' })
  expect((await test.request('GET', '/api/v1/applications/web/resource')).statusCode).toBe(400)
})

it('deletes a resource with the object that was named', async () => {
  expect(
    (
      await test.request(
        'DELETE',
        '/api/v1/applications/web/resource?kind=Pod&resourceName=web-1&namespace=web&force=true',
      )
    ).statusCode,
  ).toBe(200)
  expect(test.applications.calls.at(-1)?.arguments.slice(1)).toEqual([
    { group: '', kind: 'Pod', namespace: 'web', name: 'web-1' },
    { force: true, orphan: false },
  ])
})

it('deletes an application, and refuses a propagation policy without cascade', async () => {
  await post('/api/v1/applications', body('leaving'))
  expect(
    (await test.request('DELETE', '/api/v1/applications/leaving?cascade=false&propagationPolicy=background'))
      .statusCode,
  ).toBe(400)
  expect((await test.request('DELETE', '/api/v1/applications/leaving')).json()).toEqual({})
  expect((await test.request('GET', '/api/v1/applications/leaving?project=default')).statusCode).toBe(404)
})
