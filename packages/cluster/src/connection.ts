import { type DriftlessError, messageOf } from '@driftless/foundation'
import { Agent, type Dispatcher, request } from 'undici'
import { ClusterErrors } from './errors.ts'

/** Where a cluster is and how to prove who we are. */
export interface ClusterAddress {
  /** The URL the cluster is known by, used in messages. */
  readonly server: string
  /** The URL to connect to when it is another one. */
  readonly address?: string | undefined
  readonly config: {
    readonly username?: string | undefined
    readonly password?: string | undefined
    readonly bearerToken?: string | undefined
    readonly tlsClientConfig?:
      | {
          readonly insecure?: boolean | undefined
          readonly serverName?: string | undefined
          /** base64 PEM, as are the next two. */
          readonly caData?: string | undefined
          readonly certData?: string | undefined
          readonly keyData?: string | undefined
        }
      | undefined
  }
}

export interface ClusterRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path below the server's URL, starting with `/`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  readonly contentType?: string
  readonly accept?: string
  readonly signal?: AbortSignal
}

/** A refusal by the API server: its Status. */
export interface KubeStatus {
  readonly code: number
  readonly reason: string
  readonly message: string
}

/** A request that the cluster answered with a Status other than success. */
export interface KubeRefusal extends DriftlessError {
  readonly cause: KubeStatus
}

/** One cluster over HTTP: JSON requests and line streams, with its TLS and credentials. */
export interface ClusterConnection {
  readonly server: string
  json(request: ClusterRequest): Promise<unknown>
  /** Lines of a watch or a log, until the server ends it or `signal` aborts. */
  lines(request: ClusterRequest): AsyncGenerator<string>
  close(): Promise<void>
}

const requestTimeout = 30_000
const maxAnswerBytes = 256 * 1024 * 1024

/** Prepares a connection; nothing is sent before the first request. */
export function createConnection(cluster: ClusterAddress): ClusterConnection {
  const base = parseBase(cluster)
  const agent = new Agent({ connect: tlsOptions(cluster), connections: null, pipelining: 1, keepAliveTimeout: 30_000 })
  const authorization = authorizationOf(cluster)

  const send = async (
    call: ClusterRequest,
    timeouts: { headers: number; body: number },
  ): Promise<Dispatcher.ResponseData> => {
    const url = new URL(base.pathname.replace(/\/$/, '') + call.path, base)
    for (const [name, value] of Object.entries(call.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, value)
    try {
      return await request(url, {
        dispatcher: agent,
        method: call.method,
        headers: {
          accept: call.accept ?? 'application/json',
          'user-agent': 'driftless',
          ...(authorization === undefined ? {} : { authorization }),
          ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
        },
        body: call.body === undefined ? null : JSON.stringify(call.body),
        signal: call.signal ?? null,
        headersTimeout: timeouts.headers,
        bodyTimeout: timeouts.body,
      })
    } catch (error) {
      if (call.signal?.aborted === true) throw error
      throw unreachable(cluster.server, error)
    }
  }

  return {
    server: cluster.server,
    async json(call) {
      const response = await send(call, { headers: requestTimeout, body: requestTimeout })
      const text = await readBody(response, cluster.server)
      if (response.statusCode >= 400) throw refusal(cluster.server, call, { code: response.statusCode, text })
      return parseAnswer(text, call)
    },
    async *lines(call) {
      const response = await send(call, { headers: requestTimeout, body: 0 })
      if (response.statusCode >= 400) {
        throw refusal(cluster.server, call, {
          code: response.statusCode,
          text: await readBody(response, cluster.server),
        })
      }
      try {
        yield* splitLines(response.body)
      } catch (error) {
        if (call.signal?.aborted === true) return
        throw unreachable(cluster.server, error)
      }
    },
    close: () => agent.destroy(),
  }
}

/** The Status behind an error of a connection, when the cluster answered at all. */
export function kubeStatusOf(error: unknown): KubeStatus | undefined {
  if (!(error instanceof Error)) return undefined
  const cause = error.cause as Partial<KubeStatus> | undefined
  return typeof cause === 'object' && typeof cause?.code === 'number' && typeof cause.reason === 'string'
    ? (cause as KubeStatus)
    : undefined
}

function parseBase(cluster: ClusterAddress): URL {
  try {
    const url = new URL(cluster.address ?? cluster.server)
    if (url.protocol === 'https:' || url.protocol === 'http:') return url
  } catch {
    // falls through to the refusal, which names the address
  }
  throw ClusterErrors.ADDRESS_INVALID({ server: cluster.server })
}

function tlsOptions({ config }: ClusterAddress): Record<string, unknown> {
  const tls = config.tlsClientConfig
  const pem = (data: string | undefined) =>
    data === undefined ? undefined : Buffer.from(data, 'base64').toString('utf8')
  return {
    timeout: 10_000,
    ca: pem(tls?.caData),
    cert: pem(tls?.certData),
    key: pem(tls?.keyData),
    rejectUnauthorized: tls?.insecure !== true,
    ...(tls?.serverName ? { servername: tls.serverName } : {}),
  }
}

function authorizationOf({ config }: ClusterAddress): string | undefined {
  if (config.bearerToken) return `Bearer ${config.bearerToken}`
  if (config.username) return `Basic ${Buffer.from(`${config.username}:${config.password ?? ''}`).toString('base64')}`
  return undefined
}

async function readBody(response: Dispatcher.ResponseData, server: string): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxAnswerBytes) throw new Error(`the answer is larger than ${maxAnswerBytes} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    throw unreachable(server, error)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseAnswer(text: string, call: ClusterRequest): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch (error) {
    throw ClusterErrors.ANSWER_INVALID(
      { request: `${call.method} ${call.path}`, reason: messageOf(error) },
      { cause: error },
    )
  }
}

function refusal(server: string, call: ClusterRequest, answer: { code: number; text: string }): DriftlessError {
  const status = readStatus(answer)
  if (status.code === 401) return ClusterErrors.REFUSED({ server, reason: status.message }, { cause: status })
  if (status.code >= 500 && status.reason === '') {
    return ClusterErrors.UNREACHABLE({ server, reason: status.message }, { cause: status })
  }
  return ClusterErrors.REQUEST_FAILED(
    { request: `${call.method} ${call.path}`, reason: status.message },
    { cause: status },
  )
}

function readStatus({ code, text }: { code: number; text: string }): KubeStatus {
  try {
    const body = JSON.parse(text) as { message?: string; reason?: string; code?: number }
    return { code: body.code ?? code, reason: body.reason ?? '', message: body.message ?? `status ${code}` }
  } catch {
    return { code, reason: '', message: text.trim().slice(0, 300) || `status ${code}` }
  }
}

function unreachable(server: string, error: unknown): DriftlessError {
  return ClusterErrors.UNREACHABLE({ server, reason: reasonOf(error) }, { cause: error })
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  if (error instanceof Error && error.cause instanceof Error) return reasonOf(error.cause)
  return messageOf(error)
}

async function* splitLines(body: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true })
    let start = 0
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', start)) {
      yield rest.slice(start, end)
      start = end + 1
    }
    rest = rest.slice(start)
  }
  if (rest !== '') yield rest
}
