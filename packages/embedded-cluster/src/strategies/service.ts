import { deepEqual, type JsonObject, type KubeObject } from '@driftless/kube-objects'
import {
  type FieldProblem,
  type KindStrategy,
  labelFaults,
  labelProblems,
  type StrategyContext,
  subdomainFaults,
} from '@driftless/kube-server'
import { list, number, record, records, text, texts } from '../json.ts'
import { isAddress, isIPv4, portNameFaults } from './formats.ts'
import { collectProblems, immutable, type Problems } from './problems.ts'
import { allocateClusterIp, allocateNodePort, allocationProblems } from './service-allocation.ts'

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']
const protocols = ['SCTP', 'TCP', 'UDP']
const longestAffinity = 86_400

/** Rules of Services, with the addresses and ports that the server hands out. */
export const service: KindStrategy = {
  hasGeneration: false,
  nameRule: 'label1035',
  returnsDeletedObject: true,
  prepareForCreate(object, context) {
    object.status = { loadBalancer: {} }
    allocate(object, undefined, context)
  },
  prepareForUpdate(next, previous, context) {
    keepAllocations(next, previous)
    dropOfOtherTypes(next, previous)
    allocate(next, previous, context)
  },
  validate(object, previous) {
    const problems = collectProblems()
    const spec = record(object.spec)
    checkServiceSpec(problems, spec)
    // Addresses and ports are taken after everything else was found right.
    if (problems.found.length === 0) problems.found.push(...(refusedAllocations.get(object) ?? []))
    if (previous !== undefined) checkServiceUpdate(problems, spec, record(previous.spec))
    return problems.found
  },
}

/** What only makes sense for the former type goes with it, unless the client changed it in the same request. */
function dropOfOtherTypes(next: KubeObject, previous: KubeObject): void {
  const spec = record(next.spec)
  const before = record(previous.spec)
  const drop = (field: string, belongsTo: (type: unknown) => boolean) => {
    if (belongsTo(before.type) && !belongsTo(spec.type) && deepEqual(spec[field], before[field])) delete spec[field]
  }
  drop('externalTrafficPolicy', isNodePortType)
  for (const field of ['allocateLoadBalancerNodePorts', 'loadBalancerClass'])
    drop(field, (type) => type === 'LoadBalancer')
}

/** Addresses and ports that a Service asked for and could not get, until its validation reports them. */
const refusedAllocations = new WeakMap<KubeObject, FieldProblem[]>()

function allocate(object: KubeObject, previous: KubeObject | undefined, context: StrategyContext): void {
  const spec = { ...record(object.spec) }
  object.spec = spec
  if (spec.type === 'ExternalName') {
    dropAllocations(spec)
    return
  }
  const isNodePort = spec.type === 'NodePort' || spec.type === 'LoadBalancer'
  if (text(spec.clusterIP) === '') {
    const [given] = list(spec.clusterIPs)
    spec.clusterIP = text(given) === '' ? allocateClusterIp(context) : given
  }
  if (list(spec.clusterIPs).length === 0) spec.clusterIPs = [spec.clusterIP]
  refusedAllocations.set(object, allocationProblems(context, object, previous))
  chooseFamilies(spec)
  if (!isNodePort || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts === false)) {
    if (!isNodePort && isNodePortType(record(previous?.spec).type))
      for (const port of records(spec.ports)) delete port.nodePort
  } else {
    const taken = new Set<number>()
    spec.ports = records(spec.ports).map((port) => {
      const nodePort = number(port.nodePort) > 0 ? port.nodePort : allocateNodePort(context, taken)
      taken.add(number(nodePort))
      return { ...port, nodePort }
    })
  }
  if (spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local')
    spec.healthCheckNodePort ??= allocateNodePort(context, new Set())
  else delete spec.healthCheckNodePort
}

