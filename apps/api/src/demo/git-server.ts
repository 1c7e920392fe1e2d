import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Repositories of a folder over git's smart HTTP, on loopback. */
export interface DemoGitServer {
  readonly port: number
  url(name: string): string
  close(): Promise<void>
}

const longestHead = 64 << 10

/** Serves the bare repositories in `directory`, for reading and for pushing, on `preferredPort` or a free one. */
export async function startDemoGitServer(directory: string, preferredPort: number): Promise<DemoGitServer> {
  const server = createServer((request, response) => {
    // A name other than loopback's in Host means that a page of another site was pointed at us.
    if (!/^(127\.0\.0\.1|localhost):\d+$/.test(request.headers.host ?? '')) response.writeHead(403).end()
    else runBackend(directory, request, response)
  })
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  await listen(preferredPort).catch(() => listen(0))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: (name) => `http://127.0.0.1:${port}/${name}.git`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Hands one request to `git http-backend` and its CGI answer back. */
function runBackend(directory: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://loopback')
  const backend = spawn('git', ['http-backend'], { env: environmentOf(directory, request, url) })
  request.pipe(backend.stdin)
  backend.stdin.on('error', () => undefined)
  backend.once('error', () => response.writeHead(500).end())
  response.once('close', () => backend.kill())
  let head: Buffer = Buffer.alloc(0)
  backend.stdout.on('data', (chunk: Buffer) => {
    if (response.headersSent) return void response.write(chunk)
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) {
      if (head.length > longestHead) response.destroy()
      return
    }
    writeHead(response, head.subarray(0, end).toString('latin1'))
    response.write(head.subarray(end + 4))
  })
  backend.stdout.once('end', () => {
    if (!response.headersSent) response.writeHead(500)
    response.end()
  })
}

function environmentOf(directory: string, request: IncomingMessage, url: URL): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    GIT_PROJECT_ROOT: directory,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: decodeURIComponent(url.pathname),
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: request.headers['content-type'] ?? '',
    CONTENT_LENGTH: request.headers['content-length'] ?? '',
    HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
    GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    REMOTE_ADDR: '127.0.0.1',
    REMOTE_USER: 'demo',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'http.receivepack',
    GIT_CONFIG_VALUE_0: 'true',
    GIT_CONFIG_KEY_1: 'safe.directory',
    GIT_CONFIG_VALUE_1: '*',
  }
}

function writeHead(response: ServerResponse, head: string): void {
  let status = 200
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    if (name === 'status') status = Number.parseInt(value, 10)
    else response.setHeader(name, value)
  }
  response.writeHead(status)
}
