import type { JsonObject } from '@driftless/kube-objects'
import { type KindStrategy, subdomainFaults } from '@driftless/kube-server'
import { isAbsent, isRecord, list, number, record, records, text } from '../json.ts'
import { convertAutoscaler } from './autoscaler-conversion.ts'
import { checkAtMostAll, checkIntOrPercent } from './formats.ts'
import { initialStatus } from './initial-status.ts'
import { checkLabelSelector } from './label-selector.ts'
import { collectProblems, type Problems } from './problems.ts'
import { canonical, checkAmounts, isMore } from './resources.ts'

/** Rules of PodDisruptionBudgets. */
export const podDisruptionBudget: KindStrategy = {
  prepareForCreate: initialStatus(() => ({
    disruptionsAllowed: 0,
    currentHealthy: 0,
    desiredHealthy: 0,
    expectedPods: 0,
  })),
  validate(object) {
    const problems = collectProblems()
    const spec = record(object.spec)
    const { minAvailable, maxUnavailable } = spec
    if (minAvailable !== undefined && maxUnavailable !== undefined) {
      // The server prints its internal type here.
      const goForm = {
        MinAvailable: minAvailable,
        Selector: spec.selector ?? null,
        MaxUnavailable: maxUnavailable,
        UnhealthyPodEvictionPolicy: spec.unhealthyPodEvictionPolicy ?? null,
      }
      problems.invalid('spec', goForm, 'minAvailable and maxUnavailable cannot be both set')
    }
    for (const [name, value] of [
      ['minAvailable', minAvailable],
      ['maxUnavailable', maxUnavailable],
    ] as const) {
      checkIntOrPercent(problems, `spec.${name}`, value)
      checkAtMostAll(problems, `spec.${name}`, value)
    }
    checkLabelSelector(problems, 'spec.selector', spec.selector)
    const policies = ['AlwaysAllow', 'IfHealthyBudget']
    if (spec.unhealthyPodEvictionPolicy !== undefined && !policies.includes(text(spec.unhealthyPodEvictionPolicy))) {
      problems.unsupported('spec.unhealthyPodEvictionPolicy', spec.unhealthyPodEvictionPolicy, policies)
    }
    return problems.found
  },
}

/** Rules of HorizontalPodAutoscalers. */
export const autoscaler: KindStrategy = {
  hasGeneration: false,
  convert: convertAutoscaler,
  prepareForCreate: initialStatus((object) =>
    object.apiVersion === 'autoscaling/v1'
      ? { currentReplicas: 0, desiredReplicas: 0 }
      : { desiredReplicas: 0, currentMetrics: null },
  ),
  validate(object) {
    const problems = collectProblems()
    const spec = record(object.spec)
    const { minReplicas, maxReplicas } = spec
    if (typeof minReplicas === 'number' && minReplicas < 1)
      problems.invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1')
    if (number(maxReplicas) < 1) problems.invalid('spec.maxReplicas', number(maxReplicas), 'must be greater than 0')
    if (typeof minReplicas === 'number' && number(maxReplicas) < minReplicas) {
      problems.invalid('spec.maxReplicas', number(maxReplicas), 'must be greater than or equal to `minReplicas`')
    }
    checkTarget(problems, record(spec.scaleTargetRef))
    for (const [index, metric] of records(spec.metrics).entries())
      checkMetric(problems, `spec.metrics[${index}]`, metric)
    return problems.found
  },
}

/** Rules of ResourceQuotas. */
export const resourceQuota: KindStrategy = {
  hasGeneration: false,
  returnsDeletedObject: true,
  prepareForCreate: initialStatus(() => ({})),
  validate(object) {
    const problems = collectProblems()
    checkAmounts(problems, 'spec.hard', record(object.spec).hard)
    return problems.found
  },
}

/** Rules of LimitRanges. */
export const limitRange: KindStrategy = {
  hasGeneration: false,
  validate(object) {
    const problems = collectProblems()
    const types = new Set<string>()
    for (const [index, limit] of records(record(object.spec).limits).entries()) {
      const type = text(limit.type)
      if (types.has(type)) problems.duplicate(`spec.limits[${index}].type`, type)
      types.add(type)
      for (const name of ['min', 'max', 'default', 'defaultRequest']) {
        checkAmounts(problems, `spec.limits[${index}].${name}`, limit[name])
      }
      checkLimitOrder(problems, `spec.limits[${index}]`, limit)
    }
    return problems.found
  },
}

/** Rules of PriorityClasses: their value is what other objects were placed by, so it stays. */
export const priorityClass: KindStrategy = {
  validate(object, previous) {
    const problems = collectProblems()
    const name = object.metadata.name ?? ''
    const isSystem = name.startsWith('system-')
    if (isSystem && !['system-cluster-critical', 'system-node-critical'].includes(name)) {
      problems.forbidden(
        'metadata.name',
        "priority class names with 'system-' prefix are reserved for system use only. error: system- is not allowed",
      )
    } else if (!isSystem && number(object.value) > 1_000_000_000) {
      problems.forbidden('value', 'maximum allowed value of a user defined priority is 1000000000')
    }
    const policies = ['Never', 'PreemptLowerPriority']
    if (!policies.includes(text(object.preemptionPolicy)))
      problems.unsupported('preemptionPolicy', text(object.preemptionPolicy), policies)
    if (previous === undefined) return problems.found
    if (object.value !== previous.value) problems.forbidden('value', 'may not be changed in an update.')
    if (object.preemptionPolicy !== previous.preemptionPolicy)
      problems.invalid('preemptionPolicy', object.preemptionPolicy, 'field is immutable')
    return problems.found
  },
}

