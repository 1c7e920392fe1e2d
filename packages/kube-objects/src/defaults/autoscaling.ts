import type { JsonObject } from '../object.ts'
import { ensureObject, fill, objectAt } from './fill.ts'

/** Defaults of a HorizontalPodAutoscaler of autoscaling/v2. */
export function autoscalerDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  fill(spec, { minReplicas: 1 })
  if (!Array.isArray(spec.metrics) || spec.metrics.length === 0) {
    spec.metrics = [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
    ]
  }
  const behavior = objectAt(spec, 'behavior')
  if (!behavior) return
  // Setting one direction fixes the rules of both.
  scalingDefaults(ensureObject(behavior, 'scaleUp'), {
    stabilizationWindowSeconds: 0,
    policies: [
      { type: 'Pods', value: 4, periodSeconds: 15 },
      { type: 'Percent', value: 100, periodSeconds: 15 },
    ],
  })
  scalingDefaults(ensureObject(behavior, 'scaleDown'), {
    policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
  })
}

/** Defaults of a HorizontalPodAutoscaler of autoscaling/v1. */
export function autoscalerV1Defaults(object: JsonObject): void {
  fill(ensureObject(object, 'spec'), { minReplicas: 1 })
}

function scalingDefaults(rules: JsonObject, defaults: JsonObject): void {
  fill(rules, { selectPolicy: 'Max', ...defaults })
}
