import { inClusterServer } from '@driftless/model'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exampleApplication } from '../../testing/example-application.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

const canary = 'canary-c0ffee'
const server = 'https://cluster.example.com'
const path = `/api/v1/clusters/${encodeURIComponent(server)}`
let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
  const config = { bearerToken: canary }
  await test.parts.clusters.registerEmbedded({
    server: inClusterServer,
    name: 'in-cluster',
    address: 'https://127.0.0.1:1',
    config,
  })
  await test.parts.applicationStore.create(exampleApplication('web'))
})
afterAll(() => test[Symbol.asyncDispose]())

it('registers a cluster that answers, tells the loop, and never shows its credentials', async () => {
  const answer = await test.request('POST', '/api/v1/clusters', {
    body: { server, name: 'far', config: { bearerToken: canary, tlsClientConfig: { insecure: true } } },
  })
  expect(answer.json()).toMatchObject({
    server,
    name: 'far',
    serverVersion: 'v1.36.0',
    connectionState: { status: 'Successful' },
    config: { tlsClientConfig: { insecure: true } },
  })
  expect(test.applications.calls).toContainEqual({ name: 'clustersChanged', arguments: [] })
  expect((await test.request('GET', '/api/v1/clusters')).body).not.toContain(canary)
})

it('refuses a second registration that is no upsert, and a name that is taken', async () => {
  expect((await test.request('POST', '/api/v1/clusters', { body: { server, name: 'far' } })).statusCode).toBe(400)
  expect(
    (await test.request('POST', '/api/v1/clusters', { body: { server: 'https://b.example.com', name: 'far' } }))
      .statusCode,
  ).toBe(409)
})

it('counts the applications of a cluster, and finds it by name', async () => {
  const answer = await test.request('GET', '/api/v1/clusters/in-cluster?id.type=name')
  expect(answer.json()).toMatchObject({ server: inClusterServer, info: { applicationsCount: 1 } })
})

it('changes the named fields only', async () => {
  const answer = await test.request('PUT', `${path}?updatedFields=labels`, {
    body: { name: 'ignored', labels: { region: 'eu' } },
  })
  expect(answer.json()).toMatchObject({ name: 'far', labels: { region: 'eu' } })
  expect((await test.parts.clusters.connectionOf(server))?.config.bearerToken).toBe(canary)
})

it('answers the same for an unknown cluster as for a forbidden one', async () => {
  expect((await test.request('GET', '/api/v1/clusters/nowhere')).json()).toMatchObject({
    code: 7,
    error: 'permission denied',
  })
})

it('does not forget a cluster that runs inside', async () => {
  const answer = await test.request('DELETE', `/api/v1/clusters/${encodeURIComponent(inClusterServer)}`)
  expect([answer.statusCode, answer.json<{ error: string }>().error]).toEqual([
    400,
    expect.stringContaining('DRIFTLESS_EMBEDDED_CLUSTERS'),
  ])
  expect((await test.request('DELETE', path)).json()).toEqual({})
})

it('reads a cluster anew when asked', async () => {
  await test.request('POST', '/api/v1/clusters/in-cluster/invalidate-cache?id.type=name')
  expect(test.applications.calls).toContainEqual({ name: 'invalidateCluster', arguments: [inClusterServer] })
})
