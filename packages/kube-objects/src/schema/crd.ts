import { guardDepth } from '../errors.ts'
import { isObject } from '../json/values.ts'
import type { JsonObject } from '../object.ts'
import { builtInType } from './builtin.ts'
import type { TypeSchema } from './type-schema.ts'

const objectMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'
const types = ['string', 'integer', 'number', 'boolean', 'object', 'array'] as const

/** Keywords that keep their name and value. */
const kept = [
  'format',
  'default',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'uniqueItems',
  'nullable',
  'required',
] as const

/** Schema from the openAPIV3Schema of a CRD version, with apiVersion, kind and metadata as the API server adds them. */
export function schemaFromCrd(openAPIV3Schema: unknown): TypeSchema {
  const schema = convert(openAPIV3Schema, 0)
  return withObjectFields({ ...schema, type: 'object' })
}

function withObjectFields(schema: TypeSchema): TypeSchema {
  const metadata = builtInType(objectMeta) ?? { type: 'object' }
  const fields = {
    ...schema.fields,
    apiVersion: { type: 'string' as const },
    kind: { type: 'string' as const },
    metadata,
  }
  return { ...schema, fields }
}

function convert(raw: unknown, depth: number): TypeSchema {
  guardDepth(depth)
  if (!isObject(raw)) return {}
  const schema: JsonObject = {}
  const type = types.find((name) => name === raw.type)
  if (type) schema.type = type
  for (const keyword of kept) if (raw[keyword] !== undefined) schema[keyword] = raw[keyword]
  structure(raw, schema, depth)
  extensions(raw, schema)
  const node = schema as TypeSchema
  return node.embedded ? withObjectFields(node) : node
}

function structure(raw: JsonObject, schema: JsonObject, depth: number): void {
  if (isObject(raw.properties)) {
    const fields: JsonObject = Object.create(null) as JsonObject
    for (const [name, value] of Object.entries(raw.properties)) fields[name] = convert(value, depth + 1)
    schema.fields = { ...fields }
  }
  if (isObject(raw.items)) schema.items = convert(raw.items, depth + 1)
  if (isObject(raw.additionalProperties)) schema.values = convert(raw.additionalProperties, depth + 1)
  else if (raw.additionalProperties === true) schema.values = { preserveUnknown: true }
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
    const list = raw[keyword]
    if (Array.isArray(list)) schema[keyword] = list.map((item) => convert(item, depth + 1))
  }
  if (isObject(raw.not)) schema.not = convert(raw.not, depth + 1)
}

function extensions(raw: JsonObject, schema: JsonObject): void {
  if (raw['x-kubernetes-preserve-unknown-fields'] === true) schema.preserveUnknown = true
  if (raw['x-kubernetes-embedded-resource'] === true) schema.embedded = true
  if (raw['x-kubernetes-int-or-string'] === true || raw.format === 'int-or-string') schema.intOrString = true
  const list = raw['x-kubernetes-list-type']
  if (list === 'atomic' || list === 'set' || list === 'map') schema.list = list
  const keys = raw['x-kubernetes-list-map-keys']
  if (Array.isArray(keys)) schema.keys = keys.filter((key) => typeof key === 'string')
  const map = raw['x-kubernetes-map-type']
  if (map === 'atomic' || map === 'granular') schema.map = map
  const validations = raw['x-kubernetes-validations']
  if (Array.isArray(validations)) schema.validations = validations
}
