import type { KubeObject, ManagedFieldsEntry } from '../object.ts'
import { gvkOf } from '../object.ts'
import { hasStatusSubresource } from '../schema/builtin.ts'
import type { TypeSchema } from '../schema/type-schema.ts'
import { zeroForm } from '../schema/wire-form.ts'
import { type Comparison, compareTyped } from './compare.ts'
import { difference, type FieldSet, intersection, isEmptySet, union, withoutSubtrees } from './field-set.ts'
import {
  capUpdateManagers,
  identityOf,
  type Manager,
  type Managers,
  readManagers,
  stripServerFields,
  writeManagers,
} from './managers.ts'
import { reconcileWithSchema } from './remove.ts'

/** A write other than apply. */
export interface UpdateRequest {
  /** Undefined for a create. */
  before: KubeObject | undefined
  after: KubeObject
  manager: string
  subresource?: string
  /** RFC 3339. */
  time: string
  schema: TypeSchema | undefined
  /**
   * Top-level fields that this endpoint sets back and nobody can own through it. By default `status` for built-in kinds with
   * a status subresource, and `spec` for the status subresource.
   */
  resetFields?: readonly string[]
}

/** managedFields after a write other than apply (POST, PUT, PATCH) by `manager`. */
export function updateManagedFields(request: UpdateRequest): ManagedFieldsEntry[] {
  const { before, after } = request
  const own = after.metadata?.managedFields
  // An empty list, or a list with one empty entry, is the way to drop all tracking.
  if (isReset(own)) return []
  const entries = Array.isArray(own) && own.length > 0 && !request.subresource ? own : before?.metadata?.managedFields
  const managers = readManagers(entries)
  if (managers.size === 0 && before !== undefined) return []
  recordUpdate(managers, request)
  return writeManagers(managers)
}

/** Notes in `managers` who owns what after an update. */
export function recordUpdate(managers: Managers, request: UpdateRequest): void {
  const { before, after, schema } = request
  const reset = resetFieldsOf(request)
  const compared = compareTyped(
    withoutManagedFields(before ?? emptyObject(after, schema)),
    withoutManagedFields(after),
    schema,
  )
  const comparison = withoutReset(compared, reset)
  reconcile(managers, schema)
  takeOver(managers, comparison, undefined)
  const set = stripServerFields(union(comparison.added, comparison.modified))
  const manager: Manager = {
    manager: request.manager,
    operation: 'Update',
    apiVersion: after.apiVersion,
    subresource: request.subresource ?? '',
    time: request.time,
    set,
  }
  if (!isEmptySet(set)) {
    const identity = identityOf(manager)
    const previous = managers.get(identity)
    managers.set(identity, previous ? { ...manager, set: union(set, previous.set) } : manager)
  }
  capUpdateManagers(managers)
}

/** Takes what changed from all managers but `self`. */
export function takeOver(managers: Managers, comparison: Comparison, self: string | undefined): void {
  const changed = union(comparison.added, comparison.modified)
  for (const [identity, manager] of managers) {
    if (identity === self) continue
    const set = difference(difference(manager.set, changed), comparison.removed)
    if (isEmptySet(set)) managers.delete(identity)
    else managers.set(identity, { ...manager, set })
  }
}

/** What each manager but `self` owns and the comparison changes. */
export function conflictsOf(managers: Managers, comparison: Comparison, self: string): Map<string, FieldSet> {
  const changed = union(comparison.added, comparison.modified)
  const conflicts = new Map<string, FieldSet>()
  for (const [identity, manager] of managers) {
    if (identity === self) continue
    const set = intersection(manager.set, changed)
    if (!isEmptySet(set)) conflicts.set(identity, set)
  }
  return conflicts
}

/** Brings the managers' paths in line with the schema of today. */
export function reconcile(managers: Managers, schema: TypeSchema | undefined): void {
  for (const [identity, manager] of managers) {
    managers.set(identity, { ...manager, set: reconcileWithSchema(manager.set, schema) })
  }
}

/** The object without managedFields, which never own themselves. */
export function withoutManagedFields(object: KubeObject): KubeObject {
  if (object.metadata?.managedFields === undefined) return object
  const { managedFields: _managedFields, ...metadata } = object.metadata
  return { ...object, metadata }
}

/** What the server holds of an object before it exists. */
export function emptyObject(like: KubeObject, schema: TypeSchema | undefined): KubeObject {
  const zero = schema === undefined ? {} : (zeroForm(schema) as object)
  return { ...zero, apiVersion: like.apiVersion, kind: like.kind } as KubeObject
}

/** The fields an endpoint sets back. */
export function resetFieldsOf(request: {
  after: KubeObject
  subresource?: string
  resetFields?: readonly string[]
}): string[] {
  if (request.resetFields) return [...request.resetFields]
  if (request.subresource === 'status') return ['spec']
  return !request.subresource && hasStatusSubresource(gvkOf(request.after)) ? ['status'] : []
}

/** A set without the fields an endpoint sets back. */
export function withoutResetFields(set: FieldSet, reset: readonly string[]): FieldSet {
  return withoutSubtrees(
    set,
    reset.map((name) => [`f:${name}`]),
  )
}

/** A comparison without the fields an endpoint sets back. */
export function withoutReset(comparison: Comparison, reset: readonly string[]): Comparison {
  return {
    added: withoutResetFields(comparison.added, reset),
    modified: withoutResetFields(comparison.modified, reset),
    removed: withoutResetFields(comparison.removed, reset),
  }
}

function isReset(entries: unknown): boolean {
  if (!Array.isArray(entries)) return false
  if (entries.length === 0) return true
  return entries.length === 1 && Object.keys(entries[0] ?? {}).length === 0
}
