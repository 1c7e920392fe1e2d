import { formatKey, type JsonObject, type KubeObject, keyOf } from '@driftless/kube-objects'
import { number, record, records, text } from '../json.ts'
import type { Condition } from './objects.ts'
import { updateIfChanged, updateStatusIfChanged } from './runtime/change-object.ts'
import { type ConditionState, withCondition } from './runtime/conditions.ts'
import { type Controller, type ControllerContext, keyOfChange } from './runtime/controller.ts'
import { instant } from './runtime/instant.ts'

const scalable: Readonly<Record<string, string>> = {
  Deployment: 'apps',
  ReplicaSet: 'apps',
  StatefulSet: 'apps',
  ReplicationController: '',
}

/** Keeps the targets of HorizontalPodAutoscalers between their limits; the load of a simulated pod is always what was aimed at. */
export function autoscalerController(context: ControllerContext): Controller {
  const { api } = context
  return {
    name: 'horizontal-pod-autoscaler',
    watches: [
      'autoscaling/HorizontalPodAutoscaler',
      'apps/Deployment',
      'apps/ReplicaSet',
      'apps/StatefulSet',
      '/ReplicationController',
    ],
    keysOf(change) {
      const { object } = change
      if (object.kind === 'HorizontalPodAutoscaler') return change.type === 'DELETED' ? [] : [keyOfChange(change)]
      const scalers = api.list(
        { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
        { namespace: object.metadata.namespace ?? '' },
      )
      return scalers.filter((scaler) => aimsAt(scaler, object)).map((scaler) => formatKey(keyOf(scaler)))
    },
    reconcile(key) {
      const scaler = api.get(key)
      if (scaler === undefined || scaler.metadata.deletionTimestamp !== undefined) return undefined
      reconcileScaler(context, scaler)
      return undefined
    },
  }
}

function aimsAt(scaler: KubeObject, object: KubeObject): boolean {
  const { kind, name } = record(record(scaler.spec).scaleTargetRef)
  return kind === object.kind && name === object.metadata.name
}

function reconcileScaler(context: ControllerContext, scaler: KubeObject): void {
  const { kind, name } = record(record(scaler.spec).scaleTargetRef)
  const group = scalable[text(kind)]
  const target =
    group === undefined
      ? undefined
      : context.api.get({ group, kind: text(kind), namespace: scaler.metadata.namespace ?? '', name: text(name) })
  if (target === undefined) {
    reportMissing(context, scaler, { kind: text(kind), name: text(name) })
    return
  }
  const { minReplicas, maxReplicas } = record(scaler.spec)
  const replicas = number(record(target.spec).replicas, 1)
  // Zero replicas switch the autoscaler off.
  const wanted =
    replicas === 0 ? 0 : Math.min(number(maxReplicas, replicas), Math.max(number(minReplicas, 1), replicas))
  if (wanted !== replicas) {
    updateIfChanged(context.api, target, (copy) => {
      copy.spec = { ...record(copy.spec), replicas: wanted }
    })
    const reason =
      wanted > replicas
        ? 'Current number of replicas below Spec.MinReplicas'
        : 'Current number of replicas above Spec.MaxReplicas'
    context.events.record({
      object: scaler,
      source: 'horizontal-pod-autoscaler',
      reason: 'SuccessfulRescale',
      message: `New size: ${wanted}; reason: ${reason}`,
    })
  }
  report(context, scaler, { current: number(record(target.status).replicas), wanted, rescaled: wanted !== replicas })
}

function report(
  context: ControllerContext,
  scaler: KubeObject,
  facts: { current: number; wanted: number; rescaled: boolean },
): void {
  const active = facts.wanted > 0
  const states: ConditionState[] = [
    {
      type: 'AbleToScale',
      status: 'True',
      reason: 'ReadyForNewScale',
      message: 'recommended size matches current size',
    },
    active
      ? {
          type: 'ScalingActive',
          status: 'True',
          reason: 'ValidMetricFound',
          message:
            'the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)',
        }
      : {
          type: 'ScalingActive',
          status: 'False',
          reason: 'ScalingDisabled',
          message: 'scaling is disabled since the replica count of the target is zero',
        },
    {
      type: 'ScalingLimited',
      status: 'False',
      reason: 'DesiredWithinRange',
      message: 'the desired count is within the acceptable range',
    },
  ]
  writeStatus(context, scaler, states, (status) => ({
    ...status,
    currentReplicas: facts.current,
    desiredReplicas: facts.wanted,
    currentMetrics: records(record(scaler.spec).metrics)
      .map(currentMetric)
      .filter((metric) => metric !== undefined),
    ...(facts.rescaled ? { lastScaleTime: instant(context.clock.now()) } : {}),
  }))
}

function reportMissing(context: ControllerContext, scaler: KubeObject, target: { kind: string; name: string }): void {
  const plural = `${target.kind.toLowerCase()}s`
  const message = `the HPA controller was unable to get the target's current scale: ${plural} "${target.name}" not found`
  writeStatus(
    context,
    scaler,
    [{ type: 'AbleToScale', status: 'False', reason: 'FailedGetScale', message }],
    (status) => status,
  )
}

function writeStatus(
  context: ControllerContext,
  scaler: KubeObject,
  states: readonly ConditionState[],
  change: (status: JsonObject) => JsonObject,
): void {
  updateStatusIfChanged(context.api, scaler, (copy) => {
    let { conditions } = record(copy.status) as { conditions?: Condition[] }
    for (const state of states) conditions = withCondition(conditions, state, context.clock.now())
    copy.status = { ...change(record(copy.status)), conditions }
  })
}

/** The measured value of a metric: exactly its target. */
function currentMetric(metric: JsonObject): JsonObject | undefined {
  if (metric.type !== 'Resource') return undefined
  const { name, target } = record(metric.resource)
  const { averageUtilization, averageValue } = record(target)
  const current =
    typeof averageUtilization === 'number'
      ? { averageUtilization, averageValue: '100m' }
      : { averageValue: averageValue ?? '100m' }
  return { type: 'Resource', resource: { name, current } }
}
