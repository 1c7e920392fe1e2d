import { spawn } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** What `git http-backend` needs to know besides the request. */
export interface BackendOptions {
  /** Folder that holds the bare repositories. */
  readonly root: string
  /** The user that the server says it has authenticated. */
  readonly user: string
  /** Highest protocol version offered; 0 hides the client's wish for version 2. */
  readonly protocol: 0 | 2
}

/** Answers one request of git's smart HTTP protocol by running `git http-backend` as a CGI program. */
export function serveGit(request: IncomingMessage, response: ServerResponse, options: BackendOptions): void {
  const child = spawn('git', ['http-backend'], { env: backendEnvironment(request, options) })
  child.on('error', () => response.destroy())
  child.stdin.on('error', () => {})
  request.pipe(child.stdin)
  response.on('close', () => child.kill('SIGKILL'))
  let head: Buffer | undefined = Buffer.alloc(0)
  child.stdout.on('data', (chunk: Buffer) => {
    if (head === undefined) return void response.write(chunk)
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return
    writeHead(response, head.subarray(0, end).toString())
    response.write(head.subarray(end + 4))
    head = undefined
  })
  child.stdout.on('end', () => response.end())
}

function writeHead(response: ServerResponse, text: string): void {
  const lines = text.split('\r\n').map((line) => line.split(/:\s*/, 2) as [string, string])
  const status = lines.find(([name]) => name.toLowerCase() === 'status')
  for (const [name, value] of lines) if (name.toLowerCase() !== 'status') response.setHeader(name, value)
  response.writeHead(status === undefined ? 200 : Number.parseInt(status[1], 10))
}

function backendEnvironment(request: IncomingMessage, options: BackendOptions): Record<string, string> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const header = (name: string) => String(request.headers[name] ?? '')
  return {
    PATH: process.env.PATH ?? '',
    GIT_PROJECT_ROOT: options.root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: decodeURIComponent(url.pathname),
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: header('content-type'),
    CONTENT_LENGTH: header('content-length'),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    REMOTE_USER: options.user,
    REMOTE_ADDR: '127.0.0.1',
    GIT_PROTOCOL: options.protocol === 2 ? header('git-protocol') : '',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
  }
}
