import { conditionOf, conditionsOf, isBehind } from '../condition.ts'
import { isObject, listAt, valueAt } from '../fields.ts'
import { type HealthCheck, health } from '../health.ts'

const withoutStatus = new Set([
  'Composition',
  'CompositionRevision',
  'ControllerConfig',
  'DeploymentRuntimeConfig',
  'ProviderConfig',
  'ProviderConfigUsage',
])
const readyTypes = ['Ready', 'Healthy', 'Offered', 'Established', 'ValidPipeline', 'RevisionHealthy']

function crossplaneLike(types: readonly string[]): HealthCheck {
  return (object) => {
    const { status } = object
    const empty = isObject(status) && Object.keys(status).length === 0
    if (!isObject(status) || (empty && withoutStatus.has(object.kind)))
      return health('Healthy', 'Resource is up-to-date.')
    if (object.kind.endsWith('ProviderConfig') && valueAt(status, 'users') !== undefined)
      return health('Healthy', 'Resource is in use.')
    const conditions = conditionsOf(object)
    const failed = conditions.find(
      ({ type, status: value }) => (type === 'LastAsyncOperation' || type === 'Synced') && value === 'False',
    )
    if (failed !== undefined) return health('Degraded', failed.message)
    const ready = conditions.find(({ type, status: value }) => types.includes(type) && value === 'True')
    return ready === undefined
      ? health('Progressing', 'Provisioning resource ...')
      : health('Healthy', 'Resource is up-to-date.')
  }
}

/** Any kind of *.crossplane.io. */
export const crossplane = crossplaneLike(readyTypes)

/** Any kind of *.upbound.io. */
export const upbound = crossplaneLike(['Ready'])

/** Any kind of *.services.k8s.aws: the first condition in the list that says something decides. */
export const awsController: HealthCheck = (object) => {
  for (const { type, status, message } of conditionsOf(object)) {
    if (type === 'ACK.Terminal' && status === 'True') return health('Degraded', message)
    if (type === 'Ready') return health(status === 'True' ? 'Healthy' : 'Progressing', message)
  }
  return health('Progressing', 'Waiting for status')
}

/** Any kind of *.cnrm.cloud.google.com: the reason of a condition says more than its type. */
export const configConnector: HealthCheck = (object) => {
  if (object.kind === 'ConfigConnector' || object.kind === 'ConfigConnectorContext') {
    const healthy = valueAt(object, 'status', 'healthy')
    const errors = listAt(object, 'status', 'errors').filter((error) => typeof error === 'string')
    if (healthy === true) return health('Healthy')
    return health(healthy === false ? 'Degraded' : 'Progressing', errors.join(', '))
  }
  if (isBehind(object)) return health('Progressing', 'Waiting for the spec update to be observed')
  const ready = conditionOf(conditionsOf(object), 'Ready')
  switch (ready?.reason) {
    case 'UpToDate':
      return health(ready.status === 'True' ? 'Healthy' : 'Progressing', ready.message)
    case 'UpdateFailed':
    case 'DependencyNotFound':
      return health('Degraded', ready.message)
    case 'DependencyNotReady':
      return health('Suspended', ready.message)
    default:
      return health('Progressing', ready?.message || 'Waiting for the resource to be up to date')
  }
}
