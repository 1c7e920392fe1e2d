import type { ObservedState } from '@driftless/applications'
import { canonicalJson } from '@driftless/kube-objects'
import type { ResourceStatus } from '@driftless/model'
import type { Transaction } from '../database.ts'
import { optionalJsonColumn } from '../json-column.ts'

/** The columns of an application row that the loop observes, but the two times that move without anything having changed. */
export function stateColumns(state: ObservedState) {
  return {
    sync: state.sync,
    revisions: [...state.revisions],
    comparedTo: optionalJsonColumn(state.comparedTo),
    health: state.health,
    healthMessage: state.healthMessage ?? null,
    healthSince: new Date(state.healthSince),
    sourceTypes: [...state.sourceTypes],
    images: [...state.images],
    externalUrls: [...state.externalUrls],
    commitMessage: state.commitMessage ?? null,
    commitAuthor: state.commitAuthor ?? null,
    conditionCount: state.conditions.length,
  }
}

/** The times of an observation. */
export function stateTimes(state: ObservedState) {
  return {
    reconciledAt: new Date(state.reconciledAt),
    observedAt: state.observedAt === undefined ? null : new Date(state.observedAt),
  }
}

/** True when two observations differ in more than their times. */
export function statesDiffer(before: ObservedState | undefined, after: ObservedState): boolean {
  if (before === undefined) return true
  const comparable = (state: ObservedState) =>
    canonicalJson({
      ...state,
      healthSince: new Date(state.healthSince).toISOString(),
      resources: dedupe(state.resources).map(comparableResource),
      reconciledAt: undefined,
      observedAt: undefined,
    })
  return comparable(before) !== comparable(after)
}

/** Brings the rows of managed resources to `after`, touching only those that changed. */
export async function writeResources(
  transaction: Transaction,
  applicationId: string,
  change: { before: readonly ResourceStatus[]; after: readonly ResourceStatus[] },
): Promise<void> {
  const entries = dedupe(change.after)
  const textOf = (resource: ResourceStatus, position: number) => canonicalJson([position, comparableResource(resource)])
  const known = new Map(change.before.map((resource, position) => [keyOf(resource), textOf(resource, position)]))
  const changed = entries.filter((resource, position) => known.get(keyOf(resource)) !== textOf(resource, position))
  const wanted = new Set(entries.map(keyOf))
  const removed = change.before.filter((resource) => !wanted.has(keyOf(resource)))
  const stale = [...removed, ...changed.filter((resource) => known.has(keyOf(resource)))]
  for (let start = 0; start < stale.length; start += 200) {
    await transaction.applicationResource.deleteMany({
      where: { applicationId, OR: stale.slice(start, start + 200).map(identity) },
    })
  }
  const positions = new Map(entries.map((resource, position) => [keyOf(resource), position]))
  if (changed.length > 0) {
    await transaction.applicationResource.createMany({
      data: changed.map((resource) => ({
        applicationId,
        ...identity(resource),
        position: positions.get(keyOf(resource)) ?? 0,
        version: resource.version ?? null,
        sync: resource.status ?? null,
        health: optionalJsonColumn(resource.health),
        hook: resource.hook ?? null,
        requiresPruning: resource.requiresPruning ?? null,
        requiresDeletionConfirmation: resource.requiresDeletionConfirmation ?? null,
        syncWave: resource.syncWave ?? null,
      })),
    })
  }
}

/** Replaces the conditions when they changed. */
export async function writeConditions(
  transaction: Transaction,
  applicationId: string,
  change: { before: ObservedState['conditions']; after: ObservedState['conditions'] },
): Promise<void> {
  if (canonicalJson(change.before) === canonicalJson(change.after)) return
  await transaction.applicationCondition.deleteMany({ where: { applicationId } })
  await transaction.applicationCondition.createMany({
    data: change.after.map((condition, position) => ({ applicationId, position, ...condition })),
  })
}

function identity(resource: ResourceStatus) {
  return { group: resource.group ?? '', kind: resource.kind, namespace: resource.namespace ?? '', name: resource.name }
}

function keyOf(resource: ResourceStatus): string {
  return `${resource.group ?? ''}/${resource.kind} ${resource.namespace ?? ''}/${resource.name}`
}

function comparableResource(resource: ResourceStatus): unknown {
  return { ...resource, ...identity(resource) }
}

/** The last of several entries for one object counts. */
function dedupe(resources: readonly ResourceStatus[]): ResourceStatus[] {
  return [...new Map(resources.map((resource) => [keyOf(resource), resource])).values()]
}
