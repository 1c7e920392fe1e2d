import type { TypeSchema } from '@driftless/kube-objects'

/** What a typed decoding found: the value with known fields only, and the paths of the others. */
export interface Decoded {
  value: unknown
  unknown: string[]
}

/** A value that the server's decoder refuses, in its words. */
export class DecodeFault extends Error {
  override readonly name = 'DecodeFault'
  /** Where a value of the wrong JSON type stands, with the type it has; absent for other faults. */
  readonly mismatch: { path: readonly (string | number)[]; found: string } | undefined

  constructor(message: string, mismatch?: { path: readonly (string | number)[]; found: string }) {
    super(message)
    this.mismatch = mismatch
  }
}

const quantityFormat = /^[+-]?[0-9.]+(?:[eEinumkKMGTP]*[-+]?[0-9]*)$/

/**
 * Reads a JSON value the way a typed server does: fields the type does not know are dropped and reported, nulls and
 * empty optional lists and maps are dropped, and a value of another type throws {@link DecodeFault}.
 */
export function decodeTyped(value: unknown, schema: TypeSchema): Decoded {
  const unknown: string[] = []
  const decoded = decode(value, schema, { path: [], unknown })
  return { value: decoded, unknown }
}

interface Position {
  /** Field names with indexes, for unknown fields. */
  path: readonly (string | number)[]
  unknown: string[]
}

function decode(value: unknown, schema: TypeSchema, at: Position): unknown {
  if (value === null) return undefined
  if (schema.fields !== undefined) return decodeStruct(value, schema, at)
  if (schema.values !== undefined) return decodeMap(value, schema.values, at)
  if (schema.items !== undefined) return decodeList(value, schema.items, at)
  return decodeScalar(value, schema, at)
}

function decodeStruct(value: unknown, schema: TypeSchema, at: Position): unknown {
  if (!isObject(value)) throw mismatch(value, at)
  const result: Record<string, unknown> = {}
  for (const [field, child] of Object.entries(value)) {
    const childSchema = Object.hasOwn(schema.fields ?? {}, field) ? schema.fields?.[field] : undefined
    const position = { ...at, path: [...at.path, field] }
    if (childSchema === undefined) {
      if (schema.preserveUnknown === true) result[field] = child
      else at.unknown.push(printPath(position.path))
      continue
    }
    const decoded = decode(child, childSchema, position)
    if (decoded === undefined || (isEmpty(decoded, childSchema) && !schema.required?.includes(field))) continue
    result[field] = decoded
  }
  return result
}

function decodeMap(value: unknown, values: TypeSchema, at: Position): unknown {
  if (!isObject(value)) throw mismatch(value, at)
  const result: Record<string, unknown> = {}
  for (const [key, child] of Object.entries(value)) {
    if (key === '__proto__') continue
    const decoded = decode(child, values, { ...at, path: [...at.path, key] })
    // A null in a map of strings is Go's zero value.
    if (decoded !== undefined) result[key] = decoded
    else if (values.type === 'string') result[key] = ''
  }
  return result
}

function decodeList(value: unknown, items: TypeSchema, at: Position): unknown {
  if (!Array.isArray(value)) throw mismatch(value, at)
  return value.map((item: unknown, index) => {
    const decoded = decode(item, items, { ...at, path: [...at.path, index] })
    if (decoded !== undefined) return decoded
    return items.fields !== undefined || items.values !== undefined ? {} : items.type === 'string' ? '' : null
  })
}

function decodeScalar(value: unknown, schema: TypeSchema, at: Position): unknown {
  if (schema.intOrString === true || schema.format === 'int-or-string') {
    if (typeof value !== 'string' && !Number.isInteger(value)) throw mismatch(value, at)
    return value
  }
  if (schema.format === 'quantity') {
    if (typeof value === 'number') return String(value)
    if (typeof value !== 'string' || !quantityFormat.test(value)) throw new DecodeFault(quantityFault)
    return value
  }
  switch (schema.type) {
    case 'string':
      if (typeof value !== 'string') throw mismatch(value, at)
      if (schema.format === 'byte') checkBase64(value)
      if (schema.format === 'date-time') checkTime(value)
      return value
    case 'boolean':
      if (typeof value !== 'boolean') throw mismatch(value, at)
      return value
    case 'integer':
      if (typeof value !== 'number' || !Number.isInteger(value)) throw mismatch(value, at)
      return value
    case 'number':
      if (typeof value !== 'number') throw mismatch(value, at)
      return value
    default:
      return value
  }
}

const quantityFault = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"

function checkBase64(text: string): void {
  const clean = text.replaceAll(/[\r\n]/g, '')
  const bad = /[^A-Za-z0-9+/]/.exec(clean.replace(/={0,2}$/, ''))
  const offset = bad?.index ?? (clean.length % 4 === 0 ? undefined : clean.length - (clean.length % 4))
  if (offset !== undefined) throw new DecodeFault(`illegal base64 data at input byte ${offset}`)
}

function checkTime(text: string): void {
  if (/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.test(text)) return
  throw new DecodeFault(
    `parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(text)} as "2006"`,
  )
}

function mismatch(value: unknown, at: Position): DecodeFault {
  const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  const found = typeof value === 'number' && !Number.isInteger(value) ? `number ${value}` : kind
  return new DecodeFault(`json: cannot unmarshal ${found} into field ${printPath(at.path)}`, { path: at.path, found })
}

/** Whether Go would not write the value: zero, where zero and absent are the same. */
function isEmpty(value: unknown, schema: TypeSchema): boolean {
  if (schema.presence !== undefined && (schema.presence.always || schema.presence.pointer)) return false
  if (schema.items !== undefined) return Array.isArray(value) && value.length === 0
  if (schema.values !== undefined) return isObject(value) && Object.keys(value).length === 0
  return schema.presence !== undefined && (value === '' || value === 0 || value === false)
}

/** Writes a path as field errors do: `spec.containers[0].name`. */
export function printPath(path: readonly (string | number)[]): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
