import type { JsonObject } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import { isMap } from '../values/scalar.ts'
import { fieldOf } from '../values/tree.ts'
import facts from './generated/merge-facts.json' with { type: 'json' }

/** How one field is merged; nodes without anything to say are left out. */
export interface MergeNode {
  readonly ref?: string
  readonly items?: MergeNode
  /** Of maps: what every value is. */
  readonly values?: MergeNode
  readonly fields?: Readonly<Record<string, MergeNode>>
  /** Present on lists whose items are merged: by these fields, or as a set of scalars when there is none. */
  readonly keys?: readonly string[]
}

/** Which types kinds have, and how the fields of types are merged. */
export class MergeSchema {
  readonly #kinds: Readonly<Record<string, string>>
  readonly #types: Readonly<Record<string, Readonly<Record<string, MergeNode>>>>

  constructor(facts: {
    kinds: Readonly<Record<string, string>>
    types: Readonly<Record<string, Readonly<Record<string, MergeNode>>>>
  }) {
    this.#kinds = facts.kinds
    this.#types = facts.types
  }

  /** Schema of a kind. */
  ofKind(apiVersion: string, kind: string): MergeNode | undefined {
    const key = `${apiVersion}/${kind}`
    return Object.hasOwn(this.#kinds, key) ? { ref: this.#kinds[key] as string } : undefined
  }

  /** Schema of a field of a mapping. */
  field(node: MergeNode | undefined, name: string): MergeNode | undefined {
    const fields = this.#fieldsOf(node)
    if (fields !== undefined && Object.hasOwn(fields, name)) return fields[name]
    return node?.values
  }

  #fieldsOf(node: MergeNode | undefined): Readonly<Record<string, MergeNode>> | undefined {
    if (node?.fields !== undefined) return node.fields
    const { ref } = node ?? {}
    return ref !== undefined && Object.hasOwn(this.#types, ref) ? this.#types[ref] : undefined
  }
}

/** What kustomize knows of the built-in kinds. */
export const builtInMergeSchema = /* @__PURE__ */ new MergeSchema(
  facts as unknown as ConstructorParameters<typeof MergeSchema>[0],
)

/** Reads an OpenAPI v2 document, which replaces what is built in. Throws `KUSTOMIZE_CONFIGURATION`. */
export function readOpenApi(document: unknown, file: string): MergeSchema {
  const definitions = fieldOf(document, 'definitions')
  if (!isMap(definitions)) throw KustomizeErrors.CONFIGURATION({ file, reason: 'no OpenAPI definitions in it' })
  const kinds: Record<string, string> = {}
  const types: Record<string, Readonly<Record<string, MergeNode>>> = {}
  for (const [name, definition] of Object.entries(definitions)) {
    types[name] = readNode(definition).fields ?? {}
    const gvks = fieldOf(definition, 'x-kubernetes-group-version-kind')
    for (const gvk of Array.isArray(gvks) ? gvks : []) {
      const text = (field: string) => String(fieldOf(gvk, field) ?? '')
      const apiVersion = text('group') === '' ? text('version') : `${text('group')}/${text('version')}`
      kinds[`${apiVersion}/${text('kind')}`] = name
    }
  }
  return new MergeSchema({ kinds, types })
}

function readNode(schema: unknown): MergeNode {
  const ref = fieldOf(schema, '$ref')
  const items = fieldOf(schema, 'items')
  const values = fieldOf(schema, 'additionalProperties')
  const properties = fieldOf(schema, 'properties')
  return {
    ...(typeof ref === 'string' ? { ref: ref.replace(/^#\/definitions\//, '') } : {}),
    ...(isMap(items) ? { items: readNode(items) } : {}),
    ...(isMap(values) ? { values: readNode(values) } : {}),
    ...(isMap(properties) ? { fields: readFields(properties) } : {}),
    ...readKeys(schema),
  }
}

function readFields(properties: JsonObject): Record<string, MergeNode> {
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, readNode(property)]))
}

function readKeys(schema: unknown): { keys?: readonly string[] } {
  const strategy = fieldOf(schema, 'x-kubernetes-patch-strategy')
  if (typeof strategy !== 'string' || !strategy.split(',').includes('merge')) return {}
  const several = fieldOf(schema, 'x-kubernetes-list-map-keys')
  if (Array.isArray(several)) return { keys: several.map(String) }
  const one = fieldOf(schema, 'x-kubernetes-patch-merge-key')
  return { keys: typeof one === 'string' ? [one] : [] }
}
