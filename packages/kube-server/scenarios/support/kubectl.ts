import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { printYaml } from '@driftless/kube-objects'

/** A real kubectl that talks to a server, with a home of its own. */
export interface Kubectl extends Disposable {
  /** Runs to the end; throws with stderr when kubectl fails. */
  (...args: string[]): Promise<string>
  /** Runs to the end whatever the exit code. */
  attempt(
    args: readonly string[],
    input?: string,
    variables?: Record<string, string>,
  ): Promise<{ code: number; stdout: string; stderr: string }>
  /** Runs in the background. */
  start(...args: string[]): ChildProcess
  /** Writes a manifest file and returns its path. */
  file(name: string, content: unknown): string
}

/** Whether kubectl is installed; scenarios that need it are skipped otherwise. */
export const hasKubectl = probe()

/** Writes a kubeconfig for the server and returns a kubectl that uses it. */
export function kubectlFor(url: string): Kubectl {
  const home = mkdtempSync(join(tmpdir(), 'kube-server-'))
  const kubeconfig = join(home, 'kubeconfig')
  writeFileSync(kubeconfig, printYaml(configFor(url)), { mode: 0o600 })
  const environment = { ...process.env, HOME: home, KUBECONFIG: kubeconfig, KUBECACHEDIR: join(home, 'cache') }
  const attempt: Kubectl['attempt'] = (args, input, variables) =>
    new Promise((resolve) => {
      const child = execFile(
        'kubectl',
        [...args],
        { env: { ...environment, ...variables }, timeout: 30_000 },
        (error, stdout, stderr) => {
          resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr })
        },
      )
      child.stdin?.end(input ?? '')
    })
  const run = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await attempt(args)
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')} exited with ${code}: ${stderr}${stdout}`)
    return stdout
  }
  return Object.assign(run, {
    attempt,
    start: (...args: string[]) => spawn('kubectl', args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] }),
    file(name: string, content: unknown) {
      const path = join(home, name)
      writeFileSync(path, typeof content === 'string' ? content : printYaml(content))
      return path
    },
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  })
}

function configFor(url: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: url } }],
    users: [{ name: 'admin', user: { token: 'secret' } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin', namespace: 'default' } }],
    'current-context': 'test',
  }
}

function probe(): boolean {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
