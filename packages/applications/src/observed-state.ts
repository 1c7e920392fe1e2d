import type { LiveCluster, LiveObject } from '@driftless/cluster'
import { messageOf } from '@driftless/foundation'
import type { ApplicationCondition, ConditionType, HealthStatusCode, SyncStatusCode } from '@driftless/model'
import { assessApplication, resourceStatuses } from './application-health.ts'
import type { ComparedObject } from './comparison.ts'
import type { LiveColumns } from './live-columns.ts'
import type { ApplicationRecord, ObservedState } from './ports/application-store.ts'
import type { Snapshot } from './snapshot.ts'

/** Conditions that a comparison decides anew each time; the others stay until their own cause changes. */
const comparisonConditions: readonly ConditionType[] = [
  'ComparisonError',
  'InvalidSpecError',
  'UnknownError',
  'SharedResourceWarning',
  'RepeatedResourceWarning',
  'ExcludedResourceWarning',
  'OrphanedResourceWarning',
]

export interface CommitSummary {
  readonly message: string
  readonly author: string
}

/** The state that a snapshot shows. */
export function stateOf(
  app: ApplicationRecord,
  snapshot: Snapshot,
  at: { now: string; commit: CommitSummary | undefined },
): ObservedState {
  const health = assessApplication(snapshot.compared)
  const live = snapshot.compared.flatMap((object) => (object.live === undefined ? [] : [object.live]))
  const family = [...descendants(live, snapshot.cluster)]
  return {
    sync: syncStatusOf(snapshot.compared),
    revisions: snapshot.revisions,
    comparedTo: comparedToOf(app),
    health: health.status,
    healthMessage: health.message || undefined,
    healthSince: healthSince(app, health.status, at.now),
    resources: resourceStatuses(snapshot.compared),
    conditions: mergeConditions(app, snapshot.conditions, at.now),
    sourceTypes: snapshot.sourceTypes,
    images: sortedSet(runningImages(live, family)),
    externalUrls: sortedSet(family.flatMap(({ columns }) => columns.networkingInfo?.externalURLs ?? [])),
    reconciledAt: at.now,
    observedAt: snapshot.observedAt,
    commitMessage: at.commit?.message,
    commitAuthor: at.commit?.author,
  }
}

/** The state after a failure: unknown, with the reason, and with what was last seen kept beside its age (never green). */
export function unknownState(app: ApplicationRecord, failure: unknown, now: string): ObservedState {
  const known = app.state
  const condition: ApplicationCondition = { type: conditionFor(failure), message: failureMessage(failure) }
  return {
    sync: 'Unknown',
    revisions: known?.revisions ?? [],
    comparedTo: comparedToOf(app),
    health: 'Unknown',
    healthMessage: failureMessage(failure),
    healthSince: healthSince(app, 'Unknown', now),
    resources: (known?.resources ?? []).map((resource) =>
      resource.hook === true ? resource : { ...resource, status: 'Unknown' },
    ),
    conditions: mergeConditions(app, [condition], now),
    sourceTypes: known?.sourceTypes ?? [],
    images: known?.images ?? [],
    externalUrls: known?.externalUrls ?? [],
    reconciledAt: now,
    observedAt: known?.observedAt,
    commitMessage: known?.commitMessage,
    commitAuthor: known?.commitAuthor,
  }
}

/** Adds or replaces one condition that is not the comparison's to decide; undefined removes the type. */
export function withCondition(
  state: ObservedState,
  type: ConditionType,
  condition: ApplicationCondition | undefined,
  now: string,
): ObservedState {
  const others = state.conditions.filter((known) => known.type !== type)
  const same = state.conditions.find((known) => known.type === type && known.message === condition?.message)
  if (condition === undefined)
    return others.length === state.conditions.length ? state : { ...state, conditions: others }
  return { ...state, conditions: sortConditions([...others, same ?? { ...condition, lastTransitionTime: now }]) }
}

/** True when two states say the same, whenever they were observed. */
export function sameState(a: ObservedState | undefined, b: ObservedState): boolean {
  if (a === undefined) return false
  const essence = ({ reconciledAt: _, observedAt: __, ...rest }: ObservedState) => JSON.stringify(rest)
  return essence(a) === essence(b)
}

/** Live objects and everything they own, down the tree. */
export function* descendants(
  roots: readonly LiveObject<LiveColumns>[],
  cluster: LiveCluster<LiveColumns>,
): Generator<LiveObject<LiveColumns>> {
  const seen = new Set<string>()
  const stack = [...roots]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next.uid)) continue
    seen.add(next.uid)
    yield next
    stack.push(...cluster.children(next.uid))
  }
}

/** Images of the pods; of the managed workloads where no pod runs, so that a scaled-down application still names its version. */
function runningImages(
  managed: readonly LiveObject<LiveColumns>[],
  family: readonly LiveObject<LiveColumns>[],
): string[] {
  const pods = family.filter(({ key }) => key.group === '' && key.kind === 'Pod')
  return (pods.length > 0 ? pods : managed).flatMap(({ columns }) => columns.images)
}

function syncStatusOf(compared: readonly ComparedObject[]): SyncStatusCode {
  const counts = compared.filter(({ skipped, hook, extraneousIgnored }) => !skipped && !hook && !extraneousIgnored)
  return counts.every(({ status }) => status === 'Synced') ? 'Synced' : 'OutOfSync'
}

function comparedToOf({ spec }: ApplicationRecord): ObservedState['comparedTo'] {
  return {
    ...(spec.source === undefined ? {} : { source: spec.source }),
    ...(spec.sources === undefined ? {} : { sources: spec.sources }),
    destination: spec.destination,
    ...(spec.ignoreDifferences === undefined ? {} : { ignoreDifferences: spec.ignoreDifferences }),
  }
}

function healthSince(app: ApplicationRecord, health: HealthStatusCode, now: string): string {
  return app.state?.health === health ? app.state.healthSince : now
}

function mergeConditions(
  app: ApplicationRecord,
  evaluated: readonly ApplicationCondition[],
  now: string,
): ApplicationCondition[] {
  const known = app.state?.conditions ?? []
  const kept = known.filter(({ type }) => !comparisonConditions.includes(type))
  const fresh = evaluated.map(
    (condition) =>
      known.find(({ type, message }) => type === condition.type && message === condition.message) ?? {
        ...condition,
        lastTransitionTime: now,
      },
  )
  return sortConditions([...kept, ...fresh])
}

function sortConditions(conditions: ApplicationCondition[]): ApplicationCondition[] {
  return conditions.sort((a, b) => (`${a.type} ${a.message}` < `${b.type} ${b.message}` ? -1 : 1))
}

function conditionFor(failure: unknown): ConditionType {
  const code = (failure as { code?: string }).code ?? ''
  return code === 'APPLICATION_CLUSTER_UNKNOWN' || code === 'APPLICATION_DESTINATION_AMBIGUOUS'
    ? 'InvalidSpecError'
    : 'ComparisonError'
}

function failureMessage(failure: unknown): string {
  const code = (failure as { code?: string }).code ?? ''
  const message = messageOf(failure)
  return code.startsWith('CLUSTER_') || code.startsWith('APPLICATION_')
    ? message
    : `Failed to load target state: ${message}`
}

function sortedSet(values: readonly string[]): string[] {
  return [...new Set(values)].sort()
}
