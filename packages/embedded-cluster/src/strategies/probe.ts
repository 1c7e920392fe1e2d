import type { JsonObject } from '@driftless/kube-objects'
import { isRecord, list, number, record, records, text } from '../json.ts'
import { checkNotNegative, checkPort, checkPortOrName } from './formats.ts'
import type { Problems } from './problems.ts'

const probeHandlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'] as const
const hookHandlers = ['exec', 'httpGet', 'tcpSocket', 'sleep'] as const
const schemes = ['HTTP', 'HTTPS']

/** Checks the probes and lifecycle hooks of a container. */
export function checkHandlers(problems: Problems, field: string, container: JsonObject): void {
  checkLifecycle(problems, `${field}.lifecycle`, container.lifecycle)
  checkProbe(problems, `${field}.livenessProbe`, container.livenessProbe)
  checkSingleSuccess(problems, `${field}.livenessProbe`, container.livenessProbe)
  checkProbe(problems, `${field}.readinessProbe`, container.readinessProbe)
  if (isRecord(container.readinessProbe) && container.readinessProbe.terminationGracePeriodSeconds !== undefined) {
    problems.invalid(
      `${field}.readinessProbe.terminationGracePeriodSeconds`,
      container.readinessProbe.terminationGracePeriodSeconds,
      'must not be set for readinessProbes',
    )
  }
  checkProbe(problems, `${field}.startupProbe`, container.startupProbe)
  checkSingleSuccess(problems, `${field}.startupProbe`, container.startupProbe)
}

function checkProbe(problems: Problems, field: string, probe: unknown): void {
  if (!isRecord(probe)) return
  checkHandler(problems, field, { handler: probe, kinds: probeHandlers })
  for (const name of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ]) {
    checkNotNegative(problems, `${field}.${name}`, probe[name])
  }
  const grace = probe.terminationGracePeriodSeconds
  if (typeof grace === 'number' && grace <= 0)
    problems.invalid(`${field}.terminationGracePeriodSeconds`, grace, 'must be greater than 0')
}

function checkSingleSuccess(problems: Problems, field: string, probe: unknown): void {
  if (isRecord(probe) && number(probe.successThreshold, 1) !== 1)
    problems.invalid(`${field}.successThreshold`, probe.successThreshold, 'must be 1')
}

function checkLifecycle(problems: Problems, field: string, lifecycle: unknown): void {
  const { postStart, preStop } = record(lifecycle)
  if (isRecord(postStart)) checkHandler(problems, `${field}.postStart`, { handler: postStart, kinds: hookHandlers })
  if (isRecord(preStop)) checkHandler(problems, `${field}.preStop`, { handler: preStop, kinds: hookHandlers })
}

function checkHandler(
  problems: Problems,
  field: string,
  facts: { handler: JsonObject; kinds: readonly string[] },
): void {
  const { handler } = facts
  const given = facts.kinds.filter((kind) => isRecord(handler[kind]))
  const [first, ...extra] = given
  if (first === undefined) {
    problems.required(field, 'must specify a handler type')
    return
  }
  const action = record(handler[first])
  if (first === 'exec' && list(action.command).length === 0) problems.required(`${field}.exec.command`)
  if (first === 'httpGet') checkHttpGet(problems, `${field}.httpGet`, action)
  if (first === 'tcpSocket') checkPortOrName(problems, `${field}.tcpSocket.port`, action.port)
  if (first === 'grpc') checkPort(problems, `${field}.grpc.port`, action.port)
  for (const kind of extra) problems.forbidden(`${field}.${kind}`, 'may not specify more than 1 handler type')
}

function checkHttpGet(problems: Problems, field: string, action: JsonObject): void {
  if (text(action.path) === '') problems.required(`${field}.path`)
  checkPortOrName(problems, `${field}.port`, action.port)
  if (!schemes.includes(text(action.scheme))) problems.unsupported(`${field}.scheme`, text(action.scheme), schemes)
  for (const header of records(action.httpHeaders)) {
    if (!/^[-A-Za-z0-9]+$/.test(text(header.name))) {
      problems.invalid(
        `${field}.httpHeaders`,
        text(header.name),
        "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')",
      )
    }
  }
}
