import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock } from '@driftless/foundation'
import {
  createKubeApi,
  createKubeListener,
  type KubeApi,
  memoryStorage,
  type ObjectStorage,
  type PodLogSource,
} from '../../src/index.ts'
import { genericKinds } from './kinds.ts'

/** A listener over generic kinds, on loopback. */
export interface TestServer extends AsyncDisposable {
  readonly api: KubeApi
  readonly url: string
  request(path: string, options?: RequestOptions): Promise<Answer>
}

/** An HTTP request to the server; objects are sent as JSON. */
export interface RequestOptions {
  method?: string
  body?: unknown
  type?: string
  headers?: Record<string, string>
}

/** An HTTP answer, its body parsed when it is JSON. */
export interface Answer {
  code: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: assertions read deep into answers of every kind
  json: any
}

/** Starts a server with namespaces `default` and `fix`. */
export async function startServer(
  options: { storage?: ObjectStorage; logs?: PodLogSource; historySize?: number } = {},
): Promise<TestServer> {
  const api = createKubeApi({
    kinds: genericKinds,
    storage: options.storage ?? memoryStorage(),
    clock: systemClock,
    random: Math.random,
    ...(options.historySize === undefined ? {} : { historySize: options.historySize }),
  })
  for (const name of ['default', 'fix']) {
    if (api.get({ group: '', kind: 'Namespace', name }) === undefined) {
      api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
    }
  }
  const listener = createKubeListener({
    api,
    ...(options.logs === undefined ? {} : { logs: options.logs }),
    version: { major: '1', minor: '36', gitVersion: 'v1.36.0' },
    // kubectl sends no token over plain HTTP; a token that is sent must be right.
    authenticate: (authorization) =>
      authorization === undefined || authorization === 'Bearer secret' ? { user: 'admin' } : undefined,
    clock: systemClock,
  })
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    api,
    url,
    request: (path, request = {}) => send(url + path, request),
    async [Symbol.asyncDispose]() {
      await stop(server)
      await api.close()
    },
  }
}

async function send(
  url: string,
  { method = 'GET', body, type = 'application/json', headers = {} }: RequestOptions,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { authorization: 'Bearer secret', ...(body === undefined ? {} : { 'content-type': type }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  return { code: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined }
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
