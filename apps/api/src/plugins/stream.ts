import type { ServerResponse } from 'node:http'
import type { Clock } from '@driftless/foundation'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { refusalOf } from './errors.ts'

const keepAliveMs = 15_000
/** An error within this time is an ordinary refusal; after it the stream has begun. */
const graceMs = 150

/** Sends the messages of a stream as `{"result":…}` lines, or as server-sent events to those who accept them (spec: api §2). */
export async function sendStream(
  request: FastifyRequest,
  reply: FastifyReply,
  stream: { messages: AsyncIterable<unknown>; signal: AbortSignal; clock: Clock },
): Promise<void> {
  const iterator = stream.messages[Symbol.asyncIterator]()
  const first = iterator.next()
  let cancelGrace = (): void => undefined
  const grace = new Promise<void>((resolve) => {
    cancelGrace = stream.clock.after(graceMs, resolve)
  })
  await Promise.race([first, grace]).finally(cancelGrace)

  const events = (request.headers.accept ?? '').includes('text/event-stream')
  const { raw } = reply.hijack()
  raw.writeHead(200, { ...headersOf(reply), ...streamHeaders(events) })
  raw.flushHeaders()
  const frame = (text: string): string => (events ? `data: ${text}\n\n` : `${text}\n`)
  const stopKeepAlive = keepAlive(raw, stream.clock, events ? ':\n\n' : '\n')
  const aborted = new Promise<{ done: true; value: undefined }>((resolve) => {
    const end = (): void => resolve({ done: true, value: undefined })
    if (stream.signal.aborted) end()
    else stream.signal.addEventListener('abort', end, { once: true })
  })
  try {
    for (let next = first; ; next = iterator.next()) {
      const { done, value } = await Promise.race([next, aborted])
      if (done === true) break
      await write(raw, frame(JSON.stringify({ result: value })))
    }
  } catch (error) {
    request.log.info({ err: error }, 'stream failed')
    await write(raw, frame(JSON.stringify({ error: streamError(error) })))
  } finally {
    stopKeepAlive()
    raw.end()
    void Promise.resolve(iterator.return?.(undefined)).catch(() => undefined)
  }
}

/** Sends the lines of a log as a file to keep (spec: api §4, `download`). */
export async function sendLogFile(
  reply: FastifyReply,
  file: { messages: AsyncIterable<unknown>; name: string },
): Promise<void> {
  const iterator = file.messages[Symbol.asyncIterator]()
  const first = await iterator.next()
  const { raw } = reply.hijack()
  raw.writeHead(200, {
    ...headersOf(reply),
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${file.name}"`,
    'x-content-type-options': 'nosniff',
  })
  try {
    for (let next = first; next.done !== true && !raw.destroyed; next = await iterator.next()) {
      const { content, last } = next.value as { content?: string; last?: boolean }
      if (last !== true) await write(raw, `${content ?? ''}\n`)
    }
    raw.end()
  } catch {
    // A file that is cut off must not look whole.
    raw.destroy()
  } finally {
    void Promise.resolve(iterator.return?.(undefined)).catch(() => undefined)
  }
}

function streamHeaders(events: boolean): Record<string, string> {
  return {
    'content-type': events ? 'text/event-stream' : 'application/x-ndjson',
    'cache-control': 'no-cache, no-transform',
    'x-content-type-options': 'nosniff',
    'x-accel-buffering': 'no',
  }
}

function headersOf(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(
    Object.entries(reply.getHeaders()).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
}

function keepAlive(raw: ServerResponse, clock: Clock, text: string): () => void {
  let cancel = (): void => undefined
  const beat = (): void => {
    cancel = clock.after(keepAliveMs, () => {
      if (!raw.writableNeedDrain) raw.write(text)
      beat()
    })
  }
  beat()
  return () => cancel()
}

/** Writes and waits while the client reads slower than we send. */
function write(raw: ServerResponse, text: string): Promise<void> {
  if (raw.destroyed || raw.write(text)) return Promise.resolve()
  return new Promise((resolve) => {
    const done = (): void => {
      raw.off('drain', done)
      raw.off('close', done)
      resolve()
    }
    raw.on('drain', done)
    raw.on('close', done)
  })
}

function streamError(error: unknown): { grpc_code: number; http_code: number; message: string; http_status: string } {
  const { status, body } = refusalOf(error)
  return { grpc_code: body.code, http_code: status, message: body.message, http_status: body.message }
}
