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
import { goJsonType, printGoValue } from '../status/go-print.ts'
import { badRequest, generic, invalid, notFound, undecodable } from '../status/kube-status.ts'
import { isObject } from '../validation/decode.ts'
import { decodeBody, judgeFaults, unregistered } from './admission.ts'
import { applyObject } from './apply.ts'
import { type ApiCore, read } from './core.ts'
import type { PatchRequest, WriteOptions } from './kube-api.ts'
import { scaleOf, scalePaths, withScale } from './scale.ts'
import type { ServedKind } from './served-kind.ts'
import { checkVersion, storeUpdate } from './update.ts'

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
  const refuse = (text: string) => unfit(patch, object, text)
  const { object: next, faults } = decodePatched(object, kind, refuse)
  judgeFaults([...(options.bodyFaults ?? []), ...faults], options, refuse)
  if ((next.metadata.namespace ?? '') !== (previous.metadata.namespace ?? '')) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  }
  if (next.metadata.name !== previous.metadata.name) {
    throw badRequest(`the name of the object (${next.metadata.name}) does not match the name on the URL (${name})`)
  }
  checkVersion(kind, next, previous)
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
    if (!isObject(patch.body)) {
      const prefix = patch.type === 'merge' ? 'error decoding patch: ' : ''
      const found = goJsonType(patch.body)
      throw badRequest(`${prefix}json: cannot unmarshal ${found} into Go value of type map[string]interface {}`)
    }
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
  if (!Array.isArray(body)) {
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${goJsonType(body)} into Go value of type []handlers.jsonPatchOp`,
    )
  }
  return body as JsonPatchOperation[]
}

/** 422 of a patch whose outcome does not fit the type; quotes the outcome, or a strategic patch itself. */
function unfit(patch: PatchRequest, object: KubeObject, text: string): Error {
  const value = patch.type === 'strategic' ? printGoValue(patch.body) : JSON.stringify(object)
  return invalid({ group: '', kind: '' }, '', [{ field: 'patch', type: 'FieldValueInvalid', value, detail: text }])
}

function decodePatched(
  object: KubeObject,
  kind: ServedKind,
  refuse: (text: string) => Error,
): ReturnType<typeof decodeBody> {
  const apiVersion = formatApiVersion(kind.group, kind.version)
  if (object.kind !== kind.kind || object.apiVersion !== apiVersion) {
    throw undecodable(object, kind.kind, unregistered(object))
  }
  return decodeBody(object, kind, (_, fault) => refuse(fault))
}
