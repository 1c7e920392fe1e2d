import type { AddressInfo } from 'node:net'
import { ApiError, createClient } from '@driftless/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exampleApplication, exampleState } from '../../testing/example-application.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test: TestApp
let baseUrl = ''
let token = ''
beforeAll(async () => {
  test = await createTestApp()
  await test.app.listen({ port: 0, host: '127.0.0.1' })
  baseUrl = `http://127.0.0.1:${(test.app.server.address() as AddressInfo).port}`
  token = (await test.login()).json<{ token: string }>().token
  await test.parts.applicationStore.create(exampleApplication('web'))
})
afterAll(async () => {
  test.app.server.closeAllConnections()
  await test[Symbol.asyncDispose]()
})

const client = (as = token) => createClient({ baseUrl, token: as })

/** The next message of a stream. */
async function next<T>(stream: AsyncGenerator<T>): Promise<T> {
  const { value, done } = await stream.next()
  if (done === true) throw new Error('the stream has ended')
  return value
}

it('shows all applications first, then each change, then what was deleted', async () => {
  const stream = client().stream('watchApplications', { query: { projects: ['default'] } })
  expect(await next(stream)).toMatchObject({ type: 'ADDED', application: { metadata: { name: 'web' } } })
  const { applicationStore } = test.parts
  await applicationStore.create(exampleApplication('second'))
  expect(await next(stream)).toMatchObject({ type: 'ADDED', application: { metadata: { name: 'second' } } })
  await applicationStore.create(exampleApplication('hidden', { project: 'shop' }))
  await applicationStore.recordState({ namespace: 'argocd', name: 'second' }, exampleState(), undefined)
  expect(await next(stream)).toMatchObject({
    type: 'MODIFIED',
    application: { metadata: { name: 'second' }, status: { sync: { status: 'OutOfSync' } } },
  })
  await applicationStore.remove({ namespace: 'argocd', name: 'second' })
  expect(await next(stream)).toMatchObject({ type: 'DELETED', application: { metadata: { name: 'second' } } })
  await stream.return(undefined)
})

it('shows only what is newer than a given version', async () => {
  const resourceVersion = String(await test.parts.database.changes.current())
  const stream = client().stream('watchApplications', { query: { resourceVersion } })
  const message = next(stream)
  await test.parts.applicationStore.update({ namespace: 'argocd', name: 'web' }, { labels: { step: 'one' } })
  expect(await message).toMatchObject({
    type: 'MODIFIED',
    application: { metadata: { name: 'web', labels: { step: 'one' } } },
  })
  await stream.return(undefined)
})

it('is quiet about changes outside the fields that were asked for', async () => {
  const stream = client().stream('watchApplications', {
    query: {
      name: 'web',
      fields: 'result.type,result.application.metadata.name,result.application.status.sync.status',
    },
  })
  const ref = { namespace: 'argocd', name: 'web' }
  expect(await next(stream)).toEqual({
    type: 'ADDED',
    application: { metadata: { name: 'web' }, status: { sync: { status: 'Unknown' } } },
  })
  await test.parts.applicationStore.update(ref, { labels: { step: 'two' } })
  await test.parts.applicationStore.update(ref, { labels: { step: 'three' } })
  await test.parts.applicationStore.recordState(ref, exampleState({ sync: 'Synced' }), undefined)
  const seen = [await next(stream), await next(stream)]
  expect(seen).toEqual([
    { type: 'MODIFIED', application: { metadata: { name: 'web' }, status: { sync: { status: 'Unknown' } } } },
    { type: 'MODIFIED', application: { metadata: { name: 'web' }, status: { sync: { status: 'Synced' } } } },
  ])
  await stream.return(undefined)
})

it('streams the tree each time it is another one', async () => {
  test.applications.tree_ = { nodes: [] }
  const stream = client().stream('watchResourceTree', { params: { name: 'web' } })
  expect(await next(stream)).toEqual({ nodes: [] })
  test.applications.treeChanged()
  test.applications.tree_ = { nodes: [{ kind: 'Pod', name: 'web-1' }] }
  test.applications.treeChanged()
  expect(await next(stream)).toEqual({ nodes: [{ kind: 'Pod', name: 'web-1' }] })
  await stream.return(undefined)
})

it('streams log lines and says when they end', async () => {
  const lines = []
  for await (const line of client().stream('getLogs', { params: { name: 'web' } })) lines.push(line)
  expect(lines).toEqual([
    {
      content: 'one',
      timeStamp: '2026-01-05T10:00:01Z',
      timeStampStr: '2026-01-05T10:00:01.123456789Z',
      podName: 'web-1',
    },
    {
      content: 'two',
      timeStamp: '2026-01-05T10:00:02Z',
      timeStampStr: '2026-01-05T10:00:02.000000000Z',
      podName: 'web-1',
    },
    { content: '', last: true },
  ])
})

it('gives a log as a file', async () => {
  const one = await test.request('GET', '/api/v1/applications/web/logs?download=true')
  expect([one.statusCode, one.headers['content-type'], one.body]).toEqual([
    200,
    'application/octet-stream',
    'one\ntwo\n',
  ])
  expect(one.headers['content-disposition']).toBe('attachment; filename="log.log"')
  const named = await test.request(
    'GET',
    '/api/v1/applications/web/pods/web-1/logs?download=true&namespace=web&container=main',
  )
  expect(named.headers['content-disposition']).toBe('attachment; filename="web-web-1-main.log"')
  const odd = await test.request('GET', '/api/v1/applications/web/pods/a%22%0d%0ab/logs?download=true&namespace=web')
  expect(odd.headers['content-disposition']).toBe('attachment; filename="log.log"')
  const none = await test.request('GET', '/api/v1/applications/nobody/logs?download=true')
  expect(none.statusCode).toBe(403)
})

it('refuses with an ordinary error what cannot be streamed', async () => {
  const refused = next(client().stream('getLogs', { params: { name: 'nobody' } }))
  await expect(refused).rejects.toThrow(ApiError)
  await expect(refused).rejects.toMatchObject({ status: 403, body: { code: 7 } })
})

it('speaks server-sent events to those who accept them', async () => {
  const stop = new AbortController()
  const response = await fetch(`${baseUrl}/api/v1/stream/applications?name=web`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
    signal: stop.signal,
  })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toMatch(/^data: \{"result":\{"type":"ADDED","application":.*\}\}\n\n$/s)
  stop.abort()
})

it('the change stream begins with the version, resumes from one, and says reset when it cannot', async () => {
  const { database, applicationStore } = test.parts
  const from = await database.changes.current()
  await applicationStore.update({ namespace: 'argocd', name: 'web' }, { labels: { step: 'four' } })
  const stream = client().stream('watchChanges', { query: { from } })
  expect(await next(stream)).toEqual({ event: 'hello', version: from })
  expect(await next(stream)).toMatchObject({
    event: 'change',
    change: { kind: 'Application', type: 'MODIFIED', name: 'web', version: from + 1 },
  })
  await stream.return(undefined)
  const lost = client().stream('watchChanges', { query: { from: from + 1000 } })
  await next(lost)
  expect(await next(lost)).toEqual({ event: 'reset', version: from + 1 })
  await lost.return(undefined)
})

it('ends when the session ends', async () => {
  const other = (await test.login()).json<{ token: string }>().token
  const stream = client(other).stream('watchChanges', {})
  expect(await next(stream)).toMatchObject({ event: 'hello' })
  const end = stream.next()
  await test.request('DELETE', '/api/v1/session', { token: other })
  expect((await end).done).toBe(true)
})
