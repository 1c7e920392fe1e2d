import { request } from 'node:https'
import type { EmbeddedCluster } from '../../src/index.ts'

/** A request to a cluster's API, as a client on the wire makes it. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly type?: string
  /** `undefined` sends the administrator's token. */
  readonly authorization?: string
}

/** The answer: JSON when it is JSON, else `{ text }`. */
export interface WireAnswer {
  readonly code: number
  readonly body: unknown
}

/** Sends one request over TLS, trusting the cluster's own authority only. */
export function send(cluster: EmbeddedCluster, wire: WireRequest): Promise<WireAnswer> {
  const headers = {
    authorization: wire.authorization ?? `Bearer ${cluster.token}`,
    ...(wire.body === undefined ? {} : { 'content-type': wire.type ?? 'application/json' }),
  }
  const options = { method: wire.method, headers, ca: Buffer.from(cluster.caData, 'base64'), agent: false as const }
  return new Promise((resolve, reject) => {
    const call = request(cluster.server + wire.path, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ code: response.statusCode ?? 0, body: parse(Buffer.concat(chunks).toString('utf8')) }),
      )
    })
    call.on('error', reject)
    call.end(wire.body === undefined ? undefined : JSON.stringify(wire.body))
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { text: text.trim() }
  }
}