/** A headless Service without selector is served on both families by whoever writes its endpoints. */
function chooseFamilies(spec: JsonObject): void {
  const isOpenHeadless = spec.clusterIP === 'None' && Object.keys(texts(spec.selector)).length === 0
  const families = list(spec.ipFamilies)
  spec.ipFamilyPolicy ??= isOpenHeadless && families.length === 0 ? 'RequireDualStack' : 'SingleStack'
  if (families.length === 0) {
    spec.ipFamilies =
      spec.ipFamilyPolicy === 'SingleStack' || !isOpenHeadless
        ? [isIPv4(text(spec.clusterIP)) || text(spec.clusterIP) === 'None' ? 'IPv4' : 'IPv6']
        : ['IPv4', 'IPv6']
  }
}

function dropAllocations(spec: JsonObject): void {
  for (const field of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'healthCheckNodePort'])
    delete spec[field]
  for (const port of records(spec.ports)) delete port.nodePort
}

/** A client that sends the Service without what the server chose means it to stay. */
function keepAllocations(next: KubeObject, previous: KubeObject): void {
  const spec = { ...record(next.spec) }
  const before = record(previous.spec)
  next.spec = spec
  if (spec.type === 'ExternalName' || before.type === 'ExternalName') return
  if (text(spec.clusterIP) === '' && list(spec.clusterIPs).length === 0) {
    spec.clusterIP = before.clusterIP
    spec.clusterIPs = before.clusterIPs
  } else if (list(spec.clusterIPs).length === 0 && spec.clusterIP === before.clusterIP)
    spec.clusterIPs = before.clusterIPs
  else if (
    text(spec.clusterIP) !== '' &&
    text(spec.clusterIP) !== before.clusterIP &&
    deepEqual(spec.clusterIPs, before.clusterIPs)
  )
    spec.clusterIPs = [spec.clusterIP]
  for (const field of ['ipFamilies', 'ipFamilyPolicy', 'healthCheckNodePort']) spec[field] ??= before[field]
  if (spec.healthCheckNodePort === undefined) delete spec.healthCheckNodePort
  if (!isNodePortType(spec.type) || !isNodePortType(before.type)) return
  spec.ports = records(spec.ports).map((port) => {
    const same = records(before.ports).find(
      (candidate) => candidate.port === port.port && candidate.protocol === port.protocol,
    )
    return number(port.nodePort) > 0 || same?.nodePort === undefined ? port : { ...port, nodePort: same.nodePort }
  })
}

function isNodePortType(type: unknown): boolean {
  return type === 'NodePort' || type === 'LoadBalancer'
}

