import type { KubeObject } from '@driftless/kube-objects'
import { isObject } from '../json-value.ts'

/** An empty list of rules is no list; the rules of an aggregated role are the cluster's when asked. */
export function normaliseRole(object: KubeObject, ignoreAggregated: boolean): KubeObject {
  const empty = Array.isArray(object.rules) && object.rules.length === 0
  if (!empty && !(ignoreAggregated && isObject(object.aggregationRule))) return object
  const { rules: _, ...rest } = object
  return rest as KubeObject
}
