import { backoffDelay, messageOf } from '@driftless/foundation'
import type { ObjectKey } from '@driftless/kube-objects'
import {
  type ApplicationSpec,
  isCompleted,
  type Operation,
  type OperationPhase,
  type ResourceResult,
  type RetryStrategy,
} from '@driftless/model'
import {
  executeSync,
  type Observation,
  planSync,
  type SyncOptions,
  type SyncPlan,
  type SyncState,
} from '@driftless/sync'
import type { Context } from './context.ts'
import { parseDuration } from './duration.ts'
import { planRequest, syncOptionsOf } from './plan-request.ts'
import type { ApplicationRecord, ApplicationRef, OperationOutcome, OperationRow } from './ports/application-store.ts'
import { type Snapshot, takeSnapshot } from './snapshot.ts'

/** What happens after one run of an operation. */
export type OperationVerdict =
  | { readonly next: 'done' }
  /** Another attempt is due. */
  | { readonly next: 'again'; readonly afterMs: number }

const defaultHistoryLimit = 10

/**
 * Carries out the unfinished operation of an application. Everything it decides on is recorded before it acts, so a run that was
 * killed between any two lines is taken up again by the next: the commits stay those of the first step, results say what is done.
 */
export async function operate(ref: ApplicationRef, signal: AbortSignal, context: Context): Promise<OperationVerdict> {
  const app = await context.store.get(ref)
  const row = app?.operation
  if (app === undefined || row === undefined || isCompleted(row.phase)) return { next: 'done' }
  if (row.phase === 'Terminating' && row.retryAt !== undefined) return await finish(app, row, terminated(row), context)
  const due = row.retryAt === undefined ? 0 : Date.parse(row.retryAt) - context.clock.now().getTime()
  if (due > 0) return { next: 'again', afterMs: due }

  // A run that was killed while it was being terminated goes on with the termination.
  const outcome = await run(app, row, row.phase === 'Terminating' ? AbortSignal.abort('terminated') : signal, context)
  // The process is stopping: the operation stays unfinished, and the next start takes it up.
  if (context.stopping.aborted && outcome.phase !== 'Succeeded') return { next: 'done' }
  const retry = nextRetry(row, outcome, context.clock.now())
  if (retry !== undefined) {
    await context.store.recordProgress(app, row.id, retry.progress)
    return { next: 'again', afterMs: retry.afterMs }
  }
  return await finish(app, row, outcome, context)
}

interface RunOutcome {
  readonly phase: OperationPhase
  readonly message: string
  readonly results: readonly ResourceResult[]
  readonly snapshot: Snapshot | undefined
}

/** One attempt: compare at the operation's commits, plan, execute. */
async function run(
  app: ApplicationRecord,
  row: OperationRow,
  signal: AbortSignal,
  context: Context,
): Promise<RunOutcome> {
  const spec = operationSpec(app.spec, row.operation)
  let snapshot: Snapshot
  try {
    snapshot = await takeSnapshot(app, spec, { context, resolveAnew: true, revisions: pinnedRevisions(row) })
    await fixRevisions(app, row, spec, { snapshot, context })
  } catch (failure) {
    return {
      phase: 'Error',
      message: `ComparisonError: ${messageOf(failure)}`,
      results: row.results,
      snapshot: undefined,
    }
  }
  try {
    const options = syncOptionsOf(row.operation)
    const plan = planSync(await planRequest(snapshot, spec, { options, startedAt: row.startedAt }))
    const state = await execute(app, row, { plan, options, snapshot, signal, context })
    return { phase: state.phase, message: state.message, results: state.results, snapshot }
  } catch (failure) {
    return { phase: 'Error', message: messageOf(failure), results: row.results, snapshot }
  }
}

/** The spec that an operation deploys: the application's, with the operation's own sources where it brings them. */
export function operationSpec(spec: ApplicationSpec, operation: Operation): ApplicationSpec {
  const { source, sources } = operation.sync ?? {}
  if (source === undefined && (sources === undefined || sources.length === 0)) return spec
  const { source: _, sources: __, ...rest } = spec
  return { ...rest, ...(source === undefined ? {} : { source }), ...(sources === undefined ? {} : { sources }) }
}

function execute(
  app: ApplicationRecord,
  row: OperationRow,
  run: { plan: SyncPlan; options: SyncOptions; snapshot: Snapshot; signal: AbortSignal; context: Context },
): Promise<SyncState> {
  const { plan, options, snapshot, signal, context } = run
  const { cluster } = snapshot
  const observe: Observation = (key) => {
    const live = cluster.get(key)
    if (live === undefined) return { exists: false, deleting: false }
    const { health } = live.columns
    return {
      exists: true,
      deleting: live.deleting,
      uid: live.uid,
      resourceVersion: live.resourceVersion,
      ...(health?.status === undefined ? {} : { health: { status: health.status, message: health.message ?? '' } }),
    }
  }
  return executeSync({
    plan,
    options,
    state: {
      results: row.results,
      phase: row.phase === 'Terminating' ? 'Terminating' : 'Running',
      message: row.message,
    },
    cluster: cluster.objects,
    observe,
    changed: async (keys, ms, stop) => {
      await waitForChange(keys, ms, { signal: AbortSignal.any([stop, context.stopping]), snapshot, context })
      context.stopping.throwIfAborted()
    },
    record: async (state) => {
      context.stopping.throwIfAborted()
      await context.store.recordProgress(app, row.id, {
        phase: isCompleted(state.phase) ? 'Running' : state.phase,
        message: state.message,
        results: state.results,
      })
    },
    clock: context.clock,
    signal,
  })
}

