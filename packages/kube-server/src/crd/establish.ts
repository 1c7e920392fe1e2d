import { deepEqual } from '@driftless/kube-objects'
import type { Definition, DefinitionCondition, DefinitionNames, DefinitionStatus } from './definition.ts'

/** Keeps a CRD until its instances are gone. */
export const cleanupFinalizer = 'customresourcecleanup.apiextensions.k8s.io'

/** The definition with the conditions its names deserve among the others; the same value when they are there already. */
export function establish(definition: Definition, all: readonly Definition[], now: string): Definition {
  const others = all.filter(
    (other) => other.spec.group === definition.spec.group && other.metadata.name !== definition.metadata.name,
  )
  const conflicts = nameConflicts(
    definition.spec.names,
    others.map((other) => other.status?.acceptedNames ?? { plural: '', kind: '' }),
  )
  const wanted = conflicts === undefined ? accepted : refused(conflicts)
  const before = definition.status?.conditions ?? []
  const established = before.some((found) => found.type === 'Established' && found.status === 'True')
  const conditions = wanted
    // Once established, a kind stays so: instances may exist.
    .filter((condition) => !(condition.type === 'Established' && established))
    .map((condition) => withTime(condition, before, now))
  if (definition.metadata.deletionTimestamp !== undefined) conditions.push(withTime(terminating, before, now))
  const untouched = before.filter((found) => !conditions.some((condition) => condition.type === found.type))
  const status: DefinitionStatus = {
    ...definition.status,
    conditions: sortLike(before, [...untouched, ...conditions]),
    acceptedNames:
      conflicts === undefined ? definition.spec.names : (definition.status?.acceptedNames ?? { plural: '', kind: '' }),
  }
  return deepEqual(status, definition.status) ? definition : { ...definition, status }
}

type Wanted = Omit<DefinitionCondition, 'lastTransitionTime'>

const accepted: readonly Wanted[] = [
  { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' },
  {
    type: 'Established',
    status: 'True',
    reason: 'InitialNamesAccepted',
    message: 'the initial names have been accepted',
  },
]

const terminating: Wanted = {
  type: 'Terminating',
  status: 'True',
  reason: 'InstanceDeletionInProgress',
  message: 'CustomResource deletion is in progress',
}

function refused(conflict: { reason: string; message: string }): readonly Wanted[] {
  return [
    { type: 'NamesAccepted', status: 'False', ...conflict },
    { type: 'Established', status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' },
  ]
}

function nameConflicts(
  names: DefinitionNames,
  others: readonly DefinitionNames[],
): { reason: string; message: string } | undefined {
  const taken = new Set(others.flatMap((other) => [other.plural, other.singular, ...(other.shortNames ?? [])]))
  const takenKinds = new Set(others.flatMap((other) => [other.kind, other.listKind]))
  const found = (reason: string, name: string) => ({ reason, message: `${JSON.stringify(name)} is already in use` })
  if (taken.has(names.plural)) return found('PluralConflict', names.plural)
  if (names.singular !== undefined && taken.has(names.singular)) return found('SingularConflict', names.singular)
  for (const name of names.shortNames ?? []) if (taken.has(name)) return found('ShortNamesConflict', name)
  if (takenKinds.has(names.kind)) return found('KindConflict', names.kind)
  if (names.listKind !== undefined && takenKinds.has(names.listKind)) return found('ListKindConflict', names.listKind)
  return undefined
}

function withTime(condition: Wanted, before: readonly DefinitionCondition[], now: string): DefinitionCondition {
  const old = before.find((found) => found.type === condition.type)
  return { lastTransitionTime: old?.status === condition.status ? old.lastTransitionTime : now, ...condition }
}

function sortLike(before: readonly DefinitionCondition[], conditions: DefinitionCondition[]): DefinitionCondition[] {
  const rank = (type: string) => {
    const at = before.findIndex((found) => found.type === type)
    return at < 0 ? before.length : at
  }
  return conditions.toSorted((a, b) => rank(a.type) - rank(b.type))
}
