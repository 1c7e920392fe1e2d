import { builtInTypes, type TypeSchema } from '@driftless/kube-objects'
import { isObject } from '../validation/decode.ts'

/** How schemas refer to each other: OpenAPI 2 lets siblings stand beside a `$ref`, OpenAPI 3 does not. */
export type Dialect = 'v2' | 'v3'

type Node = Record<string, unknown>

/** Collects the definitions that a document needs, built-in types with all they refer to. */
export class SchemaDocument {
  readonly #dialect: Dialect
  readonly definitions: Record<string, Node> = {}

  constructor(dialect: Dialect) {
    this.#dialect = dialect
  }

  /** A reference to a built-in type, which is added with everything behind it. */
  builtIn(name: string): Node {
    if (!Object.hasOwn(this.definitions, name)) {
      const raw = builtInTypes[name]
      this.definitions[name] = {}
      this.definitions[name] = isObject(raw) ? this.#type(name, raw) : { type: 'object' }
    }
    return { $ref: this.refTo(name) }
  }

  refTo(name: string): string {
    return this.#dialect === 'v2' ? `#/definitions/${name}` : `#/components/schemas/${name}`
  }

  /** A schema that is no built-in type, written out in full. */
  inline(schema: TypeSchema, depth = 0): Node {
    const node: Node = {}
    if (schema.type !== undefined) node.type = schema.type
    if (schema.format !== undefined) node.format = schema.format
    if (schema.intOrString === true) node['x-kubernetes-int-or-string'] = true
    if (schema.preserveUnknown === true) node['x-kubernetes-preserve-unknown-fields'] = true
    if (schema.required !== undefined) node.required = schema.required
    if (depth < inlineDepth) {
      if (schema.items !== undefined) node.items = this.inline(schema.items, depth + 1)
      if (schema.values !== undefined) node.additionalProperties = this.inline(schema.values, depth + 1)
      if (schema.fields !== undefined) {
        node.properties = Object.fromEntries(
          Object.entries(schema.fields).map(([name, field]) => [name, this.inline(field, depth + 1)]),
        )
      }
    }
    return node
  }

  #type(name: string, raw: Node): Node {
    if (name.endsWith('.intstr.IntOrString')) return { type: 'string', format: 'int-or-string' }
    if (name.endsWith('.resource.Quantity')) return { type: 'string' }
    const node = this.#node(raw)
    if (node.properties !== undefined && node.type === undefined) node.type = 'object'
    if (Array.isArray(raw.gvk)) node['x-kubernetes-group-version-kind'] = raw.gvk.map(splitGvk)
    return node
  }

  #node(raw: Node): Node {
    const node: Node = {}
    for (const field of ['type', 'format', 'default', 'enum', 'required', 'description']) {
      if (raw[field] !== undefined) node[field] = raw[field]
    }
    for (const [field, keyword] of extensions) if (raw[field] !== undefined) node[keyword] = raw[field]
    if (isObject(raw.items)) {
      node.type = 'array'
      node.items = this.#node(raw.items)
    }
    if (isObject(raw.values)) {
      node.type = 'object'
      node.additionalProperties = this.#node(raw.values)
    }
    if (isObject(raw.fields)) {
      const fields = Object.entries(raw.fields).filter((entry): entry is [string, Node] => isObject(entry[1]))
      node.properties = Object.fromEntries(fields.map(([name, field]) => [name, this.#node(field)]))
    }
    return typeof raw.ref === 'string' ? this.#reference(raw.ref, node) : node
  }

  #reference(name: string, extras: Node): Node {
    const reference = this.builtIn(name)
    if (Object.keys(extras).length === 0) return reference
    return this.#dialect === 'v2' ? { ...extras, ...reference } : { ...extras, allOf: [reference] }
  }
}

const inlineDepth = 16

const extensions = [
  ['list', 'x-kubernetes-list-type'],
  ['keys', 'x-kubernetes-list-map-keys'],
  ['map', 'x-kubernetes-map-type'],
  ['patchKey', 'x-kubernetes-patch-merge-key'],
  ['patchStrategy', 'x-kubernetes-patch-strategy'],
] as const

function splitGvk(text: unknown): Node {
  const [group = '', version = '', kind = ''] = String(text)
    .replace(/^core\//, '/')
    .split('/')
  return { group, version, kind }
}
