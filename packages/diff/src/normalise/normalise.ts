import {
  builtInSchema,
  formatGroupKind,
  gvkOf,
  type KubeObject,
  LAST_APPLIED,
  type TypeSchema,
} from '@driftless/kube-objects'
import { isObject } from '../json-value.ts'
import { canonicalObject } from './canonical.ts'
import { normaliseClaimTemplates } from './claim-templates.ts'
import { normaliseEndpoints } from './endpoints.ts'
import { defaultKnownTypes, type KnownTypeField, normaliseKnownTypes } from './known-type-fields.ts'
import { normaliseRole } from './role.ts'
import { normaliseSecret } from './secret.ts'

export interface NormaliseOptions {
  readonly ignoreAggregatedRoles: boolean
  readonly ignoreStatus: 'all' | 'crd' | 'none'
  /** Fields of core types by `<group>/<Kind>`. */
  readonly knownTypes?: Readonly<Record<string, readonly KnownTypeField[]>>
}

const metadataSchema = () => builtInSchema({ group: '', version: 'v1', kind: 'ConfigMap' })?.fields?.metadata

/** Metadata that the cluster writes and nobody desires. */
const serverMetadata = ['creationTimestamp', 'managedFields', 'selfLink'] as const

/** One side of a comparison in the form in which equal things are written alike; never changes its argument. */
export function normalise(object: KubeObject, options: NormaliseOptions): KubeObject {
  const kind = formatGroupKind(gvkOf(object))
  const schema = schemaOf(object)
  const clean = withoutStatus(withCleanMetadata(object), { schema, options })
  const special = normaliseKind(clean, kind, options)
  if (schema !== undefined) return canonicalObject(special, schema)
  const known = options.knownTypes?.[kind] ?? defaultKnownTypes[kind] ?? []
  return canonicalMetadata(normaliseKnownTypes(special, known))
}

/** Schema of a built-in kind; definitions are compared as they are written. */
export function schemaOf(object: KubeObject): TypeSchema | undefined {
  return object.kind === 'CustomResourceDefinition' ? undefined : builtInSchema(gvkOf(object))
}

function normaliseKind(object: KubeObject, kind: string, options: NormaliseOptions): KubeObject {
  switch (kind) {
    case 'Secret':
      return normaliseSecret(object)
    case 'Endpoints':
      return normaliseEndpoints(object)
    case 'rbac.authorization.k8s.io/Role':
    case 'rbac.authorization.k8s.io/ClusterRole':
      return normaliseRole(object, options.ignoreAggregatedRoles)
    case 'apps/StatefulSet':
      return normaliseClaimTemplates(object)
    default:
      return object
  }
}

function withCleanMetadata(object: KubeObject): KubeObject {
  const metadata = { ...object.metadata }
  for (const field of serverMetadata) delete (metadata as Record<string, unknown>)[field]
  const annotations: unknown = metadata.annotations
  if (isObject(annotations) && Object.hasOwn(annotations, LAST_APPLIED)) {
    const { [LAST_APPLIED]: _, ...rest } = annotations as Record<string, string>
    metadata.annotations = rest
  }
  for (const map of ['annotations', 'labels'] as const) {
    const value: unknown = metadata[map]
    if (value === null || (isObject(value) && Object.keys(value).length === 0)) delete metadata[map]
  }
  return { ...object, metadata }
}

function withoutStatus(
  object: KubeObject,
  { schema, options }: { schema: TypeSchema | undefined; options: NormaliseOptions },
): KubeObject {
  if (options.ignoreStatus === 'none' || !Object.hasOwn(object, 'status')) return object
  if (options.ignoreStatus === 'crd' && schema !== undefined) return object
  const { status: _, ...rest } = object
  return rest as KubeObject
}

function canonicalMetadata(object: KubeObject): KubeObject {
  const schema = metadataSchema()
  if (schema === undefined) return object
  return { ...object, metadata: canonicalObject({ ...object.metadata }, schema) }
}
