import type { KubeObject } from '@driftless/kube-objects'
import type { FieldProblem, StrategyContext } from '@driftless/kube-server'
import { list, number, record, records, text } from '../json.ts'
import { isIPv4 } from './formats.ts'
import { collectProblems } from './problems.ts'

/** Service addresses come from 10.96.0.0/12; the first and the last are no hosts. */
const firstHost = (10 << 24) + (96 << 16) + 1
const hosts = 2 ** 20 - 2
const firstNodePort = 30_000
const nodePorts = 2_768

/** A cluster IP that no Service has. */
export function allocateClusterIp(context: StrategyContext): string {
  const services = context.api.list({ group: '', kind: 'Service' })
  const used = new Set(services.flatMap((service) => list(record(service.spec).clusterIPs).map(text)))
  // The start of the range is left to addresses that people choose.
  const reserved = 256
  const start = reserved + Math.floor(context.random() * (hosts - reserved))
  for (let step = 0; step < hosts; step += 1) {
    const address = formatAddress(firstHost + ((start + step) % hosts))
    if (!used.has(address)) return address
  }
  return ''
}

/** A node port that no Service has. */
export function allocateNodePort(context: StrategyContext, alsoTaken: ReadonlySet<number>): number {
  const services = context.api.list({ group: '', kind: 'Service' }).map((service) => record(service.spec))
  const used = new Set(
    services.flatMap((spec) => [
      number(spec.healthCheckNodePort),
      ...records(spec.ports).map((port) => number(port.nodePort)),
    ]),
  )
  const start = Math.floor(context.random() * nodePorts)
  for (let step = 0; step < nodePorts; step += 1) {
    const port = firstNodePort + ((start + step) % nodePorts)
    if (!used.has(port) && !alsoTaken.has(port)) return port
  }
  return 0
}

/** True for addresses of the service range. */
function isInServiceRange(address: string): boolean {
  const [a = 0, b = 0] = address.split('.').map(Number)
  return a === 10 && b >= 96 && b < 112
}

/** Problems of the address and the node ports that a Service asks for: out of range, or another's already. */
export function allocationProblems(
  context: StrategyContext,
  object: KubeObject,
  previous: KubeObject | undefined,
): FieldProblem[] {
  const problems = collectProblems()
  const spec = record(object.spec)
  const others = context.api
    .list({ group: '', kind: 'Service' })
    .filter((other) => other.metadata.uid !== (previous ?? object).metadata.uid)
  const taken = others.map((other) => record(other.spec))
  const address = text(spec.clusterIP)
  const refuse = (reason: string) =>
    problems.invalid('spec.clusterIPs', list(spec.clusterIPs), `failed to allocate IP ${address}: ${reason}`)
  if (isIPv4(address) && address !== record(previous?.spec).clusterIP) {
    if (!isInServiceRange(address)) {
      refuse(`the provided IP (${address}) is not in the valid range. The range of valid IPs is 10.96.0.0/12`)
    } else if (taken.some((other) => other.clusterIP === address)) refuse('provided IP is already allocated')
  }
  const used = new Set(taken.flatMap((other) => records(other.ports).map((port) => number(port.nodePort))))
  for (const [index, { nodePort }] of records(spec.ports).entries()) {
    const port = number(nodePort)
    if (port === 0) continue
    const field = `spec.ports[${index}].nodePort`
    if (port < firstNodePort || port >= firstNodePort + nodePorts) {
      const range = `${firstNodePort}-${firstNodePort + nodePorts - 1}`
      problems.invalid(field, port, `provided port is not in the valid range. The range of valid ports is ${range}`)
    } else if (used.has(port)) problems.invalid(field, port, 'provided port is already allocated')
  }
  return problems.found
}

function formatAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')
}
