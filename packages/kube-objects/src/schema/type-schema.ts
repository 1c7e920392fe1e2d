/** One node of a structural schema; the same shape for built-in kinds and for custom ones. */
export interface TypeSchema {
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array'
  /** `int32`, `int64`, `date-time`, `byte`, `int-or-string`, `quantity`, … */
  format?: string
  /** Known fields; of built-in kinds they are resolved when first read. */
  fields?: Record<string, TypeSchema>
  /** Schema of the values of a map (additionalProperties). */
  values?: TypeSchema
  items?: TypeSchema
  required?: string[]
  map?: 'atomic' | 'granular'
  list?: 'atomic' | 'set' | 'map'
  /** Keys of a list map. */
  keys?: string[]
  /** Key that strategic merge patches match list items by. */
  patchKey?: string
  /** `merge`, `replace`, `retainKeys`, `merge,retainKeys`. */
  patchStrategy?: string
  default?: unknown
  enum?: unknown[]
  nullable?: boolean
  preserveUnknown?: boolean
  intOrString?: boolean
  /** x-kubernetes-embedded-resource. */
  embedded?: boolean
  /** Built-in types: how the server's own encoding treats the field when it has the zero value of its type. */
  presence?: { /** Written even then. */ always: boolean /** Absent and zero are two things. */; pointer: boolean }
  pattern?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: boolean
  exclusiveMaximum?: boolean
  multipleOf?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  minProperties?: number
  maxProperties?: number
  uniqueItems?: boolean
  allOf?: TypeSchema[]
  anyOf?: TypeSchema[]
  oneOf?: TypeSchema[]
  not?: TypeSchema
  /** CEL rules of a CRD, as written. */
  validations?: unknown[]
}