function checkServiceSpec(problems: Problems, spec: JsonObject): void {
  const ports = records(spec.ports)
  const isHeadless = spec.clusterIP === 'None'
  if (ports.length === 0 && !isHeadless && spec.type !== 'ExternalName') problems.required('spec.ports')
  if (spec.type === 'LoadBalancer' && isHeadless)
    problems.invalid('spec.clusterIPs[0]', 'None', "may not be set to 'None' for LoadBalancer services")
  if (spec.type === 'NodePort' && isHeadless)
    problems.invalid('spec.clusterIPs[0]', 'None', "may not be set to 'None' for NodePort services")
  if (spec.type === 'ExternalName') checkExternalName(problems, spec)
  checkPorts(problems, ports, isHeadless)
  problems.found.push(...labelProblems(texts(spec.selector), 'spec.selector'))
  checkAffinity(problems, spec)
  if (text(spec.type) === '') problems.required('spec.type')
  else if (!types.includes(text(spec.type))) problems.unsupported('spec.type', spec.type, types)
  for (const [index, ip] of list(spec.externalIPs).entries()) {
    if (!isAddress(text(ip)))
      problems.invalid(
        `spec.externalIPs[${index}]`,
        ip,
        'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      )
  }
  const address = text(spec.clusterIP)
  if (address !== '' && address !== 'None') {
    if (!isAddress(address))
      problems.invalid('spec.clusterIPs[0]', address, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')
  }
}

function checkExternalName(problems: Problems, spec: JsonObject): void {
  const name = text(spec.externalName)
  if (name === '') {
    problems.required('spec.externalName')
    return
  }
  for (const fault of subdomainFaults(name.endsWith('.') ? name.slice(0, -1) : name))
    problems.invalid('spec.externalName', name, fault)
}

function checkPorts(problems: Problems, ports: readonly JsonObject[], isHeadless: boolean): void {
  const names = new Set<string>()
  const used = new Set<string>()
  for (const [index, port] of ports.entries()) {
    const field = `spec.ports[${index}]`
    const name = text(port.name)
    if (name === '' && ports.length > 1) problems.required(`${field}.name`)
    else if (name !== '') {
      for (const fault of labelFaults(name)) problems.invalid(`${field}.name`, name, fault)
      if (names.has(name)) problems.duplicate(`${field}.name`, name)
      names.add(name)
    }
    if (number(port.port) < 1 || number(port.port) > 65_535)
      problems.invalid(`${field}.port`, number(port.port), 'must be between 1 and 65535, inclusive')
    if (text(port.protocol) === '') problems.required(`${field}.protocol`)
    else if (!protocols.includes(text(port.protocol)))
      problems.unsupported(`${field}.protocol`, port.protocol, protocols)
    checkTargetPort(problems, `${field}.targetPort`, port.targetPort)
    const key = `${text(port.protocol)}/${number(port.port)}`
    if (used.has(key)) problems.duplicate(field, goForm(port))
    used.add(key)
    if (isHeadless && number(port.nodePort) > 0)
      problems.forbidden(`${field}.nodePort`, "may not be used when `type` is 'ClusterIP'")
  }
}

function checkTargetPort(problems: Problems, field: string, target: unknown): void {
  if (typeof target === 'string') for (const fault of portNameFaults(target)) problems.invalid(field, target, fault)
  else if (typeof target === 'number' && (target < 1 || target > 65_535))
    problems.invalid(field, target, 'must be between 1 and 65535, inclusive')
}

function checkAffinity(problems: Problems, spec: JsonObject): void {
  const kinds = ['ClientIP', 'None']
  if (text(spec.sessionAffinity) === '') {
    if (spec.type !== 'ExternalName') problems.required('spec.sessionAffinity')
  } else if (!kinds.includes(text(spec.sessionAffinity)))
    problems.unsupported('spec.sessionAffinity', spec.sessionAffinity, kinds)
  const seconds = record(record(spec.sessionAffinityConfig).clientIP).timeoutSeconds
  if (typeof seconds === 'number' && (seconds <= 0 || seconds > longestAffinity)) {
    problems.invalid(
      'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
      seconds,
      `must be greater than 0 and less than ${longestAffinity}`,
    )
  }
}

function checkServiceUpdate(problems: Problems, spec: JsonObject, previous: JsonObject): void {
  if (spec.type === 'ExternalName' || previous.type === 'ExternalName') return
  const [before] = list(previous.clusterIPs)
  const [after] = list(spec.clusterIPs)
  if (text(before) === '') return
  if (text(after) === '')
    problems.invalid('spec.clusterIPs[0]', list(spec.clusterIPs), 'primary clusterIP can not be unset')
  else if (after !== before) problems.invalid('spec.clusterIPs[0]', list(spec.clusterIPs), 'may not change once set')
  if (
    previous.healthCheckNodePort !== undefined &&
    spec.healthCheckNodePort !== undefined &&
    spec.healthCheckNodePort !== previous.healthCheckNodePort
  ) {
    problems.invalid('spec.healthCheckNodePort', spec.healthCheckNodePort, immutable)
  }
}

/** The server prints its internal type where a whole port is at fault. */
function goForm(port: JsonObject): JsonObject {
  return { Name: '', Protocol: port.protocol, AppProtocol: null, Port: port.port, TargetPort: 0, NodePort: 0 }
}
