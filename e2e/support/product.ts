import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@driftless/contract'

const root = join(import.meta.dirname, '../..')
const password = 'journey-password-1'
const startTimeout = 170_000

/** The whole product, running as `npm start` runs it, on data of its own. */
export interface Product extends AsyncDisposable {
  readonly url: string
  readonly password: string
  readonly dataDirectory: string
  /** Id of the product's process, for measuring it. */
  readonly pid: number
  /** The REST API as `admin`. */
  readonly api: Client
  /** Path of an embedded cluster's kubeconfig. */
  kubeconfig(cluster: string): string
  /** Ends the process the hard way. */
  kill(): Promise<void>
  /** Starts again on the same data. */
  restart(): Promise<void>
}

/** Starts a product without demo content, on a free port. */
export async function startProduct(environment: Readonly<Record<string, string>> = {}): Promise<Product> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'driftless-journey-'))
  let running = await launch(dataDirectory, environment)
  let api = await connect(running.url)
  return {
    get url() {
      return running.url
    },
    get pid() {
      return running.process.pid ?? 0
    },
    get api() {
      return api
    },
    password,
    dataDirectory,
    kubeconfig: (cluster) => join(dataDirectory, 'clusters', `${cluster}.kubeconfig`),
    kill: () => end(running.process, 'SIGKILL'),
    async restart() {
      running = await launch(dataDirectory, environment)
      api = await connect(running.url)
    },
    async [Symbol.asyncDispose]() {
      await end(running.process, 'SIGTERM')
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

async function connect(url: string): Promise<Client> {
  const { token } = await createClient({ baseUrl: url }).call('login', { body: { username: 'admin', password } })
  return createClient({ baseUrl: url, token })
}

function launch(
  dataDirectory: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn('node', ['apps/api/src/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DRIFTLESS_PORT: '0',
      DRIFTLESS_DATA_DIR: dataDirectory,
      DRIFTLESS_ADMIN_PASSWORD: password,
      DRIFTLESS_EMBEDDED_CLUSTERS: 'in-cluster',
      DRIFTLESS_DEMO: '0',
      DRIFTLESS_LOG_LEVEL: 'warn',
      ...environment,
    },
  })
  return new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => fail(`it was not ready within ${startTimeout / 1000} s`), startTimeout)
    const fail = (reason: string) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`the product did not start: ${reason}\n${output.slice(-4000)}`))
    }
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const url = /Driftless is ready\s+(https?:\/\/\S+)/.exec(output)?.[1]
      if (url === undefined) return
      clearTimeout(timer)
      resolve({ process: child, url })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', (code) => fail(`it ended with code ${code}`))
  })
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill(signal)
    if (signal !== 'SIGKILL') setTimeout(() => child.kill('SIGKILL'), 10_000).unref()
  })
}
