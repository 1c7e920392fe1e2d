import { builtInResources, builtInTypes, type GroupVersionKind } from '@driftless/kube-objects'
import { isObject } from './decode.ts'

const typeOfKind = new Map(
  builtInResources.map(({ group, version, kind, type }) => [`${group}/${version}/${kind}`, type]),
)

/** Names of the Go types on the way to a field: the struct that holds it and the type it has. */
export interface GoTypes {
  /** `DeploymentSpec`; empty when unknown. */
  holder: string
  /** The struct fields on the way, joined by dots; keys of maps are none. */
  fields: string
  /** `int32`, `map[string]string`, `[]v1.Container`. */
  type: string
}

/** Finds the Go types that the server's decoder names when a field of a built-in kind has the wrong JSON type. */
export function goTypesAt(kind: GroupVersionKind, path: readonly (string | number)[]): GoTypes {
  let node: unknown = { ref: typeOfKind.get(`${kind.group}/${kind.version}/${kind.kind}`) }
  let holder = ''
  const fields: string[] = []
  for (const part of path) {
    const { name, body } = resolved(node)
    if (typeof part === 'number') node = body.items
    else if (isObject(body.fields)) {
      holder = shortName(name)
      fields.push(part)
      node = body.fields[part]
    } else node = body.values
  }
  return { holder, fields: fields.join('.'), type: goType(node) }
}

function resolved(node: unknown): { name: string; body: Record<string, unknown> } {
  if (!isObject(node)) return { name: '', body: {} }
  if (typeof node.ref !== 'string') return { name: '', body: node }
  const type = builtInTypes[node.ref]
  return { name: node.ref, body: isObject(type) ? type : {} }
}

function goType(node: unknown): string {
  const { name, body } = resolved(node)
  if (name !== '') return name.endsWith('.IntOrString') ? 'int32' : `v1.${shortName(name)}`
  if (isObject(body.values)) return `map[string]${goType(body.values)}`
  if (isObject(body.items)) return `[]${goType(body.items)}`
  if (body.type === 'integer') return body.format === 'int64' ? 'int64' : 'int32'
  if (body.type === 'number') return 'float64'
  if (body.type === 'boolean') return 'bool'
  return 'string'
}

function shortName(name: string): string {
  return name.split('.').at(-1) ?? ''
}
