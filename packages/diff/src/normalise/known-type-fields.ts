import { builtInType, type KubeObject, type TypeSchema } from '@driftless/kube-objects'
import { fieldOf, isObject, setField } from '../json-value.ts'
import { canonicalValue } from './canonical.ts'

/** A field of a custom kind that holds a core type. */
export interface KnownTypeField {
  /** Names joined by dots; lists on the way are gone through. */
  readonly field: string
  /** `core/v1/<Kind>`, `core/Quantity` or `meta/v1/Duration`. */
  readonly type: string
}

/** Fields that hold core types without anybody saying so. */
export const defaultKnownTypes: Readonly<Record<string, readonly KnownTypeField[]>> = {
  'argoproj.io/Rollout': [{ field: 'spec.template.spec', type: 'core/v1/PodSpec' }],
}

/** A custom object whose fields of core types are written as the core types would be. */
export function normaliseKnownTypes(object: KubeObject, fields: readonly KnownTypeField[]): KubeObject {
  let result = object
  for (const { field, type } of fields) {
    const convert = converterOf(type)
    if (convert !== undefined) result = convertAt(result, field.split('.'), convert) as KubeObject
  }
  return result
}

function convertAt(value: unknown, path: readonly string[], convert: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => convertAt(item, path, convert))
  const [field, ...rest] = path
  if (field === undefined) return convert(value)
  const child = fieldOf(value, field)
  if (!isObject(value) || child === undefined) return value
  const copy = { ...value }
  setField(copy, field, convertAt(child, rest, convert))
  return copy
}

function converterOf(type: string): ((value: unknown) => unknown) | undefined {
  if (type === 'meta/v1/Duration') return canonicalDuration
  const schema = schemaOfType(type)
  return schema === undefined ? undefined : (value) => canonicalValue(value, schema)
}

function schemaOfType(type: string): TypeSchema | undefined {
  if (type === 'core/Quantity') return { type: 'string', format: 'quantity' }
  const [group, version, kind] = type.split('/')
  return group === 'core' && version === 'v1' && kind !== undefined
    ? builtInType(`io.k8s.api.core.v1.${kind}`)
    : undefined
}

const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 }

/** Go's text of a duration: `60m` is `1h0m0s`; what is no duration, or has parts of a second, stays as it is. */
function canonicalDuration(value: unknown): unknown {
  if (typeof value !== 'string' || !/^(\d+(\.\d+)?(h|ms|us|µs|ns|m|s))+$/.test(value)) return value
  let total = 0
  for (const [, amount = '0', unit = 's'] of value.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|µs|ns|m|s)/g))
    total += Number(amount) * (seconds[unit] ?? 0)
  if (!Number.isInteger(total)) return value
  const hours = Math.floor(total / 3600)
  const minutes = Math.floor((total % 3600) / 60)
  const rest = total % 60
  if (hours > 0) return `${hours}h${minutes}m${rest}s`
  return minutes > 0 ? `${minutes}m${rest}s` : `${rest}s`
}
