import { randomBytes } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { consoleDirectory } from './build-console.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** The part of Next.js that is used here. It is the console's dependency, so it is found from there. */
interface NextServer {
  prepare(): Promise<void>
  getRequestHandler(): Handler
  close(): Promise<void>
}
type CreateNext = (options: { dev: boolean; dir: string; customServer: boolean; httpServer?: Server }) => NextServer

/** The console inside this process. */
export interface EmbeddedConsole {
  readonly serve: Handler
  close(): Promise<void>
}

/** Starts the built console; its pages are served by `serve`. */
export async function embedConsole(server: Server): Promise<EmbeddedConsole> {
  const require = createRequire(join(consoleDirectory, 'package.json'))
  const createNext = require('next') as CreateNext
  const next = createNext({ dev: false, dir: consoleDirectory, customServer: true, httpServer: server })
  await next.prepare()
  const handle = next.getRequestHandler()
  return {
    async serve(request, response) {
      protect(request, response)
      await handle(request, response)
    },
    close: () => next.close(),
  }
}

/** A page may run our own scripts only. The nonce goes to Next.js with the request, which puts it on its inline scripts. */
function protect(request: IncomingMessage, response: ServerResponse): void {
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: https:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ')
  request.headers['content-security-policy'] = policy
  response.setHeader('content-security-policy', policy)
  response.setHeader('x-frame-options', 'SAMEORIGIN')
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'same-origin')
}
