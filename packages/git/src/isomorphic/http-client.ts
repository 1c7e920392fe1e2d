import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { GitHttpRequest, GitHttpResponse, HttpClient } from 'isomorphic-git'
import type { RepositoryAccess } from '../driver.ts'
import { pinnedLookup } from '../egress.ts'
import { basicCredentials } from '../native/environment.ts'

/** Creates an HTTP client for one repository: its TLS settings and its credentials, for its own origin alone. */
export function createHttpClient(access: RepositoryAccess, timeoutSeconds: number): HttpClient {
  return {
    async request(call: GitHttpRequest): Promise<GitHttpResponse> {
      const signal = AbortSignal.timeout(timeoutSeconds * 1000)
      const body = call.body === undefined ? undefined : await collect(call.body)
      const message = await send(access, { ...call, body }, signal)
      return {
        url: call.url,
        method: call.method ?? 'GET',
        statusCode: message.statusCode ?? 0,
        statusMessage: message.statusMessage ?? '',
        headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)])),
        body: message[Symbol.asyncIterator](),
      }
    },
  }
}

function send(
  access: RepositoryAccess,
  call: Omit<GitHttpRequest, 'body'> & { body: Buffer | undefined },
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const url = new URL(call.url)
  const { credentials } = access
  const tls = {
    rejectUnauthorized: credentials.insecure !== true,
    ca: credentials.caData || undefined,
    cert: credentials.tlsClientCertData || undefined,
    key: credentials.tlsClientCertKey || undefined,
  }
  const headers = { ...call.headers, ...(url.origin === access.url.origin ? authorization(access) : {}) }
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'https:' ? secureRequest : plainRequest
    const options = {
      method: call.method ?? 'GET',
      headers,
      signal,
      ...pinnedLookup(access.addresses),
      ...(url.protocol === 'https:' ? tls : {}),
    }
    const request = start(url, options, resolve)
    request.on('error', reject)
    request.end(call.body)
  })
}

function authorization(access: RepositoryAccess): Record<string, string> {
  const basic = basicCredentials(access.url, access.credentials)
  if (access.credentials.bearerToken) return { authorization: `Bearer ${access.credentials.bearerToken}` }
  if (basic === undefined) return {}
  return { authorization: `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}` }
}

async function collect(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}
