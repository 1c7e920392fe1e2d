import { deepEqual, type JsonObject } from '@driftless/kube-objects'
import { type KindStrategy, labelFaults, subdomainFaults } from '@driftless/kube-server'
import { isAbsent, isRecord, list, number, record, records, text } from '../json.ts'
import { checkPortOrName, isAddress, isCidr, portNameFaults } from './formats.ts'
import { initialStatus } from './initial-status.ts'
import { checkLabelSelector } from './label-selector.ts'
import { collectProblems, immutable, type Problems } from './problems.ts'

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix']
const protocols = ['SCTP', 'TCP', 'UDP']

/** Rules of Ingresses. */
export const ingress: KindStrategy = {
  prepareForCreate: initialStatus(() => ({ loadBalancer: {} })),
  validate(object) {
    const problems = collectProblems()
    const spec = record(object.spec)
    const rules = records(spec.rules)
    if (rules.length === 0 && !isRecord(spec.defaultBackend)) {
      problems.invalid('spec', null, 'either `defaultBackend` or `rules` must be specified')
    }
    if (isRecord(spec.defaultBackend)) checkBackend(problems, 'spec.defaultBackend', spec.defaultBackend)
    for (const [index, rule] of rules.entries()) checkRule(problems, `spec.rules[${index}]`, rule)
    for (const [index, tls] of records(spec.tls).entries()) {
      for (const [position, host] of list(tls.hosts).entries())
        checkHost(problems, `spec.tls[${index}].hosts[${position}]`, text(host))
    }
    const className = text(spec.ingressClassName)
    if (className !== '')
      for (const fault of subdomainFaults(className)) problems.invalid('spec.ingressClassName', className, fault)
    return problems.found
  },
}

/** Rules of IngressClasses. */
export const ingressClass: KindStrategy = {
  validate(object, previous) {
    const problems = collectProblems()
    const controller = text(record(object.spec).controller)
    if (controller === '') problems.required('spec.controller')
    else if (!/^[a-z0-9.-]+\/\S+$/.test(controller)) {
      problems.invalid('spec.controller', controller, 'must be a domain-prefixed path (such as "acme.io/foo")')
    }
    if (previous !== undefined && controller !== text(record(previous.spec).controller))
      problems.invalid('spec.controller', controller, immutable)
    return problems.found
  },
}

/** Rules of NetworkPolicies. */
export const networkPolicy: KindStrategy = {
  validate(object) {
    const problems = collectProblems()
    const spec = record(object.spec)
    checkLabelSelector(problems, 'spec.podSelector', spec.podSelector)
    for (const [side, peers] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const) {
      for (const [index, rule] of records(spec[side]).entries()) {
        const field = `spec.${side}[${index}]`
        for (const [position, port] of records(rule.ports).entries())
          checkPolicyPort(problems, `${field}.ports[${position}]`, port)
        for (const [position, peer] of records(rule[peers]).entries())
          checkPeer(problems, `${field}.${peers}[${position}]`, peer)
      }
    }
    const types = list(spec.policyTypes)
    if (types.length > 2) problems.invalid('spec.policyTypes', types, 'may not specify more than two policyTypes')
    else
      for (const [index, type] of types.entries()) {
        if (type !== 'Ingress' && type !== 'Egress')
          problems.unsupported(`spec.policyTypes[${index}]`, type, ['Egress', 'Ingress'])
      }
    return problems.found
  },
}

/** Rules of Endpoints. */
export const endpoints: KindStrategy = {
  hasGeneration: false,
  createsOnUpdate: true,
  validate(object) {
    const problems = collectProblems()
    for (const [index, subset] of records(object.subsets).entries()) checkSubset(problems, `subsets[${index}]`, subset)
    return problems.found
  },
}

/** Rules of EndpointSlices. */
export const endpointSlice: KindStrategy = {
  validate(object, previous) {
    const problems = collectProblems()
    const types = ['FQDN', 'IPv4', 'IPv6']
    const type = text(object.addressType)
    if (type === '') problems.required('addressType')
    else if (!types.includes(type)) problems.unsupported('addressType', type, types)
    const slices = records(object.endpoints)
    if (slices.length > 1_000) problems.tooMany('endpoints', slices.length, 1_000)
    for (const [index, endpoint] of slices.entries()) {
      const addresses = list(endpoint.addresses)
      if (addresses.length === 0) problems.required(`endpoints[${index}].addresses`, 'must contain at least 1 address')
      for (const [position, address] of addresses.entries()) {
        if (type !== 'FQDN' && !isAddress(text(address)))
          problems.invalid(
            `endpoints[${index}].addresses[${position}]`,
            address,
            'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
          )
      }
    }
    const names = new Set<string>()
    for (const [index, port] of records(object.ports).entries()) {
      const name = text(port.name)
      if (names.has(name)) problems.duplicate(`ports[${index}].name`, name)
      names.add(name)
      if (!protocols.includes(text(port.protocol)))
        problems.unsupported(`ports[${index}].protocol`, text(port.protocol), protocols)
    }
    if (previous !== undefined && !deepEqual(object.addressType, previous.addressType))
      problems.invalid('addressType', object.addressType, immutable)
    return problems.found
  },
}

function checkRule(problems: Problems, field: string, rule: JsonObject): void {
  const host = text(rule.host)
  if (host !== '') checkHost(problems, `${field}.host`, host)
  if (!isRecord(rule.http)) return
  const paths = records(rule.http.paths)
  if (paths.length === 0) problems.required(`${field}.http.paths`)
  for (const [index, path] of paths.entries()) checkPath(problems, `${field}.http.paths[${index}]`, path)
}

