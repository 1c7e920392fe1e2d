import type { JsonObject, KubeObject } from '@driftless/kube-objects'
import { list, number, record, records, text } from '../../json.ts'
import { type Cells, joined, labelTexts, selectorText, specOf, statusOf } from './cell.ts'

/** Columns of `kubectl get services`. */
export const serviceCells: Cells = {
  Type: (object) => text(specOf(object).type),
  'Cluster-IP': (object) => text(specOf(object).clusterIP) || '<none>',
  'External-IP': externalAddress,
  'Port(s)': (object) => joined(records(specOf(object).ports).map(servicePort)),
  Selector: (object) => joined(labelTexts(record(specOf(object).selector))),
}

/** Columns of `kubectl get endpoints`. */
export const endpointsCells: Cells = {
  Endpoints: (object) => {
    const pairs = records(object.subsets).flatMap((subset) => {
      const addresses = records(subset.addresses).map((address) => text(address.ip))
      const ports = records(subset.ports).map((port) => number(port.port))
      return ports.length === 0 ? addresses : ports.flatMap((port) => addresses.map((address) => `${address}:${port}`))
    })
    return shortened(pairs)
  },
}

/** Columns of `kubectl get endpointslices`. */
export const endpointSliceCells: Cells = {
  AddressType: (object) => text(object.addressType),
  Ports: (object) =>
    shortened(
      records(object.ports).map((port) => String(port.port ?? '*')),
      '<unset>',
    ),
  Endpoints: (object) =>
    shortened(
      records(object.endpoints).flatMap((endpoint) => list(endpoint.addresses).map(String)),
      '<unset>',
    ),
}

/** Columns of `kubectl get ingresses`. */
export const ingressCells: Cells = {
  Class: (object) => text(specOf(object).ingressClassName) || '<none>',
  Hosts: (object) => {
    const hosts = records(specOf(object).rules).map((rule) => text(rule.host) || '*')
    return hosts.length > 3 ? `${hosts.slice(0, 3).join(',')} + ${hosts.length - 3} more...` : joined(hosts, '*')
  },
  Address: (object) => loadBalancerAddresses(statusOf(object)).join(','),
  Ports: (object) => (list(specOf(object).tls).length > 0 ? '80, 443' : '80'),
}

/** Columns of `kubectl get ingressclasses`. */
export const ingressClassCells: Cells = {
  Controller: (object) => text(specOf(object).controller),
  Parameters: (object) => {
    const parameters = record(specOf(object).parameters)
    if (text(parameters.name) === '') return '<none>'
    return `${text(parameters.kind)}${text(parameters.apiGroup) === '' ? '' : `.${parameters.apiGroup}`}/${parameters.name}`
  },
}

/** Columns of `kubectl get networkpolicies`. */
export const networkPolicyCells: Cells = { 'Pod-Selector': (object) => selectorText(specOf(object).podSelector) }

/** Columns of `kubectl get ipaddresses`. */
export const ipAddressCells: Cells = {
  ParentRef: (object) => {
    const parent = record(specOf(object).parentRef)
    return [text(parent.resource), text(parent.namespace), text(parent.name)].filter((part) => part !== '').join('/')
  },
}

/** Columns of `kubectl get servicecidrs`. */
export const serviceCidrCells: Cells = { CIDRs: (object) => list(specOf(object).cidrs).join(',') }

function externalAddress(service: KubeObject): string {
  const spec = specOf(service)
  const given = list(spec.externalIPs).map(String)
  if (spec.type === 'ExternalName') return text(spec.externalName)
  if (spec.type !== 'LoadBalancer') return joined(given)
  return joined([...loadBalancerAddresses(statusOf(service)), ...given], '<pending>')
}

function loadBalancerAddresses(status: JsonObject): string[] {
  return records(record(status.loadBalancer).ingress).map((ingress) => text(ingress.ip) || text(ingress.hostname))
}

function servicePort(port: JsonObject): string {
  const node = number(port.nodePort) > 0 ? `:${port.nodePort}` : ''
  return `${port.port}${node}/${text(port.protocol) || 'TCP'}`
}

/** The first three, then how many more there are. */
function shortened(values: readonly string[], none = '<none>'): string {
  if (values.length === 0) return none
  return values.length > 3 ? `${values.slice(0, 3).join(',')} + ${values.length - 3} more...` : values.join(',')
}
