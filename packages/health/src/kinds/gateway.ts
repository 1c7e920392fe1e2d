import { type Condition, conditionOf, conditionsOf, readConditions } from '../condition.ts'
import { isObject, listAt } from '../fields.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

/** gateway.networking.k8s.io/Gateway: its own conditions, then those of every listener. */
export const gateway: HealthCheck = (object): Health => {
  const listeners = listAt(object, 'status', 'listeners').map((listener) =>
    readConditions(listAt(listener, 'conditions')),
  )
  const groups = [conditionsOf(object), ...listeners].filter((conditions) => conditions.length > 0)
  if (groups.length === 0) return health('Progressing', 'Waiting for the status of the gateway')
  return worstOf(groups, ['ResolvedRefs', 'Accepted'], 'Programmed') ?? health('Healthy', 'Gateway is healthy')
}

/** gateway.networking.k8s.io routes: the conditions of every parent that has seen the newest generation. */
export const route: HealthCheck = (object): Health => {
  const { generation } = object.metadata
  const groups = listAt(object, 'status', 'parents')
    .filter(isObject)
    .map((parent) => readConditions(listAt(parent, 'conditions')))
    .filter((conditions) => conditions.length > 0)
    .filter((conditions) =>
      conditions.every(
        ({ observedGeneration }) =>
          observedGeneration === undefined || generation === undefined || observedGeneration === generation,
      ),
    )
  if (groups.length === 0) return health('Progressing', 'Waiting for a parent to accept the route')
  return worstOf(groups, ['ResolvedRefs', 'Accepted'], undefined) ?? health('Healthy', 'Route is healthy')
}

function worstOf(
  groups: readonly (readonly Condition[])[],
  required: readonly string[],
  ready: string | undefined,
): Health | undefined {
  for (const conditions of groups) {
    for (const type of required) {
      const condition = conditionOf(conditions, type)
      if (condition?.status === 'False') return health('Degraded', condition.message)
    }
  }
  if (ready === undefined) {
    const waiting = groups.flat().find(({ type, status }) => type === 'Progressing' && status === 'True')
    return waiting === undefined ? undefined : health('Progressing', waiting.message)
  }
  for (const conditions of groups) {
    const condition = conditionOf(conditions, ready)
    if (condition !== undefined && condition.status !== 'True') return health('Progressing', condition.message)
  }
  return undefined
}
