import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

const canary = 'canary-77aa21'
const repo = 'https://git.example.com/team/web.git'
const path = `/api/v1/repositories/${encodeURIComponent(repo)}`
let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test[Symbol.asyncDispose]())

const connect = (body: object, query = '') => test.request('POST', `/api/v1/repositories${query}`, { body })

it('connects a repository that can be read, and never shows its secrets', async () => {
  const answer = await connect({ repo, username: 'ada', password: canary })
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({
    repo,
    type: 'git',
    username: 'ada',
    hasCredentials: true,
    connectionState: { status: 'Successful', attemptedAt: expect.any(String) },
  })
  for (const url of ['/api/v1/repositories', path, '/api/v1/repositories?forceRefresh=true']) {
    const shown = await test.request('GET', url)
    expect(shown.statusCode).toBe(200)
    expect(shown.body).not.toContain(canary)
  }
})

it('refuses one that cannot be read with the server’s reason, and keeps nothing of it', async () => {
  const answer = await connect({ repo: 'https://ada:hunter2@git.example.com/missing' })
  expect(answer.statusCode).toBe(400)
  expect(answer.json<{ error: string }>().error).toContain('the server said 404')
  expect(answer.body).not.toContain('hunter2')
  expect((await test.request('GET', '/api/v1/repositories')).json<{ items: unknown[] }>().items).toHaveLength(1)
})

it('refuses URLs that do something else than name a repository', async () => {
  for (const url of ['ext::sh -c id', '-oProxyCommand=id', 'https://git.example.com/a\nhost=evil', 'file:///etc']) {
    const answer = await connect({ repo: url })
    expect(answer.statusCode).toBe(400)
  }
  expect((await test.request('GET', '/api/v1/repositories')).json<{ items: unknown[] }>().items).toHaveLength(1)
})

it('keeps the user name with the password that an update leaves out', async () => {
  const updated = await test.request('PUT', path, { body: { repo, name: 'web' } })
  expect(updated.json()).toMatchObject({ name: 'web', username: 'ada', hasCredentials: true })
})

it('connects a second time only as an upsert', async () => {
  expect((await connect({ repo })).json()).toMatchObject({ code: 3, error: expect.stringContaining('upsert') })
  expect((await connect({ repo, username: 'bob' }, '?upsert=true')).json()).toMatchObject({ username: 'bob' })
})

it('validates without keeping', async () => {
  const url = `/api/v1/repositories/${encodeURIComponent('https://git.example.com/new')}/validate`
  expect((await test.request('POST', url, { body: {} })).json()).toEqual({})
  expect(
    (await test.request('GET', `/api/v1/repositories/${encodeURIComponent('https://git.example.com/new')}`)).statusCode,
  ).toBe(404)
})

it('lists branches, and what there is to deploy', async () => {
  expect((await test.request('GET', `${path}/refs`)).json()).toEqual({ branches: ['dev', 'main'], tags: [] })
  expect((await test.request('GET', `${path}/apps`)).json()).toEqual({ items: [{ path: 'deploy', type: 'Directory' }] })
  expect(
    (await test.request('POST', `${path}/appdetails`, { body: { source: { repoURL: repo, path: 'deploy' } } })).json(),
  ).toEqual({ type: 'Directory', directory: {} })
  const other = await test.request('POST', `${path}/appdetails`, {
    body: { source: { repoURL: 'https://git.example.com/else' } },
  })
  expect(other.statusCode).toBe(400)
})

it('disconnects', async () => {
  expect((await test.request('DELETE', path)).json()).toEqual({})
  expect((await test.request('DELETE', path)).statusCode).toBe(404)
})
