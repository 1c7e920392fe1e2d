import { cloneJson, type ApplyConflict, formatApiVersion, type KubeObject, serverSideApply } from '@driftless/kube-objects'
import { badRequest, conflict, KubeStatusError, notFound, unclassified } from '../status/kube-status.ts'
import { isObject } from '../validation/decode.ts'
import { decodeBody } from './admission.ts'
import { type ApiCore, read, timestamp } from './core.ts'
import { insertObject } from './create.ts'
import type { PatchRequest, WriteOptions } from './kube-api.ts'
import { defaultManager } from './managed-fields.ts'
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
  const result = serverSideApply({
    live,
    applied,
    manager: options.manager ?? defaultManager,
    time: timestamp(core.clock),
    schema: kind.schema,
    ...(options.force === undefined ? {} : { force: options.force }),
    ...(options.subresource === undefined ? {} : { subresource: options.subresource }),
    ...(kind.strategy.defaults === undefined ? {} : { defaults: kind.strategy.defaults }),
  })
  if (result.conflicts.length > 0) throw applyConflict(result.conflicts)
  const next = cloneJson(result.object)
  if (live === undefined) return { object: insertObject(core, kind, next, { ...options, applied: true }), created: true }
  return { object: storeUpdate(core, { kind, previous: live, next, options, applied: true }), created: false }
}

function appliedBody(
  kind: ServedKind,
  { namespace, name, patch, options }: { namespace: string; name: string; patch: PatchRequest; options: WriteOptions },
): KubeObject {
  if (!isObject(patch.body)) throw badRequest('error decoding YAML: the body is not an object')
  const { object, faults } = decodeBody(patch.body, kind)
  if (faults.length > 0) {
    const [first = ''] = faults
    const path = first.replace(/^unknown field "(.*)"$/, '.$1')
    throw unclassified(
      `failed to create typed patch object (${kind.namespaced ? `${namespace}/` : '/'}${name}; ${formatApiVersion(kind.group, kind.version)}, Kind=${kind.kind}): ${path}: field not declared in schema`,
    )
  }
  if (object.metadata.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil')
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
    const identity = { name: metadata.name, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }) }
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
      throw conflict(kind, name, `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`)
    }
    if (resourceVersion !== undefined) throw unclassified('resourceVersion should not be set on objects to be created')
    return
  }
  if (uid !== undefined && uid !== live.metadata.uid) {
    throw conflict(kind, name, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid}`)
  }
  if (resourceVersion !== undefined && resourceVersion !== live.metadata.resourceVersion) throw conflict(kind, name, staleVersion)
}

function applyConflict(conflicts: readonly ApplyConflict[]): KubeStatusError {
  const causes = conflicts.map((found) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${managerText(found)}`,
    field: found.field,
  }))
  return new KubeStatusError({ code: 409, reason: 'Conflict', message: conflictMessage(conflicts), details: { causes } })
}

function conflictMessage(conflicts: readonly ApplyConflict[]): string {
  const [only] = conflicts
  if (conflicts.length === 1 && only !== undefined) {
    return `Apply failed with 1 conflict: conflict with ${managerText(only)}: ${only.field}`
  }
  const byManager = Map.groupBy(conflicts, managerText)
  const lines = [...byManager.keys()].sort().flatMap((manager) => [
    `conflicts with ${manager}:`,
    ...(byManager.get(manager) ?? []).map((found) => `- ${found.field}`),
  ])
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`
}

function managerText(found: ApplyConflict): string {
  return JSON.stringify(found.manager)
}