/** Which bound must not exceed which, how the server calls them, and the field it blames. */
const limitOrders = [
  ['min', 'max', 'min', 'min value', 'max value'],
  ['min', 'defaultRequest', 'defaultRequest', 'min value', 'default request value'],
  ['defaultRequest', 'max', 'defaultRequest', 'default request value', 'max value'],
  ['defaultRequest', 'default', 'defaultRequest', 'default request value', 'default limit value'],
  ['min', 'default', 'default', 'min value', 'default value'],
  ['default', 'max', 'default', 'default value', 'max value'],
] as const

function checkLimitOrder(problems: Problems, field: string, limit: JsonObject): void {
  const names = new Set(
    ['min', 'max', 'default', 'defaultRequest'].flatMap((bound) => Object.keys(record(limit[bound]))),
  )
  for (const name of names) {
    for (const [low, high, blamed, lowName, highName] of limitOrders) {
      const [lower, upper] = [record(limit[low])[name], record(limit[high])[name]]
      if (!isMore(lower, upper)) continue
      const detail = `${lowName} ${canonical(lower)} is greater than ${highName} ${canonical(upper)}`
      problems.invalid(`${field}.${blamed}[${name}]`, canonical(record(limit[blamed])[name]), detail)
    }
  }
}

function checkTarget(problems: Problems, target: JsonObject): void {
  const field = 'spec.scaleTargetRef'
  for (const name of ['kind', 'name']) {
    const value = text(target[name])
    if (value === '') problems.required(`${field}.${name}`)
    else if (value.includes('/') || value.includes('%'))
      problems.invalid(`${field}.${name}`, value, `may not contain '${value.includes('/') ? '/' : '%'}'`)
  }
  const version = text(target.apiVersion)
  const isCore = version === 'v1' && target.kind === 'ReplicationController'
  if (!isCore && !version.includes('/'))
    problems.invalid(`${field}.apiVersion`, version, 'apiVersion must specify API group')
}

const metricTypes = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource']
const metricFields: Readonly<Record<string, string>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
}

function checkMetric(problems: Problems, field: string, metric: JsonObject): void {
  const type = text(metric.type)
  if (type === '') {
    problems.required(`${field}.type`, 'must specify a metric source type')
    return
  }
  if (!metricTypes.includes(type)) {
    problems.unsupported(`${field}.type`, type, metricTypes)
    return
  }
  const name = metricFields[type] ?? ''
  const source = metric[name]
  if (!isRecord(source)) {
    problems.required(`${field}.${name}`, `must populate information for the given metric source`)
    return
  }
  const target = record(source.target)
  const at = `${field}.${name}`
  if ((type === 'Resource' || type === 'ContainerResource') && text(source.name) === '')
    problems.required(`${at}.name`, 'must specify a resource name')
  if (text(target.type) === '') problems.required(`${at}.target.type`, 'must specify a metric target type')
  else if (!['Utilization', 'Value', 'AverageValue'].includes(text(target.type))) {
    problems.invalid(`${at}.target.type`, target.type, 'must be either Utilization, Value, or AverageValue')
  }
  if (typeof target.averageUtilization === 'number' && target.averageUtilization < 1) {
    problems.invalid(`${at}.target.averageUtilization`, target.averageUtilization, 'must be greater than 0')
  }
  if (type === 'Resource' && target.averageUtilization === undefined && target.averageValue === undefined) {
    problems.required(`${at}.target.averageUtilization`, 'must set either a target raw value or a target utilization')
  }
}

/** Rules of validating and mutating webhook configurations. */
export const webhookConfiguration: KindStrategy = {
  validate(object) {
    const problems = collectProblems()
    const names = new Set<string>()
    for (const [index, webhook] of records(object.webhooks).entries()) {
      checkWebhook(problems, `webhooks[${index}]`, webhook)
      const name = text(webhook.name)
      if (names.has(name)) problems.duplicate(`webhooks[${index}].name`, name)
      names.add(name)
    }
    return problems.found
  },
}

function checkWebhook(problems: Problems, field: string, webhook: JsonObject): void {
  const name = text(webhook.name)
  if (name === '') problems.required(`${field}.name`)
  else if (name.split('.').length < 3)
    problems.invalid(`${field}.name`, name, 'should be a domain with at least three segments separated by dots')
  else for (const fault of subdomainFaults(name)) problems.invalid(`${field}.name`, name, fault)
  const effects = ['None', 'NoneOnDryRun']
  if (isAbsent(webhook.sideEffects)) problems.required(`${field}.sideEffects`, 'must specify one of None, NoneOnDryRun')
  else if (!effects.includes(text(webhook.sideEffects)))
    problems.unsupported(`${field}.sideEffects`, webhook.sideEffects, effects)
  const seconds = webhook.timeoutSeconds
  if (typeof seconds === 'number' && (seconds < 1 || seconds > 30))
    problems.invalid(`${field}.timeoutSeconds`, seconds, 'the timeout value must be between 1 and 30 seconds')
  const client = record(webhook.clientConfig)
  if ((client.url === undefined) === (client.service === undefined)) {
    problems.required(`${field}.clientConfig`, 'exactly one of url or service is required')
  }
  const versions = list(webhook.admissionReviewVersions)
  if (versions.length === 0) problems.required(`${field}.admissionReviewVersions`, 'must specify one of v1, v1beta1')
  else if (!versions.some((version) => version === 'v1' || version === 'v1beta1')) {
    problems.invalid(`${field}.admissionReviewVersions`, versions, 'must include at least one of v1, v1beta1')
  }
}