function checkHost(problems: Problems, field: string, host: string): void {
  if (isAddress(host)) {
    problems.invalid(field, host, 'must be a DNS name, not an IP address')
    return
  }
  const name = host.startsWith('*.') ? host.slice(2) : host
  for (const fault of subdomainFaults(name)) problems.invalid(field, host, fault)
}

function checkPath(problems: Problems, field: string, path: JsonObject): void {
  const type = path.pathType
  const value = text(path.path)
  if (isAbsent(type)) problems.required(`${field}.pathType`, 'pathType must be specified')
  else if (!pathTypes.includes(text(type))) problems.unsupported(`${field}.pathType`, type, pathTypes)
  else if (type !== 'ImplementationSpecific' || value !== '') checkPathText(problems, `${field}.path`, value)
  checkBackend(problems, `${field}.backend`, record(path.backend))
}

function checkPathText(problems: Problems, field: string, path: string): void {
  if (!path.startsWith('/')) {
    problems.invalid(field, path, 'must be an absolute path')
    return
  }
  for (const part of ['//', '/./', '/../', '%2f', '%2F']) {
    if (path.includes(part)) problems.invalid(field, path, `must not contain '${part}'`)
  }
  for (const end of ['/..', '/.']) if (path.endsWith(end)) problems.invalid(field, path, `cannot end with '${end}'`)
}

function checkBackend(problems: Problems, field: string, backend: JsonObject): void {
  const { service, resource } = backend
  if (isRecord(service) && isRecord(resource)) {
    problems.invalid(field, '', 'cannot set both resource and service backends')
    return
  }
  if (!isRecord(service)) {
    if (!isRecord(resource)) problems.required(field, 'port name or number is required')
    return
  }
  if (text(service.name) === '') problems.required(`${field}.service.name`)
  else
    for (const fault of labelFaults(text(service.name))) problems.invalid(`${field}.service.name`, service.name, fault)
  const { name, number: port } = record(service.port)
  if (text(name) !== '' && number(port) !== 0)
    problems.invalid(`${field}.service.port`, service.port, 'cannot set both port name & port number')
  else if (text(name) !== '')
    for (const fault of portNameFaults(text(name))) problems.invalid(`${field}.service.port.name`, name, fault)
  else if (number(port) === 0) problems.required(`${field}.service.port`, 'port name or number is required')
  else if (number(port) < 1 || number(port) > 65_535)
    problems.invalid(`${field}.service.port.number`, port, 'must be between 1 and 65535, inclusive')
}

function checkPolicyPort(problems: Problems, field: string, port: JsonObject): void {
  if (port.protocol !== undefined && !protocols.includes(text(port.protocol)))
    problems.unsupported(`${field}.protocol`, port.protocol, protocols)
  if (port.port !== undefined) checkPortOrName(problems, `${field}.port`, port.port)
  if (typeof port.endPort !== 'number') return
  if (typeof port.port !== 'number') problems.required(`${field}.port`, 'must be specified when endPort is specified')
  else if (port.endPort < port.port)
    problems.invalid(`${field}.endPort`, port.endPort, 'must be greater than or equal to `port`')
}

function checkPeer(problems: Problems, field: string, peer: JsonObject): void {
  const given = ['podSelector', 'namespaceSelector', 'ipBlock'].filter((name) => isRecord(peer[name]))
  if (given.length === 0) {
    problems.required(field, 'must specify a peer')
    return
  }
  if (given.includes('ipBlock') && given.length > 1)
    problems.forbidden(field, 'may not specify both ipBlock and another peer')
  checkLabelSelector(problems, `${field}.podSelector`, peer.podSelector)
  checkLabelSelector(problems, `${field}.namespaceSelector`, peer.namespaceSelector)
  if (!isRecord(peer.ipBlock)) return
  const cidr = text(peer.ipBlock.cidr)
  if (cidr === '') problems.required(`${field}.ipBlock.cidr`)
  else if (!isCidr(cidr))
    problems.invalid(`${field}.ipBlock.cidr`, cidr, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')
  for (const [index, except] of list(peer.ipBlock.except).entries()) {
    if (!isCidr(text(except)))
      problems.invalid(
        `${field}.ipBlock.except[${index}]`,
        except,
        'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
      )
  }
}

function checkSubset(problems: Problems, field: string, subset: JsonObject): void {
  const addresses = records(subset.addresses)
  const notReady = records(subset.notReadyAddresses)
  if (addresses.length + notReady.length === 0)
    problems.required(field, 'must specify `addresses` or `notReadyAddresses`')
  for (const [index, address] of addresses.entries()) {
    if (!isAddress(text(address.ip)))
      problems.invalid(
        `${field}.addresses[${index}].ip`,
        text(address.ip),
        'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      )
  }
  const ports = records(subset.ports)
  for (const [index, port] of ports.entries()) {
    if (ports.length > 1 && text(port.name) === '') problems.required(`${field}.ports[${index}].name`)
    if (number(port.port) < 1 || number(port.port) > 65_535)
      problems.invalid(`${field}.ports[${index}].port`, number(port.port), 'must be between 1 and 65535, inclusive')
    if (!protocols.includes(text(port.protocol)))
      problems.unsupported(`${field}.ports[${index}].protocol`, text(port.protocol), protocols)
  }
}
