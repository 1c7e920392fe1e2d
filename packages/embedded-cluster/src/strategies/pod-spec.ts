import type { JsonObject } from '@driftless/kube-objects'
import { labelFaults, labelValueFaults, qualifiedNameFaults, subdomainFaults } from '@driftless/kube-server'
import { isRecord, list, number, record, records, text, texts } from '../json.ts'
import { checkContainer } from './container.ts'
import { isAddress } from './formats.ts'
import { checkLabelSelector } from './label-selector.ts'
import type { Problems } from './problems.ts'
import { checkTolerations } from './tolerations.ts'
import { checkVolumes } from './volumes.ts'

const restartPolicies = ['Always', 'OnFailure', 'Never']
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']
const longestDeadline = 2_147_483_647

/** Checks a pod's spec, also inside templates. */
export function checkPodSpec(problems: Problems, field: string, spec: JsonObject): void {
  const volumes = checkVolumes(problems, `${field}.volumes`, spec.volumes)
  const around = { volumes, taken: new Set<string>() }
  const containers = records(spec.containers)
  if (containers.length === 0) problems.required(`${field}.containers`)
  for (const [index, container] of containers.entries()) {
    checkContainer(problems, `${field}.containers[${index}]`, { container, around: { ...around, isInit: false } })
  }
  for (const [index, container] of records(spec.initContainers).entries()) {
    checkContainer(problems, `${field}.initContainers[${index}]`, { container, around: { ...around, isInit: true } })
  }
  checkChoice(problems, `${field}.restartPolicy`, spec.restartPolicy, restartPolicies)
  checkChoice(problems, `${field}.dnsPolicy`, spec.dnsPolicy, dnsPolicies)
  for (const [key, value] of Object.entries(texts(spec.nodeSelector)))
    checkNodeLabel(problems, `${field}.nodeSelector`, [key, value])
  if (spec.hostNetwork === true) checkHostPorts(problems, `${field}.containers`, containers)
  checkPodSecurity(problems, `${field}.securityContext`, spec.securityContext)
  checkNames(problems, field, spec)
  checkDurations(problems, field, spec)
  checkAffinity(problems, `${field}.affinity`, spec.affinity)
  checkTolerations(problems, `${field}.tolerations`, spec.tolerations)
  checkSpread(problems, `${field}.topologySpreadConstraints`, spec.topologySpreadConstraints)
  checkHostAliases(problems, `${field}.hostAliases`, spec.hostAliases)
  if (text(spec.schedulerName) === '') problems.required(`${field}.schedulerName`)
}

function checkChoice(problems: Problems, field: string, value: unknown, supported: readonly string[]): void {
  if (text(value) === '') problems.required(field)
  else if (!supported.includes(text(value))) problems.unsupported(field, value, supported)
}

function checkNodeLabel(problems: Problems, field: string, [key, value]: [string, string]): void {
  for (const fault of qualifiedNameFaults(key)) problems.invalid(field, key, fault)
  for (const fault of labelValueFaults(value)) problems.invalid(field, value, fault)
}

function checkHostPorts(problems: Problems, field: string, containers: readonly JsonObject[]): void {
  for (const [index, container] of containers.entries()) {
    for (const [position, port] of records(container.ports).entries()) {
      if (number(port.hostPort) === number(port.containerPort)) continue
      const detail = 'must match `hostPort` when `hostNetwork` is true'
      problems.invalid(`${field}[${index}].ports[${position}].containerPort`, port.containerPort, detail)
    }
  }
}

function checkNames(problems: Problems, field: string, spec: JsonObject): void {
  const subdomains = ['serviceAccountName', 'nodeName', 'priorityClassName', 'runtimeClassName']
  for (const name of subdomains) {
    const value = text(spec[name])
    if (value !== '') for (const fault of subdomainFaults(value)) problems.invalid(`${field}.${name}`, value, fault)
  }
  for (const name of ['hostname', 'subdomain']) {
    const value = text(spec[name])
    if (value !== '') for (const fault of labelFaults(value)) problems.invalid(`${field}.${name}`, value, fault)
  }
  for (const [index, reference] of records(spec.imagePullSecrets).entries()) {
    if (text(reference.name) === '') problems.required(`${field}.imagePullSecrets[${index}].name`)
  }
}

function checkDurations(problems: Problems, field: string, spec: JsonObject): void {
  const deadline = spec.activeDeadlineSeconds
  if (typeof deadline === 'number' && (deadline < 1 || deadline > longestDeadline)) {
    problems.invalid(`${field}.activeDeadlineSeconds`, deadline, `must be between 1 and ${longestDeadline}, inclusive`)
  }
}

