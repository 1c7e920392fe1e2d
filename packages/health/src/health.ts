import type { KubeObject } from '@driftless/kube-objects'
import type { HealthStatusCode } from '@driftless/model'

/** What a check says about one object; `message` is empty when there is nothing to add. */
export interface Health {
  readonly status: HealthStatusCode
  readonly message: string
}

/** Judges one object; undefined means that the check has no opinion. */
export type HealthCheck = (object: KubeObject) => Health | undefined

/** Makes a health. */
export function health(status: HealthStatusCode, message = ''): Health {
  return { status, message }
}
