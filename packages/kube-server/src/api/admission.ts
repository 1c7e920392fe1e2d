import { builtInSchema, formatApiVersion, gvkOf, type KubeObject } from '@driftless/kube-objects'
import { pruneCustom } from '../crd/prune.ts'
import type { FieldProblem } from '../status/field-problem.ts'
import { badRequest, forbidden, invalid, notFound, undecodable } from '../status/kube-status.ts'
import { DecodeFault, decodeTyped, isObject } from '../validation/decode.ts'
import { goTypesAt } from '../validation/go-type.ts'
import { metadataProblems } from '../validation/metadata.ts'
import type { ApiCore } from './core.ts'
import type { WriteOptions } from './kube-api.ts'
import type { ServedKind } from './served-kind.ts'

/** What is known about an object after its body was read against its kind. */
export interface AdmittedBody {
  object: KubeObject
  /** `unknown field "…"` and `duplicate field "…"`, in the order found. */
  faults: string[]
}

/**
 * Reads a body as an object of `kind`: the kind must fit, unknown fields go, types must match.
 * Throws 400 in the words of the server's decoder.
 */
export function decodeBody(
  body: unknown,
  kind: ServedKind,
  refuse = (object: KubeObject, fault: string): Error => undecodable(object, kind.kind, fault),
): AdmittedBody {
  if (!isObject(body))
    throw badRequest(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonName(body)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    )
  const object = withMetadata(body, kind)
  if (object.kind !== kind.kind || object.apiVersion !== formatApiVersion(kind.group, kind.version))
    throw wrongKind(object, kind)
  if (kind.custom === true) return pruneCustom(object, kind)
  if (kind.schema === undefined) return { object, faults: [] }
  try {
    const { value, unknown } = decodeTyped(object, kind.schema)
    const decoded = value as KubeObject
    return {
      object: { ...decoded, metadata: decoded.metadata ?? {} },
      faults: unknown.map((path) => `unknown field "${path}"`),
    }
  } catch (error) {
    if (error instanceof DecodeFault) throw refuse(object, faultMessage(error, kind))
    throw error
  }
}

function faultMessage({ mismatch, message }: DecodeFault, kind: ServedKind): string {
  if (mismatch === undefined) return message
  const { holder, fields, type } = goTypesAt(kind, mismatch.path)
  return `json: cannot unmarshal ${mismatch.found} into Go struct field ${holder === '' ? '' : `${holder}.`}${fields} of type ${type}`
}

/** Refuses or warns about faults of a body, as `fieldValidation` says. */
export function judgeFaults(faults: readonly string[], options: WriteOptions, refuse: (text: string) => Error): void {
  if (faults.length === 0) return
  if (options.fieldValidation === 'Strict') throw refuse(`strict decoding error: ${faults.join(', ')}`)
  if (options.fieldValidation === 'Warn') for (const fault of faults) options.onWarning?.(fault)
}

/** Throws 422 when there are problems of metadata or of the kind's own rules. */
export function validate(kind: ServedKind, object: KubeObject, problems: readonly FieldProblem[]): void {
  const all = [...metadataProblems(object.metadata, kind), ...problems]
  if (all.length > 0) throw invalid(kind, object.metadata.name ?? '', all)
}

/** Namespaces must exist and live for something to be created in them. */
export function checkNamespace(core: ApiCore, kind: ServedKind, object: KubeObject): void {
  const namespace = object.metadata.namespace ?? ''
  if (!kind.namespaced || namespace === '' || core.registry.resource({ group: '', kind: 'Namespace' }) === undefined)
    return
  const found = core.store.get('/namespaces', '', namespace)
  if (found === undefined) throw notFound({ group: '', plural: 'namespaces' }, namespace)
  if (found.metadata.deletionTimestamp === undefined) return
  throw forbidden(
    kind,
    object.metadata.name ?? '',
    `unable to create new content in namespace ${namespace} because it is being terminated`,
    [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${namespace} is being terminated`,
        field: 'metadata.namespace',
      },
    ],
  )
}

function withMetadata(body: Record<string, unknown>, kind: ServedKind): KubeObject {
  const { apiVersion = '', kind: name = '', metadata } = body
  if (typeof apiVersion !== 'string' || typeof name !== 'string')
    throw badRequest('apiVersion and kind must be strings')
  if (metadata !== undefined && metadata !== null && !isObject(metadata)) {
    throw undecodable(
      { apiVersion, kind: name },
      kind.kind,
      `json: cannot unmarshal ${jsonName(metadata)} into Go struct field ${kind.kind}.metadata of type v1.ObjectMeta`,
    )
  }
  if (name === '') throw badRequest(`Object 'Kind' is missing in '${JSON.stringify(body)}'`)
  return { ...body, apiVersion, kind: name, metadata: metadata ?? {} }
}

function wrongKind(object: KubeObject, kind: ServedKind): Error {
  const expected = formatApiVersion(kind.group, kind.version)
  const known = builtInSchema(gvkOf(object)) !== undefined
  if (object.apiVersion !== expected && (known || kind.custom === true) && object.kind === kind.kind) {
    return badRequest(
      `the API version in the data (${object.apiVersion}) does not match the expected API version (${expected})`,
    )
  }
  if (kind.custom === true) {
    return invalid({ group: kind.group, kind: object.kind }, object.metadata.name ?? '', [
      { field: 'kind', type: 'FieldValueInvalid', value: object.kind, detail: `must be ${kind.kind}` },
    ])
  }
  if (!known) return undecodable(object, kind.kind, unregistered(object))
  const { version } = gvkOf(object)
  const name = kind.group === '' ? 'core' : (kind.group.split('.')[0] ?? kind.group)
  return undecodable(
    object,
    kind.kind,
    `converting (${version}.${object.kind}) to (${name}.${kind.kind}): unknown conversion`,
  )
}

/** Says that the server knows no such kind. */
export function unregistered({ kind, apiVersion }: { kind: string; apiVersion: string }): string {
  return `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/api/legacyscheme/scheme.go:30"`
}

function jsonName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}
