import type { JsonObject } from '../object.ts'
import { ensureObject, fill, objectAt, objectsAt } from './fill.ts'

const rbacGroup = 'rbac.authorization.k8s.io'

/** Defaults of RoleBinding and ClusterRoleBinding. */
export function bindingDefaults(object: JsonObject): void {
  const roleRef = ensureObject(object, 'roleRef')
  if (!roleRef.apiGroup) roleRef.apiGroup = rbacGroup
  for (const subject of objectsAt(object, 'subjects')) {
    if (subject.kind === 'User' || subject.kind === 'Group') fill(subject, { apiGroup: rbacGroup })
  }
}

/** Defaults of ValidatingWebhookConfiguration. */
export function validatingWebhookDefaults(object: JsonObject): void {
  for (const webhook of objectsAt(object, 'webhooks')) webhookDefaults(webhook)
}

/** Defaults of MutatingWebhookConfiguration. */
export function mutatingWebhookDefaults(object: JsonObject): void {
  for (const webhook of objectsAt(object, 'webhooks')) {
    webhookDefaults(webhook)
    fill(webhook, { reinvocationPolicy: 'Never' })
  }
}

function webhookDefaults(webhook: JsonObject): void {
  fill(webhook, {
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    namespaceSelector: {},
    objectSelector: {},
    timeoutSeconds: 10,
  })
  for (const rule of objectsAt(webhook, 'rules')) fill(rule, { scope: '*' })
  servicePortDefault(objectAt(objectAt(webhook, 'clientConfig'), 'service'))
}

/** Defaults of ValidatingAdmissionPolicy and MutatingAdmissionPolicy. */
export function admissionPolicyDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  fill(spec, { failurePolicy: 'Fail' })
  matchResourcesDefaults(objectAt(spec, 'matchConstraints'))
}

/** Defaults of the bindings of admission policies. */
export function admissionPolicyBindingDefaults(object: JsonObject): void {
  matchResourcesDefaults(objectAt(objectAt(object, 'spec'), 'matchResources'))
}

function matchResourcesDefaults(match: JsonObject | undefined): void {
  if (!match) return
  fill(match, { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {} })
  for (const rule of [...objectsAt(match, 'resourceRules'), ...objectsAt(match, 'excludeResourceRules')])
    fill(rule, { scope: '*' })
}

/** Webhooks listen on the port of HTTPS. */
export function servicePortDefault(service: JsonObject | undefined): void {
  if (service) fill(service, { port: 443 })
}

/** Defaults of a PriorityClass. */
export function priorityClassDefaults(object: JsonObject): void {
  fill(object, { preemptionPolicy: 'PreemptLowerPriority' })
}

/** Defaults of a FlowSchema. */
export function flowSchemaDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  if (!spec.matchingPrecedence) spec.matchingPrecedence = 1000
}

/** Defaults of a PriorityLevelConfiguration. */
export function priorityLevelDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  if (spec.type === 'Exempt') {
    const exempt = objectAt(spec, 'exempt')
    if (exempt) fill(exempt, { nominalConcurrencyShares: 0, lendablePercent: 0 })
    return
  }
  const limited = objectAt(spec, 'limited')
  if (!limited) return
  fill(limited, { nominalConcurrencyShares: 30, lendablePercent: 0 })
  const queuing = objectAt(objectAt(limited, 'limitResponse'), 'queuing')
  if (!queuing) return
  for (const [name, value] of Object.entries({ queues: 64, handSize: 8, queueLengthLimit: 50 })) {
    if (!queuing[name]) queuing[name] = value
  }
}
