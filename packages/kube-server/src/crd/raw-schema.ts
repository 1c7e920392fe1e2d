import { isObject } from '../validation/decode.ts'

/** A node of a CRD's `openAPIV3Schema` as it was written. */
export type RawSchema = Readonly<Record<string, unknown>>

/** A child schema, when the keyword holds one. */
export function subschema(schema: RawSchema | undefined, keyword: string): RawSchema | undefined {
  const child = schema?.[keyword]
  return isObject(child) ? child : undefined
}

/** The schema of a declared property. */
export function propertySchema(schema: RawSchema | undefined, field: string): RawSchema | undefined {
  const properties = subschema(schema, 'properties')
  return properties !== undefined && Object.hasOwn(properties, field) ? subschema(properties, field) : undefined
}

/** Whether unknown fields of this node are kept. */
export function preservesUnknown(schema: RawSchema | undefined): boolean {
  return schema?.['x-kubernetes-preserve-unknown-fields'] === true
}
