import { expect, it } from 'vitest'
import type { PodLogRequest, PodLogSource } from '../src/index.ts'
import { startServer, type TestServer } from './support/server.ts'

const pods = '/api/v1/namespaces/default/pods'

it('[G1] log streams lines, and with follow until the client leaves', async () => {
  const source = recordingSource()
  await using server = await startServer({ logs: source })
  await createPod(server, 'one', ['c'])
  const { text, headers } = await server.request(`${pods}/one/log?tailLines=2&timestamps=true`)
  expect([text, headers.get('content-type')]).toEqual(['line 1\nline 2\n', 'text/plain'])
  expect(source.requests[0]).toEqual({
    namespace: 'default',
    pod: 'one',
    container: 'c',
    follow: false,
    previous: false,
    timestamps: true,
    tailLines: 2,
  })
  const abort = new AbortController()
  const response = await fetch(`${server.url}${pods}/one/log?follow=true`, { signal: abort.signal })
  const reader = response.body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('line 1\n')
  abort.abort()
  await source.aborted
})

it('[G2] a pod with several containers needs a choice', async () => {
  await using server = await startServer({ logs: recordingSource() })
  await createPod(server, 'two', ['a', 'b'])
  const unsaid = await server.request(`${pods}/two/log`)
  expect([unsaid.code, unsaid.json.message]).toEqual([
    400,
    'a container name must be specified for pod two, choose one of: [a b]',
  ])
  expect((await server.request(`${pods}/two/log?container=z`)).json.message).toBe(
    'container z is not valid for pod two',
  )
  expect((await server.request(`${pods}/two/log?container=b`)).code).toBe(200)
  expect((await server.request(`${pods}/none/log`)).json.message).toBe('pods "none" not found')
})

function createPod(server: TestServer, name: string, containers: string[]): Promise<unknown> {
  const spec = { containers: containers.map((container) => ({ name: container, image: 'i' })) }
  return server.request(pods, { method: 'POST', body: { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec } })
}

function recordingSource(): PodLogSource & { requests: PodLogRequest[]; aborted: Promise<void> } {
  const requests: PodLogRequest[] = []
  let leave = () => {}
  const aborted = new Promise<void>((resolve) => {
    leave = resolve
  })
  return {
    requests,
    aborted,
    async *open(request, signal) {
      requests.push(request)
      yield 'line 1\n'
      yield 'line 2\n'
      if (!request.follow) return
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
      leave()
    },
  }
}
