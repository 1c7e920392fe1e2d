import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from './testing/test-app.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test[Symbol.asyncDispose]())

it('is healthy while the database answers', async () => {
  const answer = await test.app.inject('/healthz')
  expect([answer.statusCode, answer.body]).toEqual([200, 'ok'])
})

it('publishes every route in its OpenAPI document', async () => {
  const document = (await test.app.inject('/api/openapi.json')).json<{ paths: Record<string, unknown> }>()
  expect(document.paths).toHaveProperty('/api/v1/applications/{name}/sync')
})

it('answers one shape of body for what it does not know', async () => {
  for (const url of ['/api/v1/nothing', '/api/nothing', '/nothing', '/auth/login']) {
    const answer = await test.app.inject(url)
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toMatchObject({ code: 5, error: expect.any(String), message: expect.any(String) })
  }
})

it('takes JSON only, and names what is wrong in it', async () => {
  const send = (headers: Record<string, string>, payload: string) =>
    test.request('POST', '/api/v1/applications', { headers, body: payload })
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
  ]) {
    const answer = await send({ 'content-type': type }, 'a=b')
    expect(answer.statusCode).toBe(415)
    expect(answer.json()).toMatchObject({ error: 'Invalid content type' })
  }
  expect((await send({ 'content-type': 'application/json' }, '{"a":')).statusCode).toBe(400)
  expect((await send({ 'content-type': 'application/json' }, '{"__proto__":{"admin":true}}')).statusCode).toBe(400)
  const invalid = await send({ 'content-type': 'application/json' }, '{"metadata":{}}')
  expect(invalid.statusCode).toBe(400)
  expect(invalid.json<{ details: { fields: { path: string }[] } }>().details.fields.map((field) => field.path)).toEqual(
    ['body.metadata.name', 'body.spec'],
  )
  const badQuery = await test.request('GET', '/api/v1/application-search?limit=0')
  expect(badQuery.json()).toMatchObject({ details: { fields: [{ path: 'query.limit' }] } })
})

it('refuses a body that is too large before reading it all', async () => {
  const answer = await test.request('POST', '/api/v1/applications', { body: { padding: 'x'.repeat(9 << 20) } })
  expect(answer.statusCode).toBe(413)
})

it('says nothing of an unexpected failure but where to look', async () => {
  const answer = await test.request('POST', '/api/v1/clusters', { body: { server: 'https://missing.example.com' } })
  expect(answer.statusCode).toBe(500)
  expect(answer.body).not.toContain('refused')
  expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
})

it('shows an anonymous caller no more of the settings than the allow-list', async () => {
  const open = (await test.request('GET', '/api/v1/settings', { token: undefined })).json<object>()
  expect(Object.keys(open).sort()).toEqual(['statusBadgeEnabled', 'userLoginsDisabled'])
  expect(Object.keys((await test.request('GET', '/api/version', { token: undefined })).json<object>())).toEqual([
    'Version',
  ])
  expect((await test.request('GET', '/api/v1/settings')).json()).toMatchObject({ controllerNamespace: 'argocd' })
})

it('forbids other sites to frame it or to run scripts in its answers', async () => {
  const { headers } = await test.app.inject('/api/version')
  expect(headers).toMatchObject({
    'x-frame-options': 'SAMEORIGIN',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'self'",
  })
  expect(headers).not.toHaveProperty('access-control-allow-origin')
})

it('compresses answers, for those who accept it', async () => {
  const answer = await test.request('GET', '/api/openapi.json', { headers: { 'accept-encoding': 'gzip' } })
  expect(answer.headers['content-encoding']).toBe('gzip')
})
