import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { printYamlOrdered } from '@driftless/kube-objects'
import { writePrivateFile } from './private-file.ts'

/** What a kubeconfig file says about one cluster. */
export interface KubeconfigContent {
  readonly path: string
  readonly name: string
  readonly server: string
  /** Base64 of the authority's PEM. */
  readonly caData: string
  readonly token: string
}

/** Writes a kubeconfig file for `kubectl --kubeconfig`, readable by its owner alone. */
export function writeKubeconfig(content: KubeconfigContent): void {
  const { name } = content
  mkdirSync(dirname(content.path), { recursive: true })
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: content.server, 'certificate-authority-data': content.caData } }],
    users: [{ name, user: { token: content.token } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
    'current-context': name,
  }
  writePrivateFile(content.path, printYamlOrdered(config))
  chmodSync(content.path, 0o600)
}
