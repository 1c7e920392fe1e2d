import { cloneJson, type KubeObject } from '@driftless/kube-objects'
import { notFound } from '../status/kube-status.ts'
import { isObject } from '../validation/decode.ts'
import type { ScalePaths, ServedKind } from './served-kind.ts'

/** The `autoscaling/v1` Scale of an object. */
export function scaleOf(object: KubeObject, paths: ScalePaths): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const replicas = numberAt(object, paths.specReplicasPath)
  const selector = selectorText(
    paths.labelSelectorPath === undefined ? undefined : valueAt(object, paths.labelSelectorPath),
  )
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), uid, resourceVersion, creationTimestamp },
    spec: replicas === 0 ? {} : { replicas },
    status: { replicas: numberAt(object, paths.statusReplicasPath), ...(selector === '' ? {} : { selector }) },
  }
}

/** The object with the replicas that a Scale asks for. */
export function withScale(object: KubeObject, scale: KubeObject, paths: ScalePaths): KubeObject {
  const next = cloneJson(object)
  const parts = partsOf(paths.specReplicasPath)
  let holder: Record<string, unknown> = next
  for (const part of parts.slice(0, -1)) {
    const child = isObject(holder[part]) ? holder[part] : {}
    holder[part] = child
    holder = child
  }
  holder[parts.at(-1) ?? ''] = numberAt(scale, '.spec.replicas')
  if (scale.metadata.resourceVersion !== undefined) next.metadata.resourceVersion = scale.metadata.resourceVersion
  return next
}

/** The paths of a kind that can be scaled; throws 404 for others. */
export function scalePaths(kind: ServedKind, name: string): ScalePaths {
  if (kind.subresources.scale === undefined) throw notFound(kind, name)
  return kind.subresources.scale
}

/** The number at a path such as `.spec.replicas`; 0 when there is none. */
export function numberAt(object: KubeObject, path: string): number {
  const value = valueAt(object, path)
  return typeof value === 'number' ? value : 0
}

function valueAt(object: KubeObject, path: string): unknown {
  let value: unknown = object
  for (const part of partsOf(path)) value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined
  return value
}

function partsOf(path: string): string[] {
  return path.split('.').filter((part) => part !== '')
}

/** A selector in the syntax of query parameters, whether the object keeps text, a map of labels or a LabelSelector. */
function selectorText(selector: unknown): string {
  if (typeof selector === 'string') return selector
  if (!isObject(selector)) return ''
  const labelled = isObject(selector.matchLabels) || Array.isArray(selector.matchExpressions)
  const labels = labelled ? selector.matchLabels : selector
  const terms = Object.entries(isObject(labels) ? labels : {}).map(([key, value]) => `${key}=${value}`)
  const expressions: unknown[] = Array.isArray(selector.matchExpressions) ? selector.matchExpressions : []
  return [...terms.sort(), ...expressions.filter(isObject).map(expressionText)].join(',')
}

function expressionText({ key, operator, values }: Record<string, unknown>): string {
  const list = Array.isArray(values) ? `(${[...values].sort().join(',')})` : '()'
  switch (operator) {
    case 'In':
      return `${key} in ${list}`
    case 'NotIn':
      return `${key} notin ${list}`
    case 'DoesNotExist':
      return `!${key}`
    default:
      return String(key)
  }
}
