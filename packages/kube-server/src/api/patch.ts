import { DriftlessError, messageOf } from '@driftless/foundation'
import {
  applyJsonPatch,
  applyMergePatch,
  applyStrategicPatch,
  cloneJson,
  formatApiVersion,
  type JsonPatchOperation,
  type KubeObject,
} from '@driftless/kube-objects'
import { badRequest, generic, invalid, notFound, undecodable } from '../status/kube-status.ts'
import { isObject } from '../validation/decode.ts'
import { decodeBody, judgeFaults, unregistered } from './admission.ts'
import { applyObject } from './apply.ts'
import { type ApiCore, read } from './core.ts'
import type { PatchRequest, WriteOptions } from './kube-api.ts'
import { scaleOf, scalePaths, withScale } from './scale.ts'
import type { ServedKind } from './served-kind.ts'
import { checkPreconditions, storeUpdate } from './update.ts'

/** Patches an object or one of its subresources; `created` is true when an apply created it. */
export function patchObject(
  core: ApiCore,
  kind: ServedKind,
  request: { namespace: string; name: string; patch: PatchRequest; options: WriteOptions },
): { object: KubeObject; created: boolean } {
  const { namespace, name, patch, options } = request
  if (patch.type === 'apply') return applyObject(core, kind, request)
  if (patch.type === 'strategic' && kind.custom === true) throw unsupportedPatch
  const previous = read(core, kind, namespace, name)
  if (previous === undefined) throw notFound(kind, name)
  const object = options.subresource === 'scale' ? patchedScale(kind, previous, patch) : patched(kind, previous, patch)
  const { object: next, faults } = decodePatched(object, kind)
  judgeFaults(faults, options, (text) =>
    invalid({ group: '', kind: '' }, '', [
      { field: 'patch', type: 'FieldValueInvalid', value: JSON.stringify(patch.body), detail: text },
    ]),
  )
  if (next.metadata.name !== previous.metadata.name) {
    throw badRequest(`the name of the object (${next.metadata.name}) does not match the name on the URL (${name})`)
  }
  if (next.metadata.resourceVersion !== undefined) checkPreconditions(kind, next, previous)
  return { object: storeUpdate(core, { kind, previous, next: cloneJson(next), options }), created: false }
}

const unsupportedPatch = generic(
  415,
  'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
)

function patchedScale(kind: ServedKind, previous: KubeObject, patch: PatchRequest): KubeObject {
  const paths = scalePaths(kind, previous.metadata.name ?? '')
  const scale = merged(scaleOf(previous, paths), patch, undefined)
  return withScale(previous, scale, paths)
}

function patched(kind: ServedKind, previous: KubeObject, patch: PatchRequest): KubeObject {
  return merged(previous, patch, kind)
}

function merged(document: KubeObject, patch: PatchRequest, kind: ServedKind | undefined): KubeObject {
  const result = attempt(patch, () => {
    if (patch.type === 'json') return applyJsonPatch(document, operationsOf(patch.body))
    if (!isObject(patch.body)) throw badRequest('a patch must be an object')
    if (patch.type === 'merge') return applyMergePatch(document, patch.body)
    return applyStrategicPatch(document, patch.body, kind?.schema)
  })
  if (!isObject(result)) throw generic(422)
  const metadata = isObject(result.metadata) ? result.metadata : {}
  return { ...result, apiVersion: String(result.apiVersion), kind: String(result.kind), metadata }
}

function attempt<T>(patch: PatchRequest, apply: () => T): T {
  try {
    return apply()
  } catch (error) {
    if (!(error instanceof DriftlessError)) throw error
    throw patch.type === 'json' ? generic(422) : badRequest(messageOf(error))
  }
}

function operationsOf(body: unknown): JsonPatchOperation[] {
  if (!Array.isArray(body)) throw badRequest('json: cannot unmarshal object into Go value of type jsonpatch.Patch')
  return body as JsonPatchOperation[]
}

function decodePatched(object: KubeObject, kind: ServedKind): ReturnType<typeof decodeBody> {
  const apiVersion = formatApiVersion(kind.group, kind.version)
  if (object.kind !== kind.kind || object.apiVersion !== apiVersion) {
    throw undecodable(object, kind.kind, unregistered(object))
  }
  return decodeBody(object, kind)
}
