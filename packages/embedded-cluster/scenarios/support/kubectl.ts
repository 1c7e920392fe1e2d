import { execFile, execFileSync, spawn } from 'node:child_process'
import { promisify } from 'node:util'
import type { EmbeddedCluster } from '../../src/index.ts'

const run = promisify(execFile)

/** True where a kubectl is installed; scenarios that drive it skip elsewhere. */
export const hasKubectl = isInstalled()

/** Why a scenario was skipped, for the names of skipped tests. */
export const kubectlNote = hasKubectl ? '' : ' (skipped: kubectl is not installed)'

/** Runs `kubectl` against a cluster; answers what it printed. Fails with its error output. */
export async function kubectl(cluster: EmbeddedCluster, ...args: string[]): Promise<string> {
  const { stdout } = await run('kubectl', [
    '--kubeconfig',
    cluster.kubeconfigPath,
    '--cache-dir',
    `${cluster.kubeconfigPath}.cache`,
    ...args,
  ])
  return stdout.trim()
}

/** Applies a manifest from standard input. */
export function apply(cluster: EmbeddedCluster, manifest: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('kubectl', ['--kubeconfig', cluster.kubeconfigPath, 'apply', '-f', '-'])
    const output: string[] = []
    child.stdout.on('data', (chunk) => output.push(String(chunk)))
    child.stderr.on('data', (chunk) => output.push(String(chunk)))
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve(output.join('')) : reject(new Error(output.join('')))))
    child.stdin.end(manifest)
  })
}

/** Runs `kubectl` for a while and answers what it had printed when it was stopped. */
export function kubectlFor(cluster: EmbeddedCluster, milliseconds: number, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('kubectl', ['--kubeconfig', cluster.kubeconfigPath, ...args])
    const output: string[] = []
    child.stdout.on('data', (chunk) => output.push(String(chunk)))
    child.on('error', reject)
    child.on('close', () => resolve(output.join('')))
    setTimeout(() => child.kill(), milliseconds)
  })
}

/** Looks again until `look` answers what is wanted; fails with the last answer. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  isWanted: (value: T) => boolean,
  timeout = 10_000,
): Promise<T> {
  const end = Date.now() + timeout
  for (;;) {
    const value = await look()
    if (isWanted(value)) return value
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(value)} after ${timeout} ms`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function isInstalled(): boolean {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
