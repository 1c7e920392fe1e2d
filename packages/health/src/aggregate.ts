import { formatGroupKind, type ObjectKey } from '@driftless/kube-objects'
import { type HealthStatusCode, isWorseHealth } from '@driftless/model'
import type { Health } from './health.ts'

/** One managed resource of an application, as far as its health matters. */
export interface ManagedHealth {
  readonly key: ObjectKey
  /** True when the object exists in the cluster. */
  readonly live: boolean
  /** True for hooks and ignored hooks; they never count. */
  readonly hook?: boolean
  /** True when annotated `ignore-healthcheck`, for hook type Skip, and for the application itself. */
  readonly ignored?: boolean
  readonly health: { readonly status: HealthStatusCode; readonly message?: string } | undefined
}

const named = 3

/** The health of an application: the worst of its own resources, with the names of those that caused it. */
export function aggregateHealth(resources: readonly ManagedHealth[]): Health {
  let status: HealthStatusCode = 'Healthy'
  let causes: ManagedHealth[] = []
  const counted = resources.filter((resource) => resource.hook !== true && resource.ignored !== true)
  for (const resource of counted) {
    const own = resource.live ? resource.health?.status : undefined
    if (own === undefined) continue
    if (isWorseHealth(own, status)) {
      status = own
      causes = []
    }
    if (own === status && own !== 'Healthy') causes.push(resource)
  }
  if (counted.length > 0 && counted.every((resource) => !resource.live) && isWorseHealth('Missing', status)) {
    return { status: 'Missing', message: '' }
  }
  return { status, message: causedBy(causes) }
}

function causedBy(causes: readonly ManagedHealth[]): string {
  if (causes.length === 0) return ''
  const names = causes.slice(0, named).map(({ key }) => `${formatGroupKind(key)}:${key.namespace}/${key.name}`)
  const more = causes.length > named ? ` and ${causes.length - named} more` : ''
  return `Caused by ${names.join(', ')}${more}`
}
