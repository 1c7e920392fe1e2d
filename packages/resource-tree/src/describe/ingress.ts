import type { KubeObject } from '@driftless/kube-objects'
import type { ResourceReference } from '@driftless/model'
import { isObject, listAt, textAt, valueAt } from '../fields.ts'
import { uniqueReferences } from './reference.ts'

/** The Services that an Ingress sends traffic to. */
export function ingressTargets(object: KubeObject): ResourceReference[] {
  const backends = [
    valueAt(object, 'spec', 'defaultBackend'),
    valueAt(object, 'spec', 'backend'),
    ...listAt(object, 'spec', 'rules').flatMap((rule) =>
      listAt(rule, 'http', 'paths').map((path) => valueAt(path, 'backend')),
    ),
  ]
  const namespace = object.metadata.namespace ?? ''
  return uniqueReferences(
    backends
      .map((backend) => textAt(backend, 'service', 'name') || textAt(backend, 'serviceName'))
      .filter((name) => name !== '')
      .map((name) => ({ group: '', kind: 'Service', namespace, name })),
  )
}

/** The addresses under which a browser reaches an Ingress. */
export function ingressUrls(
  object: KubeObject,
  addresses: readonly { ip?: string | undefined; hostname?: string | undefined }[],
): string[] {
  const tls = listAt(object, 'spec', 'tls').filter(isObject)
  const fallback = addresses.map((address) => address.hostname ?? address.ip).filter((host) => host !== undefined)
  const urls = listAt(object, 'spec', 'rules').flatMap((rule) => {
    const host = textAt(rule, 'host')
    const secure = tls.some((entry) => textAt(entry, 'secretName') !== '' || listAt(entry, 'hosts').includes(host))
    const paths = listAt(rule, 'http', 'paths').map((path) => textAt(path, 'path').replace(/\*$/, ''))
    const hosts = host === '' ? fallback : [host]
    return hosts.flatMap((name) =>
      (paths.length === 0 ? [''] : paths).map((path) => `${secure ? 'https' : 'http'}://${name}${path}`),
    )
  })
  return [...new Set(urls)].sort()
}
