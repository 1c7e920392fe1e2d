import { type Application, isCompleted } from '@driftless/model'
import { CliErrors } from '../../../errors.ts'
import { keyOf, type ResourceRow, resourceRows } from '../../../output/resource-rows.ts'
import { formatSelector, matchesSelector, type ResourceSelector } from '../sync/resource-selector.ts'

/** What must be true before a wait ends. */
export interface WaitConditions {
  readonly sync: boolean
  /** Any of these must be true when one is asked for. */
  readonly health: boolean
  readonly suspended: boolean
  readonly degraded: boolean
  readonly operation: boolean
  /** The application is gone. */
  readonly delete: boolean
}

/** How far the last operation is: it runs or waits to start, it ended and no comparison has surely seen what it did, or all is known. */
export function operationProgress({ operation, status }: Application): 'running' | 'uncompared' | 'done' {
  if (operation !== undefined) return 'running'
  const state = status?.operationState
  if (state === undefined) return 'done'
  if (!isCompleted(state.phase) || state.finishedAt === undefined) return 'running'
  if (state.operation.sync?.dryRun === true) return 'done'
  // Times are whole seconds, so a comparison of the same second may have come before the end.
  return Date.parse(status?.reconciledAt ?? '') > Date.parse(state.finishedAt) ? 'done' : 'uncompared'
}

/** Whether the conditions hold, for the application or for the chosen resources alone. */
export function isReached(
  application: Application,
  conditions: WaitConditions,
  selectors: readonly ResourceSelector[],
): boolean {
  if (conditions.delete) return false
  if (conditions.operation && operationProgress(application) === 'running') return false
  const { status } = application
  if (selectors.length === 0)
    return holds({ sync: status?.sync?.status ?? '', health: status?.health?.status ?? '' }, conditions)
  const rows = chosenRows(application, selectors)
  return rows.every((row) => holds({ sync: row.status, health: row.health }, conditions))
}

/** The rows that selectors choose; each must choose one. Throws `CLI_FATAL`. */
export function chosenRows(application: Application, selectors: readonly ResourceSelector[]): ResourceRow[] {
  const rows = resourceRows(application)
  if (selectors.length === 0) return rows
  for (const selector of selectors)
    if (!rows.some((row) => matchesSelector(row, [selector])))
      throw CliErrors.FATAL({ message: `no resource of the application is ${formatSelector(selector)}` })
  return rows.filter((row) => matchesSelector(row, selectors))
}

function holds(state: { sync: string; health: string }, conditions: WaitConditions): boolean {
  if (conditions.sync && state.sync !== 'Synced') return false
  const wanted = [
    ...(conditions.health ? ['Healthy'] : []),
    ...(conditions.suspended ? ['Suspended'] : []),
    ...(conditions.degraded ? ['Degraded'] : []),
  ]
  // A resource without health is as good as a healthy one.
  return wanted.length === 0 || wanted.includes(state.health || 'Healthy')
}

/** Resources that were well before and are not now, by key. */
export function turnedDegraded(before: ReadonlyMap<string, string>, rows: readonly ResourceRow[]): ResourceRow[] {
  return rows.filter((row) => {
    const health = before.get(keyOf(row))
    return row.health === 'Degraded' && health !== undefined && health !== 'Unknown' && health !== 'Degraded'
  })
}
