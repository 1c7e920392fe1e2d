import { deepEqual, formatKey, type KubeObject, keyOf, matchesSelector } from '@driftless/kube-objects'
import type { KubeApi } from '@driftless/kube-server'
import type { Pod, Service, ServicePort } from './objects.ts'
import { controlledBy, isFinished, isReady } from './pod-facts.ts'
import { changed } from './runtime/change-object.ts'
import type { Change, Controller, ControllerContext } from './runtime/controller.ts'
import { randomSuffix } from './runtime/template-hash.ts'

const sliceLabel = 'kubernetes.io/service-name'
const managedLabel = 'endpointslice.kubernetes.io/managed-by'
const slicesManager = 'endpointslice-controller.k8s.io'
/** Most endpoints that one EndpointSlice of the API server's controller holds. */
const sliceSize = 100

/** Keeps Endpoints and EndpointSlices of Services that select pods. */
export function endpointsController(context: ControllerContext): Controller {
  const { api } = context
  return {
    name: 'endpoint-controller',
    watches: ['/Service', '/Pod', 'discovery.k8s.io/EndpointSlice', '/Endpoints'],
    keysOf: (change) => servicesOf(api, change),
    reconcile(key) {
      const service = api.get(key) as Service | undefined
      if (service === undefined) return removeEndpoints(api, key)
      const { selector, type } = service.spec
      if (selector === undefined || type === 'ExternalName' || service.metadata.deletionTimestamp !== undefined)
        return undefined
      const pods = (api.list({ group: '', kind: 'Pod' }, { namespace: key.namespace }) as Pod[]).filter(
        (pod) =>
          pod.status?.podIP !== undefined &&
          !isFinished(pod) &&
          matchesSelector({ matchLabels: selector }, pod.metadata.labels),
      )
      writeEndpoints(api, service, pods)
      writeSlices(context, service, pods)
      return undefined
    },
  }
}

function servicesOf(api: KubeApi, change: Change): string[] {
  const { object } = change
  const namespace = object.metadata.namespace ?? ''
  if (object.kind === 'Service') return [formatKey(keyOf(object))]
  if (object.kind === 'Pod') {
    if (!concernsEndpoints(change)) return []
    const services = api.list({ group: '', kind: 'Service' }, { namespace }) as Service[]
    return services
      .filter((service) => [object, change.previous].some((pod) => isSelected(service, pod)))
      .map((service) => formatKey(keyOf(service)))
  }
  // What somebody else deleted comes back.
  if (change.type !== 'DELETED') return []
  const name = object.kind === 'Endpoints' ? object.metadata.name : object.metadata.labels?.[sliceLabel]
  return [formatKey({ group: '', kind: 'Service', namespace, name: name ?? '' })]
}

function isSelected(service: Service, pod: KubeObject | undefined): boolean {
  return (
    pod !== undefined &&
    service.spec.selector !== undefined &&
    matchesSelector({ matchLabels: service.spec.selector }, pod.metadata.labels)
  )
}

function concernsEndpoints({ type, object, previous }: Change): boolean {
  if (type !== 'MODIFIED' || previous === undefined) return true
  const facts = (pod: Pod) => [
    pod.status?.podIP,
    isReady(pod),
    isFinished(pod),
    pod.metadata.labels,
    pod.metadata.deletionTimestamp !== undefined,
  ]
  return !deepEqual(facts(object as Pod), facts(previous as Pod))
}

function removeEndpoints(api: KubeApi, key: { namespace: string; name: string }): undefined {
  const ref = { group: '', kind: 'Endpoints', ...pick(key) }
  if (api.get(ref)?.metadata.annotations?.['endpoints.kubernetes.io/last-change-trigger-time'] !== undefined)
    api.delete(ref)
  return undefined
}

function pick({ namespace, name }: { namespace: string; name: string }) {
  return { namespace, name }
}

