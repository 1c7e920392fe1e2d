import { DriftlessError } from '@driftless/foundation'
import {
  type ApplyConflict,
  ApplyErrors,
  type ApplyRequest,
  type ApplyResult,
  cloneJson,
  conflictCauses,
  conflictMessage,
  formatApiVersion,
  type KubeObject,
  parseApiVersion,
  serverSideApply,
} from '@driftless/kube-objects'
import { badRequest, conflict, KubeStatusError, notFound, unclassified } from '../status/kube-status.ts'
import { isObject } from '../validation/decode.ts'
import { decodeBody } from './admission.ts'
import { type ApiCore, read, timestamp } from './core.ts'
import { insertObject } from './create.ts'
import type { PatchRequest, WriteOptions } from './kube-api.ts'
import { defaultManager, resetFields } from './managed-fields.ts'
import type { ServedKind } from './served-kind.ts'
import { staleVersion, storeUpdate } from './update.ts'

/** Server-side apply: creates when there is nothing, and throws 409 with one cause a conflict otherwise. */
export function applyObject(
  core: ApiCore,
  kind: ServedKind,
  request: { namespace: string; name: string; patch: PatchRequest; options: WriteOptions },
): { object: KubeObject; created: boolean } {
  const { namespace, name, options } = request
  const live = read(core, kind, namespace, name)
  const applied = appliedBody(kind, request)
  if (live === undefined && options.subresource !== undefined) throw notFound(kind, name)
  checkAppliedVersion(kind, applied, live)
  const result = merge({
    live,
    applied,
    manager: options.manager ?? defaultManager,
    time: timestamp(core.clock),
    schema: kind.schema,
    ...(options.force === undefined ? {} : { force: options.force }),
    ...(options.subresource === undefined ? {} : { subresource: options.subresource }),
    ...(kind.strategy.defaults === undefined ? {} : { defaults: kind.strategy.defaults }),
    ...resetFields(kind, options.subresource),
  })
  if (result.conflicts.length > 0) throw applyConflict(result.conflicts)
  const next = cloneJson(decodeBody(result.object, kind).object)
  if (live === undefined)
    return { object: insertObject(core, kind, next, { ...options, applied: true }), created: true }
  return { object: storeUpdate(core, { kind, previous: live, next, options, applied: true }), created: false }
}

function appliedBody(
  kind: ServedKind,
  { namespace, name, patch, options }: { namespace: string; name: string; patch: PatchRequest; options: WriteOptions },
): KubeObject {
  if (!isObject(patch.body)) throw badRequest('error decoding YAML: the body is not an object')
  const { apiVersion, kind: kindName } = patch.body
  if (apiVersion !== formatApiVersion(kind.group, kind.version) || kindName !== kind.kind) {
    const { group, version } = parseApiVersion(String(apiVersion ?? ''))
    throw badRequest(`invalid object type: ${group}/${version}, Kind=${String(kindName ?? '')}`)
  }
  const object: KubeObject = {
    ...patch.body,
    apiVersion,
    kind: kindName,
    metadata: isObject(patch.body.metadata) ? patch.body.metadata : {},
  }
  if (object.metadata.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil')
  const own = object.metadata.namespace ?? ''
  if (kind.namespaced && own !== '' && own !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  }
  if (object.metadata.name !== undefined && object.metadata.name !== name) {
    throw badRequest(`the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`)
  }
  const metadata = { ...object.metadata, name, ...(kind.namespaced ? { namespace } : {}) }
  return ownedPart(kind, { ...object, metadata }, options.subresource)
}

/** The main resource does not own the status where it is a subresource, and the status owns nothing else. */
function ownedPart(kind: ServedKind, object: KubeObject, subresource: string | undefined): KubeObject {
  if (subresource === 'status') {
    const { apiVersion, kind: name, metadata, status } = object
    const identity = {
      name: metadata.name,
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
    }
    return { apiVersion, kind: name, metadata: identity, ...(status === undefined ? {} : { status }) }
  }
  if (kind.subresources.status !== true) return object
  const { status: _, ...rest } = object
  return rest as KubeObject
}

function checkAppliedVersion(kind: ServedKind, applied: KubeObject, live: KubeObject | undefined): void {
  const { resourceVersion, uid, name = '' } = applied.metadata
  if (live === undefined) {
    if (uid !== undefined) {
      throw conflict(
        kind,
        name,
        `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
      )
    }
    if (resourceVersion !== undefined) throw unclassified('resourceVersion should not be set on objects to be created')
    return
  }
  if (uid !== undefined && uid !== live.metadata.uid) {
    throw conflict(
      kind,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid}`,
    )
  }
  if (resourceVersion !== undefined && resourceVersion !== live.metadata.resourceVersion)
    throw conflict(kind, name, staleVersion)
}

/** The merge; what the type cannot hold is refused in the server's words. */
function merge(request: ApplyRequest): ApplyResult {
  try {
    return serverSideApply(request)
  } catch (error) {
    if (!(error instanceof DriftlessError) || error.code !== ApplyErrors.INVALID.code) throw error
    throw error.message.startsWith('failed to create') ? unclassified(error.message) : badRequest(error.message)
  }
}

function applyConflict(conflicts: readonly ApplyConflict[]): KubeStatusError {
  return new KubeStatusError({
    code: 409,
    reason: 'Conflict',
    message: conflictMessage(conflicts),
    details: { causes: conflictCauses(conflicts) },
  })
}
