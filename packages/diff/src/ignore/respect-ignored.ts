import {
  applyMergePatch,
  applyStrategicPatch,
  cloneJson,
  createMergePatch,
  createStrategicPatch,
  type KubeObject,
} from '@driftless/kube-objects'
import type { IgnoreDifference } from '@driftless/model'
import { schemaOf } from '../normalise/normalise.ts'
import { removeIgnored, removeManaged } from './apply-rules.ts'
import { selectRules } from './select-rules.ts'

/** The target to apply under RespectIgnoreDifferences: ignored fields have the values of live; status is never taken over. */
export function respectIgnored(states: {
  target: KubeObject
  live: KubeObject | undefined
  ignoreDifferences: readonly IgnoreDifference[]
}): KubeObject {
  const { live, target } = states
  const rules = selectRules(states.ignoreDifferences, target)
  if (live === undefined || rules.length === 0) return target
  const { status: _, ...current } = cloneJson(live)
  const before = current as KubeObject
  const stripped = cloneJson(before)
  const wanted = cloneJson(target)
  removeIgnored(stripped, rules)
  removeIgnored(wanted, rules)
  removeManaged({ live: stripped, target: wanted, owners: live }, rules)
  const schema = schemaOf(live)
  try {
    if (schema !== undefined)
      return applyStrategicPatch(wanted, createStrategicPatch(stripped, before, schema), schema) as KubeObject
  } catch {
    // Lists without their merge keys are taken over as a whole.
  }
  return applyMergePatch(wanted, createMergePatch(stripped, before)) as KubeObject
}