function writeEndpoints(api: KubeApi, service: Service, pods: readonly Pod[]): void {
  const serving = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined)
  const isServed = (pod: Pod) => isReady(pod) || service.spec.publishNotReadyAddresses === true
  const addresses = (list: readonly Pod[]) =>
    list.map((pod) => ({
      ip: pod.status?.podIP,
      nodeName: pod.spec.nodeName,
      targetRef: targetOf(pod),
      ...hostnameOf(pod),
    }))
  const ready = addresses(serving.filter(isServed))
  const notReady = addresses(serving.filter((pod) => !isServed(pod)))
  const ports = (service.spec.ports ?? []).map((port) => portOf(port, serving))
  const subset = {
    ...(ready.length === 0 ? {} : { addresses: ready }),
    ...(notReady.length === 0 ? {} : { notReadyAddresses: notReady }),
    ...(ports.length === 0 ? {} : { ports }),
  }
  const subsets = ready.length + notReady.length === 0 ? undefined : [subset]
  const { namespace = '', name = '' } = service.metadata
  write(api, {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name,
      namespace,
      labels: { ...service.metadata.labels, 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' },
      annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': service.metadata.creationTimestamp ?? '' },
    },
    ...(subsets === undefined ? {} : { subsets }),
  })
}

function writeSlices(context: ControllerContext, service: Service, pods: readonly Pod[]): void {
  const { api } = context
  const { namespace = '', name = '' } = service.metadata
  const ports = (service.spec.ports ?? []).map((port) => ({ name: port.name ?? '', ...portOf(port, pods) }))
  const existing = api.list(
    { group: 'discovery.k8s.io', kind: 'EndpointSlice' },
    { namespace, labelSelector: `${sliceLabel}=${name},${managedLabel}=${slicesManager}` },
  )
  const count = Math.max(1, Math.ceil(pods.length / sliceSize))
  for (let index = 0; index < count; index += 1) {
    const slice = existing[index]
    write(api, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: slice?.metadata.name ?? `${name}-${randomSuffix(context.random)}`,
        generateName: `${name}-`,
        namespace,
        labels: { ...service.metadata.labels, [sliceLabel]: name, [managedLabel]: slicesManager, ...headless(service) },
        ownerReferences: [controlledBy(service)],
      },
      addressType: 'IPv4',
      endpoints: pods.slice(index * sliceSize, (index + 1) * sliceSize).map((pod) => endpointOf(service, pod)),
      ports,
    })
  }
  for (const surplus of existing.slice(count)) api.delete(keyOf(surplus))
}

function endpointOf(service: Service, pod: Pod) {
  const terminating = pod.metadata.deletionTimestamp !== undefined
  const serving = isReady(pod)
  const ready = (serving && !terminating) || service.spec.publishNotReadyAddresses === true
  return {
    addresses: [pod.status?.podIP],
    conditions: { ready, serving, terminating },
    ...hostnameOf(pod),
    nodeName: pod.spec.nodeName,
    targetRef: targetOf(pod),
  }
}

/** Creates the object or brings its content up to date. */
function write(api: KubeApi, wanted: KubeObject): void {
  const stored = api.get(keyOf(wanted))
  const manager = { manager: 'kube-controller-manager' }
  if (stored === undefined) {
    api.create(wanted, manager)
    return
  }
  const { apiVersion: _version, kind: _kind, metadata, ...content } = wanted
  const next = changed(stored, (copy) => {
    copy.metadata.labels = { ...copy.metadata.labels, ...metadata.labels }
    if (wanted.kind === 'Endpoints' && content.subsets === undefined) delete copy.subsets
    Object.assign(copy, content)
  })
  if (!deepEqual(next, stored)) api.update(next, manager)
}

function portOf(port: ServicePort, pods: readonly Pod[]) {
  return {
    ...(port.name === undefined ? {} : { name: port.name }),
    port: targetPort(port, pods),
    protocol: port.protocol ?? 'TCP',
    ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
  }
}

/** A named target port is looked up in the pods' containers. */
function targetPort(port: ServicePort, pods: readonly Pod[]): number {
  const { targetPort: target = port.port } = port
  if (typeof target === 'number') return target === 0 ? port.port : target
  const ports = pods.flatMap((pod) => pod.spec.containers.flatMap((container) => container.ports ?? []))
  return ports.find((candidate) => candidate.name === target)?.containerPort ?? port.port
}

function targetOf(pod: Pod) {
  return { kind: 'Pod', namespace: pod.metadata.namespace, name: pod.metadata.name, uid: pod.metadata.uid }
}

function hostnameOf(pod: Pod): { hostname?: string } {
  return pod.spec.hostname === undefined || pod.spec.subdomain === undefined ? {} : { hostname: pod.spec.hostname }
}

function headless(service: Service): Record<string, string> {
  return service.spec.clusterIP === 'None' ? { 'service.kubernetes.io/headless': '' } : {}
}
