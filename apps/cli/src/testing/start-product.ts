import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A running Driftless with one embedded cluster and nothing in it. */
export interface Product {
  readonly url: string
  readonly password: string
  stop(): Promise<void>
}

const main = join(import.meta.dirname, '../../../api/src/main.ts')
const password = 'first password'

/** Starts the product as `npm start` does, without console and demo, on a free port. */
export async function startProduct(): Promise<Product> {
  const directory = mkdtempSync(join(tmpdir(), 'driftless-cli-product-'))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: {
      ...process.env,
      DRIFTLESS_PORT: '0',
      DRIFTLESS_CONSOLE: '0',
      DRIFTLESS_DEMO: '0',
      DRIFTLESS_EMBEDDED_CLUSTERS: 'in-cluster',
      DRIFTLESS_DATA_DIR: directory,
      DRIFTLESS_ADMIN_PASSWORD: password,
      DRIFTLESS_LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = async () => {
    await ended(child)
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    return { url: await readUrl(child), password, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function readUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    let err = ''
    child.stderr?.on('data', (piece: Buffer) => {
      err += piece.toString()
    })
    child.stdout?.on('data', (piece: Buffer) => {
      out += piece.toString()
      const url = /is ready\s+(http:\/\/\S+)/.exec(out)?.[1]
      if (url !== undefined) resolve(url)
    })
    child.on('close', (code) => reject(new Error(`the product ended with ${code}: ${err.slice(-2000)}`)))
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.on('close', () => resolve())
    child.kill('SIGTERM')
  })
}
