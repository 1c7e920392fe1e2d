import type { JsonObject } from '../object.ts'
import { ensureObject, fill, objectAt, objectsAt } from './fill.ts'

/** How long a client sticks to its endpoint, in seconds. */
const clientAffinitySeconds = 10800

/** Defaults of a Service. */
export function serviceDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  fill(spec, { sessionAffinity: 'None', type: 'ClusterIP' })
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig
  if (spec.sessionAffinity === 'ClientIP') {
    fill(ensureObject(ensureObject(spec, 'sessionAffinityConfig'), 'clientIP'), {
      timeoutSeconds: clientAffinitySeconds,
    })
  }
  for (const port of objectsAt(spec, 'ports')) {
    fill(port, { protocol: 'TCP' })
    if (port.targetPort === 0 || port.targetPort === '' || port.targetPort == null) port.targetPort = port.port
  }
  trafficDefaults(spec)
}

function trafficDefaults(spec: JsonObject): void {
  const outward = spec.type === 'NodePort' || spec.type === 'LoadBalancer'
  const externalAddresses = Array.isArray(spec.externalIPs) && spec.externalIPs.length > 0
  if (outward || (spec.type === 'ClusterIP' && externalAddresses)) fill(spec, { externalTrafficPolicy: 'Cluster' })
  if (outward || spec.type === 'ClusterIP') fill(spec, { internalTrafficPolicy: 'Cluster' })
  if (spec.type === 'LoadBalancer') fill(spec, { allocateLoadBalancerNodePorts: true })
}

/** Defaults of Endpoints. */
export function endpointsDefaults(object: JsonObject): void {
  for (const subset of objectsAt(object, 'subsets'))
    for (const port of objectsAt(subset, 'ports')) fill(port, { protocol: 'TCP' })
}

/** Defaults of an EndpointSlice. */
export function endpointSliceDefaults(object: JsonObject): void {
  for (const port of objectsAt(object, 'ports')) fill(port, { name: '', protocol: 'TCP' })
}

/** Defaults of a NetworkPolicy: it is about egress only when it has egress rules. */
export function networkPolicyDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  for (const rule of [...objectsAt(spec, 'ingress'), ...objectsAt(spec, 'egress')]) {
    for (const port of objectsAt(rule, 'ports')) fill(port, { protocol: 'TCP' })
  }
  if (!Array.isArray(spec.policyTypes) || spec.policyTypes.length === 0) {
    spec.policyTypes = objectsAt(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress']
  }
}

/** Defaults of an IngressClass. */
export function ingressClassDefaults(object: JsonObject): void {
  const parameters = objectAt(objectAt(object, 'spec'), 'parameters')
  if (parameters) fill(parameters, { scope: 'Cluster' })
}
