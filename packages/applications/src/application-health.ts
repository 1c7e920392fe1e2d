import { aggregateHealth } from '@driftless/health'
import type { HealthStatus, ResourceStatus } from '@driftless/model'
import type { ComparedObject } from './comparison.ts'

/** Health of the application from its managed objects (spec: health §4). */
export function assessApplication(compared: readonly ComparedObject[]): {
  status: HealthStatus['status'] & string
  message: string
} {
  return aggregateHealth(
    compared
      .filter(({ skipped }) => !skipped)
      .map(({ key, live, hook }) => ({
        key,
        live: live !== undefined,
        hook,
        ignored: live?.columns.healthIgnored ?? false,
        health: healthOf(live),
      })),
  )
}

/** The rows of `status.resources`, hooks included, skipped objects not. */
export function resourceStatuses(compared: readonly ComparedObject[]): ResourceStatus[] {
  return compared
    .filter(({ skipped }) => !skipped)
    .map(({ key, target, live, status, hook, wave }) => ({
      ...(key.group === '' ? {} : { group: key.group }),
      version: target === undefined ? live?.version : versionOf(target.object.apiVersion),
      kind: key.kind,
      ...(key.namespace === '' ? {} : { namespace: key.namespace }),
      name: key.name,
      ...(hook ? { hook: true } : { status }),
      ...(live === undefined && !hook
        ? { health: { status: 'Missing' as const } }
        : optional('health', healthOf(live))),
      ...(target === undefined && live !== undefined && !hook ? { requiresPruning: true } : {}),
      ...(wave === 0 ? {} : { syncWave: wave }),
    }))
}

function healthOf(
  live: ComparedObject['live'],
): { status: NonNullable<HealthStatus['status']>; message?: string } | undefined {
  const health = live?.columns.health
  if (health?.status === undefined) return undefined
  return { status: health.status, ...optional('message', health.message === '' ? undefined : health.message) }
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })
}

function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1)
}
