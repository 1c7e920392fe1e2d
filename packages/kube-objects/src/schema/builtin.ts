import type { GroupVersionKind } from '../object.ts'
import facts from './generated/builtin.json' with { type: 'json' }
import wireFacts from './generated/wire.json' with { type: 'json' }
import type { TypeSchema } from './type-schema.ts'

/** A kind that every API server serves, as its discovery names it. */
export interface BuiltInResource {
  group: string
  version: string
  kind: string
  plural: string
  singular: string
  namespaced: boolean
  verbs: string[]
  shortNames?: string[]
  categories?: string[]
  /** Entries of `{ name, kind, verbs, group?, version? }`. */
  subresources?: unknown
  /** Printer columns: `[name, type, format, priority]`. */
  columns?: unknown
  preferred?: boolean
  /** Name of its type in {@link builtInTypes}. */
  type?: string
}

/** A type as the facts hold it: like TypeSchema, with `ref` in place of other types. */
interface RawNode extends Omit<TypeSchema, 'fields' | 'items' | 'values'> {
  ref?: string
  fields?: Record<string, RawNode>
  items?: RawNode
  values?: RawNode
  /** `group/version/kind` of the types that are kinds. */
  gvk?: string[]
}

/** Per type: the fields that are always written, and those that are pointers in Go. */
const wire = wireFacts as unknown as Readonly<Record<string, readonly [readonly string[], readonly string[]]>>
const rawTypes = facts.types as unknown as Readonly<Record<string, RawNode>>
const quantityType = 'io.k8s.apimachinery.pkg.api.resource.Quantity'
const intOrStringType = 'io.k8s.apimachinery.pkg.util.intstr.IntOrString'
/** Types that hold any JSON value. */
const openTypes = new Set([
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1',
  'io.k8s.apimachinery.pkg.runtime.RawExtension',
])

const typeOfKind = /* @__PURE__ */ indexKinds()
const resolvedTypes = new Map<string, TypeSchema>()

/** Type names and raw definitions of the built-in types, for publishing OpenAPI. */
export const builtInTypes: Readonly<Record<string, unknown>> = rawTypes

/** The kinds every API server serves. */
export const builtInResources: readonly BuiltInResource[] = /* @__PURE__ */ (
  facts.resources as unknown as BuiltInResource[]
).map((resource) => ({
  ...resource,
  type: typeOfKind.get(`${resource.group}/${resource.version}/${resource.kind}`),
}))

const scopes = /* @__PURE__ */ new Map(
  builtInResources.map(
    (resource) => [`${resource.group}/${resource.kind}`, resource.namespaced ? 'Namespaced' : 'Cluster'] as const,
  ),
)

/** Schema of a built-in kind, metadata included; undefined for others. */
export function builtInSchema(gvk: GroupVersionKind): TypeSchema | undefined {
  const name = typeOfKind.get(`${gvk.group}/${gvk.version}/${gvk.kind}`)
  return name === undefined ? undefined : resolveType(name)
}

/** Scope of a built-in kind; undefined for unknown kinds. */
export function builtInScope(kind: { group: string; kind: string }): 'Namespaced' | 'Cluster' | undefined {
  return scopes.get(`${kind.group}/${kind.kind}`)
}

/** Whether the status of a built-in kind is written through its own subresource. */
export function hasStatusSubresource(gvk: GroupVersionKind): boolean {
  const resource = builtInResources.find(({ group, kind }) => group === gvk.group && kind === gvk.kind)
  const subresources = Array.isArray(resource?.subresources) ? (resource.subresources as { name?: string }[]) : []
  return subresources.some(({ name }) => name === 'status')
}

/** Schema of a built-in type by its name. */
export function builtInType(name: string): TypeSchema | undefined {
  return rawTypes[name] === undefined ? undefined : resolveType(name)
}

function indexKinds(): Map<string, string> {
  const index = new Map<string, string>()
  for (const [name, type] of Object.entries(rawTypes))
    for (const gvk of type.gvk ?? []) index.set(gvk.replace(/^core\//, '/'), name)
  return index
}

function resolveType(name: string): TypeSchema {
  const known = resolvedTypes.get(name)
  if (known) return known
  const schema = buildNode({ ref: name })
  resolvedTypes.set(name, schema)
  return schema
}

function buildNode(raw: RawNode): TypeSchema {
  if (raw.ref === undefined) {
    const { items, values, fields: _fields, gvk: _gvk, ...rest } = raw
    const node: TypeSchema = { ...rest }
    if (items) node.items = buildNode(items)
    if (values) node.values = buildNode(values)
    return node
  }
  const own = Object.keys(raw).length > 1
  if (!own && resolvedTypes.has(raw.ref)) return resolveType(raw.ref)
  const node = typeNode(raw.ref)
  if (!own) {
    resolvedTypes.set(raw.ref, node)
    return node
  }
  const { ref: _ref, items: _items, values: _values, fields: _rawFields, ...extras } = raw
  return Object.assign(node, extras)
}

function typeNode(name: string): TypeSchema {
  if (name === quantityType) return { type: 'string', format: 'quantity' }
  if (name === intOrStringType) return { format: 'int-or-string', intOrString: true }
  if (openTypes.has(name)) return { preserveUnknown: true }
  const { fields, items: _items, values: _values, gvk: _gvk, ref: _ref, ...rest } = rawTypes[name] ?? {}
  const node: TypeSchema = fields || rest.type === undefined ? { type: 'object', ...rest } : { ...rest }
  if (fields) resolveLater(node, fields, name)
  return node
}

/** Types refer to each other in circles, so fields are built when they are first read. */
function resolveLater(node: TypeSchema, raw: Record<string, RawNode>, type: string): void {
  Object.defineProperty(node, 'fields', {
    configurable: true,
    enumerable: true,
    get() {
      const fields: Record<string, TypeSchema> = {}
      const [always = [], pointer = []] = wire[type] ?? []
      for (const [field, value] of Object.entries(raw)) {
        const presence = { always: always.includes(field), pointer: pointer.includes(field) }
        fields[field] = buildNode(presence.always || presence.pointer ? { ...value, presence } : value)
      }
      Object.defineProperty(node, 'fields', { value: fields, enumerable: true, writable: true })
      return fields
    },
  })
}
