import type { KubeObject } from '@driftless/kube-objects'
import type { ResourceReference } from '@driftless/model'
import { listAt, textAt } from '../fields.ts'
import { uniqueReferences } from './reference.ts'

/** The backends of a Gateway API route. */
export function routeTargets(object: KubeObject): ResourceReference[] {
  return uniqueReferences(
    listAt(object, 'spec', 'rules')
      .flatMap((rule) => listAt(rule, 'backendRefs'))
      .map((backend) => ({
        group: textAt(backend, 'group'),
        kind: textAt(backend, 'kind') || 'Service',
        namespace: textAt(backend, 'namespace') || (object.metadata.namespace ?? ''),
        name: textAt(backend, 'name'),
      }))
      .filter(({ name }) => name !== ''),
  )
}

/** The Services behind an Istio VirtualService; a host is `name`, or `name.namespace` with more labels after it. */
export function virtualServiceTargets(object: KubeObject): ResourceReference[] {
  const routes = ['http', 'tls', 'tcp'].flatMap((protocol) => listAt(object, 'spec', protocol))
  return uniqueReferences(
    routes
      .flatMap((route) => listAt(route, 'route'))
      .map((route) => textAt(route, 'destination', 'host').split('.'))
      .filter(([name]) => name !== undefined && name !== '')
      .map(([name = '', namespace = object.metadata.namespace ?? '']) => ({
        group: '',
        kind: 'Service',
        namespace,
        name,
      })),
  )
}
