import type { KubeObject } from '@driftless/kube-objects'
import { isObject, listAt, textAt } from './fields.ts'

/** One entry of a conditions list, with absent texts as `''`. */
export interface Condition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
  readonly severity: string
  readonly observedGeneration: number | undefined
}

/** Reads any list of conditions. */
export function readConditions(list: readonly unknown[]): Condition[] {
  return list.filter(isObject).map((entry) => ({
    type: textAt(entry, 'type'),
    status: textAt(entry, 'status'),
    reason: textAt(entry, 'reason'),
    message: textAt(entry, 'message'),
    severity: textAt(entry, 'severity'),
    observedGeneration: typeof entry.observedGeneration === 'number' ? entry.observedGeneration : undefined,
  }))
}

/** `status.conditions` of an object. */
export function conditionsOf(object: KubeObject): Condition[] {
  return readConditions(listAt(object, 'status', 'conditions'))
}

/** The first condition of a type. */
export function conditionOf(conditions: readonly Condition[], type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type)
}

/** True when the newest generation has not been observed yet; false where the object does not tell. */
export function isBehind(object: KubeObject): boolean {
  const observed = (object.status as { observedGeneration?: unknown } | undefined)?.observedGeneration
  const generation = object.metadata.generation
  return typeof observed === 'number' && typeof generation === 'number' && generation > observed
}
