import { type Condition, conditionsOf, readConditions } from '../condition.ts'
import { type Health, type HealthCheck, health } from '../health.ts'

const failures: Readonly<Record<string, readonly string[]>> = {
  AbleToScale: ['FailedGetScale', 'FailedUpdateScale'],
  ScalingActive: [
    'FailedGetResourceMetric',
    'FailedGetObjectMetric',
    'FailedGetPodsMetric',
    'FailedGetExternalMetric',
    'FailedComputeMetricsReplicas',
    'InvalidSelector',
  ],
}

/** autoscaling/HorizontalPodAutoscaler; version 1 keeps its conditions in an annotation. */
export const horizontalPodAutoscaler: HealthCheck = (object): Health => {
  if (object.apiVersion === 'autoscaling/v2') return byConditions(conditionsOf(object))
  if (object.apiVersion !== 'autoscaling/v1')
    return health('Unknown', `unsupported HPA GVK: ${object.apiVersion}, Kind=${object.kind}`)
  const text = object.metadata.annotations?.['autoscaling.alpha.kubernetes.io/conditions']
  if (text === undefined || text === '') return waiting
  try {
    const parsed: unknown = JSON.parse(text)
    return byConditions(readConditions(Array.isArray(parsed) ? parsed : []))
  } catch {
    return health('Unknown', 'the conditions annotation of the autoscaler is not JSON')
  }
}

const waiting = health('Progressing', 'Waiting to Autoscale')

function byConditions(conditions: readonly Condition[]): Health {
  const failed = conditions.find(({ type, reason }) => failures[type]?.includes(reason))
  if (failed !== undefined) return health('Degraded', failed.message)
  const able = conditions.find(
    ({ type, status }) => (type === 'AbleToScale' || type === 'ScalingLimited') && status === 'True',
  )
  return able === undefined ? waiting : health('Healthy', able.message)
}
