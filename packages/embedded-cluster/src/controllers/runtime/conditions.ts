import type { Condition } from '../objects.ts'
import { instant } from './instant.ts'

/** What a condition shall say. */
export type ConditionState = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>

/** The condition of a type. */
export function findCondition(conditions: readonly Condition[] | undefined, type: string): Condition | undefined {
  return conditions?.find((condition) => condition.type === type)
}

/** True when the condition of this type has the status `True`. */
export function holds(conditions: readonly Condition[] | undefined, type: string): boolean {
  return findCondition(conditions, type)?.status === 'True'
}

/** The conditions with one of them set; its transition time moves only when the status changes. */
export function withCondition(
  conditions: readonly Condition[] | undefined,
  state: ConditionState,
  now: Date,
): Condition[] {
  const before = findCondition(conditions, state.type)
  const moved = before?.status !== state.status
  const next: Condition = {
    ...before,
    ...state,
    lastTransitionTime: moved ? instant(now) : (before?.lastTransitionTime ?? instant(now)),
  }
  return before === undefined
    ? [...(conditions ?? []), next]
    : (conditions ?? []).map((condition) => (condition.type === state.type ? next : condition))
}

/** As {@link withCondition}, also moving `lastUpdateTime` whenever status, reason or message change (Deployments). */
export function withDatedCondition(
  conditions: readonly Condition[] | undefined,
  state: ConditionState,
  now: Date,
): Condition[] {
  const before = findCondition(conditions, state.type)
  const same = before?.status === state.status && before.reason === state.reason && before.message === state.message
  if (same) return [...(conditions ?? [])]
  return withCondition(conditions, state, now).map((condition) =>
    condition.type === state.type ? { ...condition, lastUpdateTime: instant(now) } : condition,
  )
}
