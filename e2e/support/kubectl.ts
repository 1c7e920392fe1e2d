import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'

/** True when a kubectl is on the path. */
export function hasKubectl(): boolean {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Runs kubectl against a cluster and answers its JSON. */
export async function kubectlJson<T>(kubeconfig: string, ...args: string[]): Promise<T> {
  const { stdout } = await promisify(execFile)('kubectl', ['--kubeconfig', kubeconfig, ...args, '-o', 'json'], {
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(stdout) as T
}

/** Runs kubectl for its effect. */
export async function kubectl(kubeconfig: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('kubectl', ['--kubeconfig', kubeconfig, ...args])
  return stdout
}

/** Images of the deployments, and pod counts of the replica sets, in a namespace. */
export async function workloads(kubeconfig: string, namespace: string) {
  const list = await kubectlJson<{
    items: { kind: string; spec: { replicas?: number; template: { spec: { containers: { image: string }[] } } } }[]
  }>(kubeconfig, '-n', namespace, 'get', 'deploy,rs')
  const of = (kind: string) =>
    list.items
      .filter((item) => item.kind === kind)
      .map(({ spec }) => ({
        image: spec.template.spec.containers[0]?.image.split(':').at(-1) ?? '',
        replicas: spec.replicas ?? 0,
      }))
  return { deployments: of('Deployment'), replicaSets: of('ReplicaSet').sort((a, b) => (a.image < b.image ? -1 : 1)) }
}
