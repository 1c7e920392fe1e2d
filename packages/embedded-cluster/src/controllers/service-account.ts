import type { KubeApi } from '@driftless/kube-server'
import type { Change, Controller, ControllerContext } from './runtime/controller.ts'

/** Gives every namespace its `default` ServiceAccount and the `kube-root-ca.crt` ConfigMap, and brings them back when deleted. */
export function serviceAccountController(context: ControllerContext, caPem: string): Controller {
  const { api } = context
  return {
    name: 'serviceaccount-controller',
    watches: ['/Namespace', '/ServiceAccount', '/ConfigMap'],
    keysOf: (change) => namespaceOf(change),
    reconcile({ name }) {
      if (!isActiveNamespace(api, name)) return undefined
      createIfMissing(context, { kind: 'ServiceAccount', namespace: name, name: 'default', content: {} })
      createIfMissing(context, {
        kind: 'ConfigMap',
        namespace: name,
        name: 'kube-root-ca.crt',
        annotations: { 'kubernetes.io/description': rootCaDescription },
        content: { data: { 'ca.crt': caPem } },
      })
      return undefined
    },
  }
}

const rootCaDescription =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.'

interface Fixture {
  kind: string
  namespace: string
  name: string
  annotations?: Record<string, string>
  content: Record<string, unknown>
}

function createIfMissing(context: ControllerContext, fixture: Fixture): void {
  const { kind, namespace, name, annotations, content } = fixture
  if (context.api.get({ group: '', kind, namespace, name }) !== undefined) return
  const metadata = { name, namespace, ...(annotations === undefined ? {} : { annotations }) }
  context.api.create({ apiVersion: 'v1', kind, metadata, ...content }, { manager: 'kube-controller-manager' })
}

function isActiveNamespace(api: KubeApi, name: string): boolean {
  const namespace = api.get({ group: '', kind: 'Namespace', name })
  return namespace !== undefined && namespace.metadata.deletionTimestamp === undefined
}

function namespaceOf(change: Change): string[] {
  const { kind, metadata } = change.object
  if (kind === 'Namespace') return change.type === 'DELETED' ? [] : [`/Namespace//${metadata.name}`]
  const isFixture = metadata.name === 'default' || metadata.name === 'kube-root-ca.crt'
  return change.type === 'DELETED' && isFixture ? [`/Namespace//${metadata.namespace}`] : []
}
