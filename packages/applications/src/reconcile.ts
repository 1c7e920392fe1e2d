import { messageOf } from '@driftless/foundation'
import { decideAutoSync } from './auto-sync.ts'
import { type Context, keyOfRef } from './context.ts'
import { type CommitSummary, sameState, stateOf, unknownState, withCondition } from './observed-state.ts'
import type { ApplicationRecord, ApplicationRef, ObservedState, RefreshType } from './ports/application-store.ts'
import { type Snapshot, takeSnapshot } from './snapshot.ts'
import type { Priority } from './work-queue.ts'

/** What happens next with an application. */
export type Verdict =
  | { readonly next: 'gone' }
  | { readonly next: 'nothing' }
  | { readonly next: 'finalize' }
  | { readonly next: 'operate' }
  | { readonly next: 'again'; readonly afterMs: number }

/** A cluster or repository that fails is asked again before the next poll. */
const failureRetryMs = 10_000

/** Why an application is looked at. */
export interface Occasion {
  readonly priority: Priority
  /** The refresh that somebody waits for. */
  readonly asked: RefreshType | undefined
}

/** Brings what is known of one application up to date; every return says what happens next. */
export async function reconcile(ref: ApplicationRef, occasion: Occasion, context: Context): Promise<Verdict> {
  const app = await context.store.get(ref)
  if (app === undefined) return { next: 'gone' }
  if (isTruthy(app.annotations['argocd.argoproj.io/skip-reconcile'])) return { next: 'nothing' }
  if (app.deletedAt !== undefined) return { next: 'finalize' }

  const startedAt = context.clock.now().toISOString()
  const outcome = await observe(app, occasion, context)
  const state = await record(app, outcome.state, startedAt, context)
  if (!outcome.ok) return { next: 'again', afterMs: failureRetryMs }
  return await startAutoSync(app, state, context)
}

/** Resolves, renders, observes and compares; a failure is a state too. */
async function observe(
  app: ApplicationRecord,
  { priority, asked }: Occasion,
  context: Context,
): Promise<{ ok: boolean; state: ObservedState }> {
  const now = () => context.clock.now().toISOString()
  const refresh = asked === 'hard' ? asked : (app.refresh?.type ?? asked)
  try {
    // A live change is compared with the commits that were compared last: it says nothing about git.
    const pinned = priority === 'live' && refresh === undefined && isComparedTo(app)
    const snapshot = await takeSnapshot(app, app.spec, {
      context,
      hard: refresh === 'hard',
      resolveAnew: refresh !== undefined || priority === 'user' || priority === 'webhook',
      ...(pinned ? { revisions: app.state?.revisions ?? [] } : {}),
    })
    context.comparedAt.set(keyOfRef(app), now())
    return { ok: true, state: stateOf(app, snapshot, { now: now(), commit: await commitOf(app, snapshot, context) }) }
  } catch (failure) {
    context.log('warn', 'application could not be compared', {
      application: `${app.namespace}/${app.name}`,
      reason: messageOf(failure),
    })
    return { ok: false, state: unknownState(app, failure, now()) }
  }
}

/** Writes only what changed; a refresh request older than this comparison is answered by it. */
async function record(
  app: ApplicationRecord,
  state: ObservedState,
  startedAt: string,
  context: Context,
): Promise<ObservedState> {
  const synced = state.sync === 'Synced' ? withCondition(state, 'SyncError', undefined, startedAt) : state
  if (app.refresh !== undefined || !sameState(app.state, synced))
    await context.store.recordState(app, synced, startedAt)
  return synced
}

async function startAutoSync(app: ApplicationRecord, state: ObservedState, context: Context): Promise<Verdict> {
  const now = context.clock.now()
  const decision = decideAutoSync(app, state, now)
  if (decision.action === 'wait') return { next: 'again', afterMs: decision.ms }
  if (decision.action === 'none') {
    if (decision.condition !== undefined) {
      const next = withCondition(state, 'SyncError', decision.condition, now.toISOString())
      if (!sameState(state, next)) await context.store.recordState(app, next, undefined)
    }
    return { next: 'nothing' }
  }
  context.log('info', 'initiated automated sync', {
    application: `${app.namespace}/${app.name}`,
    revisions: state.revisions,
    why: decision.why,
  })
  await context.store.startOperation(app, 'sync', decision.operation)
  return { next: 'operate' }
}

/** The first source's commit; its absence is no reason to distrust a comparison. */
async function commitOf(
  app: ApplicationRecord,
  snapshot: Snapshot,
  context: Context,
): Promise<CommitSummary | undefined> {
  const first = snapshot.resolved[0]
  if (first === undefined) return undefined
  const known = app.state
  if (known !== undefined && known.revisions[0] === first.sha && known.commitMessage !== undefined) {
    return { message: known.commitMessage, author: known.commitAuthor ?? '' }
  }
  try {
    const { message, author } = await context.git.commit(first.remote, first.sha)
    return { message: message.split('\n')[0] ?? '', author }
  } catch {
    return undefined
  }
}

/** True when the last comparison was made against the present spec. */
function isComparedTo(app: ApplicationRecord): boolean {
  const compared = app.state?.comparedTo
  return (
    compared !== undefined &&
    (app.state?.revisions.length ?? 0) > 0 &&
    JSON.stringify([compared.source, compared.sources]) === JSON.stringify([app.spec.source, app.spec.sources])
  )
}

function isTruthy(value: string | undefined): boolean {
  return value !== undefined && ['1', 't', 'true', 'yes', 'on'].includes(value.toLowerCase())
}
