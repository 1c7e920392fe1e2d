import type { JsonObject, KubeObject } from '@driftless/kube-objects'
import { record, records } from '../json.ts'

/** A HorizontalPodAutoscaler in another version: v1 knows one target, the CPU, where v2 has a list of metrics. */
export function convertAutoscaler(object: KubeObject, version: string): KubeObject {
  const apiVersion = `autoscaling/${version}`
  if (object.apiVersion === apiVersion) return object
  return version === 'v1' ? toFirst(object, apiVersion) : toSecond(object, apiVersion)
}

function toSecond(object: KubeObject, apiVersion: string): KubeObject {
  const { targetCPUUtilizationPercentage: target, ...spec } = record(object.spec)
  const { currentCPUUtilizationPercentage: current, ...status } = record(object.status)
  const measured =
    current === undefined ? null : [cpuMetric({ current: { averageUtilization: current, averageValue: '0' } })]
  return {
    ...object,
    apiVersion,
    spec: {
      ...spec,
      ...(target === undefined
        ? {}
        : { metrics: [cpuMetric({ target: { type: 'Utilization', averageUtilization: target } })] }),
    },
    status: { currentMetrics: measured, ...status },
  }
}

function toFirst(object: KubeObject, apiVersion: string): KubeObject {
  const { metrics, behavior: _behavior, ...spec } = record(object.spec)
  const { currentMetrics, conditions: _conditions, ...status } = record(object.status)
  const target = record(cpuOf(metrics).target).averageUtilization
  const current = record(cpuOf(currentMetrics).current).averageUtilization
  return {
    ...object,
    apiVersion,
    spec: { ...spec, ...(target === undefined ? {} : { targetCPUUtilizationPercentage: target }) },
    status: {
      currentReplicas: 0,
      ...status,
      ...(current === undefined ? {} : { currentCPUUtilizationPercentage: current }),
    },
  }
}

function cpuMetric(part: JsonObject): JsonObject {
  return { type: 'Resource', resource: { name: 'cpu', ...part } }
}

function cpuOf(metrics: unknown): JsonObject {
  const found = records(metrics).find((metric) => metric.type === 'Resource' && record(metric.resource).name === 'cpu')
  return record(found?.resource)
}