function checkAffinity(problems: Problems, field: string, affinity: unknown): void {
  const { nodeAffinity, podAffinity, podAntiAffinity } = record(affinity)
  if (isRecord(nodeAffinity)) checkNodeAffinity(problems, `${field}.nodeAffinity`, nodeAffinity)
  for (const [name, part] of [
    ['podAffinity', podAffinity],
    ['podAntiAffinity', podAntiAffinity],
  ] as const) {
    const {
      requiredDuringSchedulingIgnoredDuringExecution: required,
      preferredDuringSchedulingIgnoredDuringExecution: preferred,
    } = record(part)
    for (const [index, term] of records(required).entries()) {
      checkPodTerm(problems, `${field}.${name}.requiredDuringSchedulingIgnoredDuringExecution[${index}]`, term)
    }
    for (const [index, weighted] of records(preferred).entries()) {
      const at = `${field}.${name}.preferredDuringSchedulingIgnoredDuringExecution[${index}]`
      checkWeight(problems, at, weighted)
      checkPodTerm(problems, `${at}.podAffinityTerm`, record(weighted.podAffinityTerm))
    }
  }
}

function checkNodeAffinity(problems: Problems, field: string, affinity: JsonObject): void {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required,
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
  } = affinity
  if (isRecord(required)) {
    const at = `${field}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`
    const terms = records(required.nodeSelectorTerms)
    if (terms.length === 0) problems.required(at, 'must have at least one node selector term')
    for (const [index, term] of terms.entries()) checkNodeTerm(problems, `${at}[${index}]`, term)
  }
  for (const [index, weighted] of records(preferred).entries()) {
    const at = `${field}.preferredDuringSchedulingIgnoredDuringExecution[${index}]`
    checkWeight(problems, at, weighted)
    checkNodeTerm(problems, `${at}.preference`, record(weighted.preference))
  }
}

function checkWeight(problems: Problems, field: string, weighted: JsonObject): void {
  const weight = number(weighted.weight)
  if (weight < 1 || weight > 100) problems.invalid(`${field}.weight`, weight, 'must be in the range 1-100')
}

function checkNodeTerm(problems: Problems, field: string, term: JsonObject): void {
  for (const [index, requirement] of records(term.matchExpressions).entries()) {
    const at = `${field}.matchExpressions[${index}]`
    const values = list(requirement.values)
    const operator = text(requirement.operator)
    if ((operator === 'In' || operator === 'NotIn') && values.length === 0) {
      problems.required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'")
    } else if ((operator === 'Exists' || operator === 'DoesNotExist') && values.length > 0) {
      problems.forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
    } else if ((operator === 'Gt' || operator === 'Lt') && values.length !== 1) {
      problems.required(`${at}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'")
    } else if (!['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'].includes(operator)) {
      problems.invalid(`${at}.operator`, operator, 'not a valid selector operator')
    }
    for (const fault of qualifiedNameFaults(text(requirement.key)))
      problems.invalid(`${at}.key`, text(requirement.key), fault)
  }
}

function checkPodTerm(problems: Problems, field: string, term: JsonObject): void {
  checkLabelSelector(problems, `${field}.labelSelector`, term.labelSelector)
  const key = text(term.topologyKey)
  if (key === '') problems.required(`${field}.topologyKey`, 'can not be empty')
  else for (const fault of qualifiedNameFaults(key)) problems.invalid(`${field}.topologyKey`, key, fault)
}

function checkSpread(problems: Problems, field: string, constraints: unknown): void {
  const seen = new Set<string>()
  for (const [index, constraint] of records(constraints).entries()) {
    const at = `${field}[${index}]`
    const { maxSkew, topologyKey, whenUnsatisfiable } = constraint
    if (number(maxSkew) <= 0) problems.invalid(`${at}.maxSkew`, number(maxSkew), 'must be greater than zero')
    if (text(topologyKey) === '') problems.required(`${at}.topologyKey`, 'can not be empty')
    else
      for (const fault of qualifiedNameFaults(text(topologyKey)))
        problems.invalid(`${at}.topologyKey`, topologyKey, fault)
    const actions = ['DoNotSchedule', 'ScheduleAnyway']
    if (!actions.includes(text(whenUnsatisfiable)))
      problems.unsupported(`${at}.whenUnsatisfiable`, text(whenUnsatisfiable), actions)
    const pair = `{${text(topologyKey)}, ${text(whenUnsatisfiable)}}`
    if (seen.has(pair)) problems.duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, pair)
    seen.add(pair)
    checkLabelSelector(problems, `${at}.labelSelector`, constraint.labelSelector)
  }
}

function checkHostAliases(problems: Problems, field: string, aliases: unknown): void {
  for (const [index, alias] of records(aliases).entries()) {
    const ip = text(alias.ip)
    if (!isAddress(ip))
      problems.invalid(`${field}[${index}].ip`, ip, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')
    for (const name of list(alias.hostnames))
      for (const fault of subdomainFaults(text(name))) problems.invalid(`${field}[${index}].hostnames`, name, fault)
  }
}

function checkPodSecurity(problems: Problems, field: string, context: unknown): void {
  for (const name of ['runAsUser', 'runAsGroup', 'fsGroup']) {
    const id = record(context)[name]
    if (typeof id === 'number' && (id < 0 || id > 2_147_483_647))
      problems.invalid(`${field}.${name}`, id, 'must be between 0 and 2147483647, inclusive')
  }
}
