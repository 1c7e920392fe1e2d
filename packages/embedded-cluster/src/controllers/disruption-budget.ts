import { formatKey, type KubeObject, keyOf, type LabelSelector, matchesSelector } from '@driftless/kube-objects'
import { record } from '../json.ts'
import type { Condition, Pod } from './objects.ts'
import { isActive, isReady } from './pod-facts.ts'
import { updateStatusIfChanged } from './runtime/change-object.ts'
import { withCondition } from './runtime/conditions.ts'
import { type Controller, type ControllerContext, keyOfChange } from './runtime/controller.ts'
import { intOrPercent } from './runtime/int-or-percent.ts'

/** Reports how many pods of a PodDisruptionBudget may be missing. */
export function disruptionBudgetController(context: ControllerContext): Controller {
  const { api } = context
  return {
    name: 'disruption-controller',
    watches: ['policy/PodDisruptionBudget', '/Pod'],
    keysOf(change) {
      if (change.object.kind === 'PodDisruptionBudget') return change.type === 'DELETED' ? [] : [keyOfChange(change)]
      const budgets = api.list(
        { group: 'policy', kind: 'PodDisruptionBudget' },
        { namespace: change.object.metadata.namespace ?? '' },
      )
      return budgets.filter((budget) => covers(budget, change.object)).map((budget) => formatKey(keyOf(budget)))
    },
    reconcile(key) {
      const budget = api.get(key)
      if (budget === undefined || budget.metadata.deletionTimestamp !== undefined) return undefined
      report(context, budget)
      return undefined
    },
  }
}

function covers(budget: KubeObject, pod: KubeObject): boolean {
  const { selector } = record(budget.spec)
  return selector !== undefined && matchesSelector(selector as LabelSelector, pod.metadata.labels)
}

function report(context: ControllerContext, budget: KubeObject): void {
  const pods = context.api.list({ group: '', kind: 'Pod' }, { namespace: budget.metadata.namespace ?? '' }) as Pod[]
  const covered = pods.filter((pod) => covers(budget, pod) && isActive(pod))
  const { minAvailable, maxUnavailable } = record(budget.spec) as {
    minAvailable?: number | string
    maxUnavailable?: number | string
  }
  const expected = covered.length
  const desired =
    maxUnavailable === undefined
      ? intOrPercent(minAvailable ?? 1, expected, 'up')
      : expected - intOrPercent(maxUnavailable, expected, 'up')
  const healthy = covered.filter(isReady).length
  const allowed = expected === 0 ? 0 : Math.max(0, healthy - desired)
  const state = {
    type: 'DisruptionAllowed',
    status: allowed > 0 ? ('True' as const) : ('False' as const),
    reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    ...(budget.metadata.generation === undefined ? {} : { observedGeneration: budget.metadata.generation }),
  }
  updateStatusIfChanged(context.api, budget, (copy) => {
    const { conditions } = record(copy.status) as { conditions?: Condition[] }
    copy.status = {
      ...record(copy.status),
      currentHealthy: healthy,
      desiredHealthy: Math.max(0, desired),
      disruptionsAllowed: allowed,
      expectedPods: expected,
      observedGeneration: budget.metadata.generation,
      conditions: withCondition(conditions, state, context.clock.now()),
    }
  })
}
