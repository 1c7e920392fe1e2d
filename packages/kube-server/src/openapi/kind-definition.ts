import { builtInResources } from '@driftless/kube-objects'
import type { ServedKind } from '../api/served-kind.ts'
import { isObject } from '../validation/decode.ts'
import type { SchemaDocument } from './schema-document.ts'

const objectMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'
const listMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta'

const builtInTypeOf = new Map(
  builtInResources.map((resource) => [`${resource.group}/${resource.version}/${resource.kind}`, resource.type]),
)

/** Adds the definitions of a kind and its list to a document; returns the kind's definition name. */
export function defineKind(document: SchemaDocument, kind: ServedKind): string {
  const known = kind.custom === true ? undefined : builtInTypeOf.get(`${kind.group}/${kind.version}/${kind.kind}`)
  const name = known ?? definitionName(kind, kind.kind)
  if (known !== undefined) document.builtIn(known)
  else document.definitions[name] = ownDefinition(document, kind)
  const list = listName(kind, name)
  if (!Object.hasOwn(document.definitions, list)) document.definitions[list] = listDefinition(document, kind, name)
  return name
}

/** Name of a list's definition. */
export function listName(kind: ServedKind, name: string): string {
  return name.slice(0, name.length - kind.kind.length) + (kind.listKind ?? `${kind.kind}List`)
}

/** `dev.fix.v1.Thing` for `Thing` of `fix.dev/v1`. */
function definitionName(kind: ServedKind, name: string): string {
  return [
    ...kind.group
      .split('.')
      .reverse()
      .filter((part) => part !== ''),
    kind.version,
    name,
  ].join('.')
}

function ownDefinition(document: SchemaDocument, kind: ServedKind): Record<string, unknown> {
  const raw = isObject(kind.openApi)
    ? kind.openApi
    : kind.schema === undefined
      ? { type: 'object' }
      : document.inline(kind.schema)
  const properties = isObject(raw.properties) ? raw.properties : {}
  return {
    ...raw,
    type: 'object',
    properties: {
      ...properties,
      ...typeProperties,
      metadata: { ...document.builtIn(objectMeta) },
    },
    'x-kubernetes-group-version-kind': [{ group: kind.group, version: kind.version, kind: kind.kind }],
  }
}

function listDefinition(document: SchemaDocument, kind: ServedKind, name: string): Record<string, unknown> {
  return {
    type: 'object',
    required: ['items'],
    properties: {
      ...typeProperties,
      items: { type: 'array', items: { $ref: document.refTo(name) } },
      metadata: document.builtIn(listMeta),
    },
    'x-kubernetes-group-version-kind': [
      { group: kind.group, version: kind.version, kind: kind.listKind ?? `${kind.kind}List` },
    ],
  }
}

const typeProperties = {
  apiVersion: {
    type: 'string',
    description:
      'Version of the schema this object follows, as <group>/<version>, or <version> alone in the core group.',
  },
  kind: { type: 'string', description: 'Kind of this object, in CamelCase; it cannot be changed.' },
}
