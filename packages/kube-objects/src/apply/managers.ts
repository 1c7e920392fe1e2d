import type { ManagedFieldsEntry } from '../object.ts'
import {
  emptySet,
  type FieldSet,
  isEmptySet,
  readFieldsV1,
  union,
  withoutSubtrees,
  writeFieldsV1,
} from './field-set.ts'

/** Who owns fields: one entry of managedFields without its fields. */
export interface Manager {
  manager: string
  operation: 'Apply' | 'Update'
  /** The version the fields were written in. */
  apiVersion: string
  subresource: string
  time: string | undefined
  set: FieldSet
}

/** Managers by identity; entries of the same identity are one. */
export type Managers = Map<string, Manager>

/** Fields that the server owns whoever writes them. */
const strippedPaths = [
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata', 'f:name'],
  ['f:metadata', 'f:namespace'],
  ['f:metadata', 'f:creationTimestamp'],
  ['f:metadata', 'f:selfLink'],
  ['f:metadata', 'f:uid'],
  ['f:metadata', 'f:clusterName'],
  ['f:metadata', 'f:generation'],
  ['f:metadata', 'f:managedFields'],
  ['f:metadata', 'f:resourceVersion'],
]

/** How many managers that update may be listed before the oldest become one. */
const updateManagerLimit = 10
const oldUpdates = 'ancient-changes'

/** The identity of a manager; appliers are the same whatever version they apply. */
export function identityOf(manager: Pick<Manager, 'manager' | 'operation' | 'apiVersion' | 'subresource'>): string {
  const { manager: name, operation, apiVersion, subresource } = manager
  // The order of the fields matters: conflicts are listed in the order of identities.
  return JSON.stringify({
    manager: name,
    operation,
    apiVersion: operation === 'Update' ? apiVersion : undefined,
    subresource: subresource === '' ? undefined : subresource,
  })
}

/** Reads managedFields. */
export function readManagers(entries: readonly ManagedFieldsEntry[] | undefined): Managers {
  const managers: Managers = new Map()
  if (!Array.isArray(entries)) return managers
  for (const entry of entries) {
    const manager: Manager = {
      manager: entry.manager ?? 'unknown',
      operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
      apiVersion: entry.apiVersion ?? '',
      subresource: entry.subresource ?? '',
      time: entry.time,
      set: readFieldsV1(entry.fieldsV1),
    }
    const identity = identityOf(manager)
    const same = managers.get(identity)
    managers.set(identity, same ? { ...manager, set: union(same.set, manager.set) } : manager)
  }
  return managers
}

/** Writes managedFields, sorted as the API server sorts them. */
export function writeManagers(managers: Managers): ManagedFieldsEntry[] {
  return [...managers.values()]
    .filter(({ set }) => !isEmptySet(set))
    .sort(compareManagers)
    .map(({ manager, operation, apiVersion, subresource, time, set }) => ({
      manager,
      operation,
      apiVersion,
      ...(time === undefined ? {} : { time }),
      fieldsType: 'FieldsV1',
      fieldsV1: writeFieldsV1(set),
      ...(subresource === '' ? {} : { subresource }),
    }))
}

/** Without the fields that the server owns. */
export function stripServerFields(set: FieldSet): FieldSet {
  const stripped = withoutSubtrees(set, strippedPaths)
  // The mere presence of metadata belongs to nobody.
  const metadata = stripped.children.get('f:metadata')
  if (!metadata?.member) return stripped
  const children = new Map(stripped.children)
  if (metadata.children.size === 0) children.delete('f:metadata')
  else children.set('f:metadata', { member: false, children: metadata.children })
  return { member: stripped.member, children }
}

/** Merges the oldest updaters into one entry a version when there are too many. */
export function capUpdateManagers(managers: Managers): void {
  const updaters = [...managers.entries()].filter(([, manager]) => manager.operation === 'Update')
  let count = updaters.length
  if (count <= updateManagerLimit) return
  updaters.sort(([a, left], [b, right]) => seconds(left) - seconds(right) || (a < b ? -1 : 1))
  const firsts = new Map<string, string>()
  for (const [identity, manager] of updaters) {
    if (count <= updateManagerLimit) return
    const first = firsts.get(manager.apiVersion)
    if (first === undefined) {
      firsts.set(manager.apiVersion, identity)
      continue
    }
    const bucket: Manager = { ...manager, manager: oldUpdates, subresource: '', set: emptySet() }
    const bucketIdentity = identityOf(bucket)
    const existing = managers.get(bucketIdentity)?.set ?? managers.get(first)?.set ?? emptySet()
    if (!managers.has(bucketIdentity)) managers.delete(first)
    managers.delete(identity)
    managers.set(bucketIdentity, { ...bucket, set: union(existing, manager.set) })
    count--
  }
}

function compareManagers(a: Manager, b: Manager): number {
  return (
    compareText(a.operation, b.operation) ||
    seconds(a) - seconds(b) ||
    compareText(a.manager, b.manager) ||
    compareText(a.apiVersion, b.apiVersion) ||
    compareText(a.subresource, b.subresource)
  )
}

function seconds(manager: Manager): number {
  const instant = manager.time === undefined ? 0 : Math.floor(Date.parse(manager.time) / 1000)
  return Number.isNaN(instant) ? 0 : instant
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
