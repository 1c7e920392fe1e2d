import { cloneJson, deepEqual } from '../json/values.ts'
import type { KubeObject, ManagedFieldsEntry } from '../object.ts'
import type { TypeSchema } from '../schema/type-schema.ts'
import { compareTyped } from './compare.ts'
import { type ApplyConflict, listConflicts } from './conflict.ts'
import { difference, emptySet, type FieldSet, intersection, isEmptySet, union } from './field-set.ts'
import { fieldSetOf } from './field-set-of.ts'
import { allowedByLastApplied, syncLastApplied } from './last-applied.ts'
import { identityOf, type Manager, type Managers, readManagers, stripServerFields, writeManagers } from './managers.ts'
import { mergeTyped } from './merge.ts'
import { removeFields, withNamedFields } from './remove.ts'
import {
  conflictsOf,
  emptyObject,
  reconcile,
  recordUpdate,
  resetFieldsOf,
  takeOver,
  withoutManagedFields,
  withoutReset,
  withoutResetFields,
} from './update.ts'
import { validateApplied } from './validate-applied.ts'

/** A server-side apply. */
export interface ApplyRequest {
  /** Undefined for a create. */
  live: KubeObject | undefined
  applied: KubeObject
  manager: string
  /** Takes over fields that others own. */
  force?: boolean
  subresource?: string
  /** RFC 3339. */
  time: string
  schema: TypeSchema | undefined
  /** Fills in defaults after the merge. */
  defaults?: (object: KubeObject) => KubeObject
  /** See {@link UpdateRequest}. */
  resetFields?: readonly string[]
}

/** What a server-side apply comes to. */
export interface ApplyResult {
  /** The merged object with managedFields; with conflicts, the live one. */
  object: KubeObject
  /** When not empty, the object must not be stored. */
  conflicts: ApplyConflict[]
  /** Whether anything differs from the live object, times of managedFields aside. */
  changed: boolean
}

/** Owner of everything an object held before its fields were tracked. */
const beforeFirstApply = 'before-first-apply'

/**
 * Applies a configuration as the API server does for `application/apply-patch+yaml`.
 * Throws `APPLY_INVALID` when the type cannot hold the configuration.
 */
export function serverSideApply(request: ApplyRequest): ApplyResult {
  const { live, applied, schema } = request
  validateApplied(applied, schema)
  const base = live ? withoutManagedFields(live) : emptyObject(applied, schema)
  const managers = readManagers(live?.metadata?.managedFields)
  if (managers.size === 0 && live) {
    recordUpdate(managers, { ...request, before: undefined, after: base, manager: beforeFirstApply })
  }
  reconcile(managers, schema)
  const outcome = apply(request, base, managers)
  if (outcome.conflicts.length > 0)
    return { object: cloneJson(live ?? applied), conflicts: outcome.conflicts, changed: false }
  return finish(request, outcome)
}

interface Outcome {
  conflicts: ApplyConflict[]
  managers: Managers
  /** Undefined when the object stays as it is. */
  merged: KubeObject | undefined
  self: string
}

function apply(request: ApplyRequest, base: KubeObject, managers: Managers): Outcome {
  const { applied, schema } = request
  const reset = resetFieldsOf({ ...request, after: applied })
  const self: Manager = {
    manager: request.manager,
    operation: 'Apply',
    apiVersion: applied.apiVersion,
    subresource: request.subresource ?? '',
    time: undefined,
    set: withoutResetFields(fieldSetOf(applied, schema), reset),
  }
  const identity = identityOf(self)
  const last = managers.get(identity)
  self.time = last?.time
  managers.set(identity, self)
  const laid = mergeTyped(base, applied, schema)
  const merged = prune(laid, { managers, self, last: last?.set, schema }) as KubeObject
  const comparison = withoutReset(compareTyped(base, merged, schema), reset)
  const found = conflictsOf(managers, comparison, identity)
  const blocking = request.force ? new Map<string, FieldSet>() : blockingConflicts(request, found)
  if (blocking.size > 0)
    return { conflicts: listConflicts(managers, blocking), managers, merged: undefined, self: identity }
  takeOver(managers, comparison, identity)
  managers.set(identity, { ...self, set: stripServerFields(self.set) })
  return { conflicts: [], managers, merged: deepEqual(base, merged) ? undefined : merged, self: identity }
}

/** kubectl may take over what its own client-side apply put there. */
function blockingConflicts(request: ApplyRequest, found: Map<string, FieldSet>): Map<string, FieldSet> {
  if (request.manager !== 'kubectl' || !request.live || found.size === 0) return found
  const allowed = allowedByLastApplied(request.live, request.schema)
  const blocking = new Map<string, FieldSet>()
  for (const [identity, set] of found) {
    const rest = difference(set, allowed)
    if (!isEmptySet(rest)) blocking.set(identity, rest)
  }
  return blocking
}

function finish(request: ApplyRequest, outcome: Outcome): ApplyResult {
  const { live, applied } = request
  const { managers, merged, self } = outcome
  const manager = managers.get(self)
  // The time of an entry says when its manager last changed the object, not when it last applied.
  if (manager && (merged !== undefined || !live)) managers.set(self, { ...manager, time: request.time })
  let object = cloneJson(merged ?? (live ? withoutManagedFields(live) : applied))
  if (merged !== undefined || !live) object = request.defaults?.(object) ?? object
  if (request.manager === 'kubectl') object = syncLastApplied(object, applied)
  const managedFields = writeManagers(managers)
  const result: KubeObject = { ...object, metadata: { ...object.metadata, managedFields } }
  if (managedFields.length === 0) delete result.metadata.managedFields
  const changed = !live || !deepEqual(withoutTimes(live), withoutTimes(result))
  return { object: changed ? result : cloneJson(live), conflicts: [], changed }
}

interface PruneContext {
  managers: Managers
  self: Manager
  /** What the manager applied last time. */
  last: FieldSet | undefined
  schema: TypeSchema | undefined
}

/** Takes away what the manager applied last time, does not apply any more, and nobody else owns. */
function prune(merged: unknown, context: PruneContext): unknown {
  const { last, schema } = context
  if (last === undefined || isEmptySet(difference(last, context.self.set))) return merged
  const pruned = removeFields(merged, withNamedFields(last, schema), schema)
  const mergedSet = withNamedFields(fieldSetOf(merged, schema), schema)
  const kept = addBackOwned(merged, pruned, { ...context, mergedSet })
  // What the last configuration did not hold stays, whoever owns it.
  const keptSet = withNamedFields(fieldSetOf(kept, schema), schema)
  const gone = intersection(difference(mergedSet, keptSet), withNamedFields(last, schema))
  return removeFields(merged, gone, schema)
}

function addBackOwned(merged: unknown, pruned: unknown, context: PruneContext & { mergedSet: FieldSet }): unknown {
  const { schema, managers, mergedSet } = context
  let owned = emptySet()
  for (const manager of managers.values()) owned = union(owned, manager.set)
  const prunedSet = withNamedFields(fieldSetOf(pruned, schema), schema)
  return removeFields(merged, difference(mergedSet, union(prunedSet, withNamedFields(owned, schema))), schema)
}

function withoutTimes(object: KubeObject): KubeObject {
  const entries = object.metadata?.managedFields
  if (!Array.isArray(entries)) return object
  const managedFields = entries.map(({ time: _time, ...entry }: ManagedFieldsEntry) => entry)
  return { ...object, metadata: { ...object.metadata, managedFields } }
}
