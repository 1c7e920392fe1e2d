import { builtInSchema, type KubeObject, type ObjectMeta } from '@driftless/kube-objects'
import type { ServedKind } from '../api/served-kind.ts'
import { undecodable } from '../status/kube-status.ts'
import { DecodeFault, decodeTyped, isObject, printPath } from '../validation/decode.ts'
import { preservesUnknown, propertySchema, type RawSchema, subschema } from './raw-schema.ts'

/** Drops what the kind's structural schema does not know, and reports it as faults; metadata is read as typed. */
export function pruneCustom(object: KubeObject, kind: ServedKind): { object: KubeObject; faults: string[] } {
  const dropped: string[] = []
  const metadata = decodeMetadata(object, kind, dropped)
  const root = kind.openApi as RawSchema | undefined
  const result: KubeObject = { apiVersion: object.apiVersion, kind: object.kind, metadata }
  for (const [field, value] of Object.entries(object)) {
    if (field === 'apiVersion' || field === 'kind' || field === 'metadata' || field === '__proto__') continue
    const schema = propertySchema(root, field)
    if (schema !== undefined) result[field] = prune(value, schema, [field], dropped)
    else if (preservesUnknown(root)) result[field] = value
    else dropped.push(field)
  }
  return { object: result, faults: dropped.map((path) => `unknown field "${path}"`) }
}

function decodeMetadata(object: KubeObject, kind: ServedKind, dropped: string[]): ObjectMeta {
  const schema = builtInSchema({ group: '', version: 'v1', kind: 'ConfigMap' })?.fields?.metadata
  if (schema === undefined) return object.metadata
  try {
    const { value, unknown } = decodeTyped({ metadata: object.metadata }, { fields: { metadata: schema } })
    dropped.push(...unknown)
    return isObject(value) && isObject(value.metadata) ? (value.metadata as ObjectMeta) : {}
  } catch (error) {
    if (error instanceof DecodeFault) throw undecodable(object, kind.kind, error.message)
    throw error
  }
}

function prune(value: unknown, schema: RawSchema, path: readonly (string | number)[], dropped: string[]): unknown {
  if (Array.isArray(value)) {
    const items = subschema(schema, 'items')
    if (items === undefined) return value
    return value.map((item: unknown, index) => prune(item, items, [...path, index], dropped))
  }
  if (!isObject(value)) return value
  const extra = schema.additionalProperties
  const embedded = schema['x-kubernetes-embedded-resource'] === true
  const result: Record<string, unknown> = {}
  for (const [field, child] of Object.entries(value)) {
    if (field === '__proto__') continue
    const own = propertySchema(schema, field)
    if (own !== undefined) result[field] = prune(child, own, [...path, field], dropped)
    else if (embedded && (field === 'apiVersion' || field === 'kind' || field === 'metadata')) result[field] = child
    else if (isObject(extra)) result[field] = prune(child, extra, [...path, field], dropped)
    else if (extra === true || preservesUnknown(schema) || isUntyped(schema)) result[field] = child
    else dropped.push(printPath([...path, field]))
  }
  return result
}

/** A value that is only known to be a string or a number has nothing to prune; validation refuses it. */
function isUntyped(schema: RawSchema): boolean {
  return schema['x-kubernetes-int-or-string'] === true || (schema.type !== undefined && schema.type !== 'object')
}
