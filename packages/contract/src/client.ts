import type { z } from 'zod'
import { type ErrorBody, errorBody } from './error-body.ts'
import type { Route } from './route.ts'
import { type RouteName, type Routes, routes } from './routes/index.ts'

type Part<R, K extends string> = R extends { readonly [P in K]: infer S extends z.ZodType }
  ? { [P in K]: z.input<S> }
  : unknown
type QueryPart<R> = R extends { readonly query: infer S extends z.ZodType } ? { query?: z.input<S> } : unknown

/** What a call of a route takes: `params`, `query`, `body` as far as the route has them. */
export type InputOf<R> = Part<R, 'params'> & Part<R, 'body'> & QueryPart<R> & { signal?: AbortSignal }

/** What a call of a route answers, or one message of its stream. */
export type OutputOf<R> = R extends { readonly response: infer S extends z.ZodType } ? z.output<S> : never

/** A refusal by the server, with its reason. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly body: ErrorBody | undefined
  constructor(status: number, body: ErrorBody | undefined, fallback: string) {
    super(body?.message ?? fallback)
    this.status = status
    this.body = body
  }
}

/** Calls of the REST API, typed by the routes table. */
export interface Client {
  call<N extends RouteName>(name: N, input: InputOf<Routes[N]>): Promise<OutputOf<Routes[N]>>
  /** Opens a stream route; ends when the server ends it or `signal` aborts. */
  stream<N extends RouteName>(name: N, input: InputOf<Routes[N]>): AsyncGenerator<OutputOf<Routes[N]>>
}

export interface ClientOptions {
  /** Origin of the server; `''` in a browser on the same origin. */
  readonly baseUrl: string
  /** Bearer token; a browser uses its cookie instead. */
  readonly token?: string
  readonly fetch?: typeof fetch
}

interface LooseInput {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  signal?: AbortSignal
}

/** Creates a client. Answers are trusted to follow the contract and are not validated again. */
export function createClient(options: ClientOptions): Client {
  const request = options.fetch ?? fetch
  const send = async (definition: Route, input: LooseInput): Promise<Response> => {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`
    if (input.body !== undefined) headers['content-type'] = 'application/json'
    const response = await request(options.baseUrl + urlOf(definition, input), {
      method: definition.method,
      headers,
      body: input.body === undefined ? null : JSON.stringify(input.body),
      signal: input.signal ?? null,
      credentials: 'same-origin',
    })
    if (!response.ok) throw await readError(response)
    return response
  }
  return {
    async call(name, input) {
      const response = await send(routes[name], input as LooseInput)
      return (await response.json()) as OutputOf<Routes[typeof name]>
    },
    async *stream(name, input) {
      const response = await send(routes[name], input as LooseInput)
      for await (const line of readLines(response)) {
        const message = JSON.parse(line) as {
          result?: OutputOf<Routes[typeof name]>
          error?: { message: string; http_code?: number }
        }
        if (message.error !== undefined)
          throw new ApiError(message.error.http_code ?? 500, undefined, message.error.message)
        if (message.result !== undefined) yield message.result
      }
    },
  }
}

/** The path and query of a call. */
export function urlOf(
  definition: Pick<Route, 'path'>,
  input: { params?: Record<string, unknown>; query?: Record<string, unknown> },
): string {
  const path = definition.path.replace(/:(\w+)|\*/g, (match, name: string | undefined) => {
    const value = String(input.params?.[name ?? '*'] ?? '')
    return match === '*' ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value)
  })
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value === undefined || value === null) continue
    for (const item of Array.isArray(value) ? value : [value]) query.append(name, String(item))
  }
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

async function readError(response: Response): Promise<ApiError> {
  const fallback = `${response.status} ${response.statusText}`
  try {
    return new ApiError(response.status, errorBody.parse(await response.json()), fallback)
  } catch {
    return new ApiError(response.status, undefined, fallback)
  }
}

async function* readLines(response: Response): AsyncGenerator<string> {
  if (response.body === null) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      const lines = (rest + value).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.trim() !== '') yield line
    }
    if (rest.trim() !== '') yield rest
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