/** Resolves when one of the objects, or anything below it, changes, or after `ms`. */
function waitForChange(
  keys: readonly ObjectKey[],
  ms: number,
  wait: { signal: AbortSignal; snapshot: Snapshot; context: Context },
): Promise<void> {
  const wanted = new Set(keys.map(({ group, kind, namespace, name }) => `${group}/${kind}/${namespace}/${name}`))
  return new Promise((resolve) => {
    const done = () => {
      off()
      cancel()
      wait.signal.removeEventListener('abort', done)
      resolve()
    }
    const off = wait.snapshot.cluster.onChange(({ object: { key } }) => {
      if (wanted.has(`${key.group}/${key.kind}/${key.namespace}/${key.name}`)) done()
    })
    const cancel = wait.context.clock.after(ms, done)
    wait.signal.addEventListener('abort', done, { once: true })
    if (wait.signal.aborted) done()
  })
}

/** Commits fixed by an earlier step; before that, the revisions that were asked for. */
function pinnedRevisions(row: OperationRow): (string | undefined)[] {
  const fixed = row.syncResult
  if (fixed?.revisions !== undefined && fixed.revisions.length > 0) return fixed.revisions
  if (fixed?.revision) return [fixed.revision]
  const { revision, revisions } = row.operation.sync ?? {}
  if (revisions !== undefined && revisions.length > 0) return revisions
  return revision ? [revision] : []
}

/** Records the tuple of commits before anything is applied, so that no later step deploys another. */
async function fixRevisions(
  app: ApplicationRecord,
  row: OperationRow,
  spec: ApplicationSpec,
  { snapshot, context }: { snapshot: Snapshot; context: Context },
): Promise<void> {
  if (row.syncResult !== undefined) return
  await context.store.recordProgress(app, row.id, {
    phase: row.phase,
    message: row.message,
    retryAt: undefined,
    syncResult: syncResultOf(spec, snapshot.revisions),
  })
}

function syncResultOf(spec: ApplicationSpec, revisions: readonly string[]): NonNullable<OperationRow['syncResult']> {
  return spec.sources !== undefined && spec.sources.length > 0
    ? { revisions: [...revisions], sources: spec.sources }
    : { revision: revisions[0] ?? '', ...(spec.source === undefined ? {} : { source: spec.source }) }
}

async function finish(
  app: ApplicationRecord,
  row: OperationRow,
  outcome: RunOutcome,
  context: Context,
): Promise<OperationVerdict> {
  const finishedAt = context.clock.now().toISOString()
  const retried = row.retryCount > 0 && outcome.phase !== 'Succeeded' ? ` (retried ${row.retryCount} times).` : ''
  const completion: OperationOutcome = {
    phase: outcome.phase,
    message: outcome.message + retried,
    results: outcome.results,
    finishedAt,
    retryAt: undefined,
    ...deploymentOf(app, row, { outcome, finishedAt }),
  }
  await context.store.completeOperation(app, row.id, completion)
  context.log(outcome.phase === 'Succeeded' ? 'info' : 'warn', 'operation completed', {
    application: `${app.namespace}/${app.name}`,
    phase: outcome.phase,
    message: completion.message,
  })
  return { next: 'done' }
}

/** A full sync that succeeded for real is a deployment (spec: sync §9). */
function deploymentOf(
  app: ApplicationRecord,
  row: OperationRow,
  { outcome, finishedAt }: { outcome: RunOutcome; finishedAt: string },
): Pick<OperationOutcome, 'deployment' | 'historyLimit'> {
  const sync = row.operation.sync ?? {}
  if (outcome.phase !== 'Succeeded' || sync.dryRun === true || (sync.resources?.length ?? 0) > 0) return {}
  if (outcome.snapshot === undefined) return {}
  const spec = operationSpec(app.spec, row.operation)
  return {
    historyLimit: Math.max(0, app.spec.revisionHistoryLimit ?? defaultHistoryLimit),
    deployment: {
      ...syncResultOf(spec, outcome.snapshot.revisions),
      deployedAt: finishedAt,
      deployStartedAt: row.startedAt,
      ...(row.operation.initiatedBy === undefined ? {} : { initiatedBy: row.operation.initiatedBy }),
    },
  }
}

function terminated(row: OperationRow): RunOutcome {
  return { phase: 'Failed', message: 'Operation terminated', results: row.results, snapshot: undefined }
}

function nextRetry(
  row: OperationRow,
  outcome: RunOutcome,
  now: Date,
): { afterMs: number; progress: Parameters<Context['store']['recordProgress']>[2] } | undefined {
  const limit = row.operation.retry?.limit ?? 0
  if (outcome.phase !== 'Failed' && outcome.phase !== 'Error') return undefined
  if (outcome.message.startsWith('Operation terminated')) return undefined
  if (limit >= 0 && row.retryCount >= limit) return undefined
  const afterMs = retryDelay(row.operation.retry, row.retryCount)
  const at = new Date(now.getTime() + afterMs)
  return {
    afterMs,
    progress: {
      phase: 'Running',
      message: `${outcome.message}. Retrying attempt #${row.retryCount + 1} at ${clockTime(at)}.`,
      retryCount: row.retryCount + 1,
      retryAt: at.toISOString(),
      results: [],
    },
  }
}

function retryDelay(retry: RetryStrategy | undefined, attempt: number): number {
  const { duration, factor, maxDuration } = retry?.backoff ?? {}
  return backoffDelay(
    { base: parseDuration(duration ?? '5s'), factor: factor ?? 2, cap: parseDuration(maxDuration ?? '3m') },
    attempt,
  )
}

function clockTime(at: Date): string {
  const hours = at.getUTCHours()
  const minutes = String(at.getUTCMinutes()).padStart(2, '0')
  return `${hours % 12 === 0 ? 12 : hours % 12}:${minutes}${hours < 12 ? 'AM' : 'PM'}`
}
