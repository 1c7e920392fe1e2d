import { backoffDelay } from '@driftless/foundation'
import {
  type ApplicationCondition,
  isAutomated,
  isCompleted,
  type Operation,
  type SyncResource,
  sourcesOf,
} from '@driftless/model'
import type { ApplicationRecord, ObservedState } from './ports/application-store.ts'

/** What automatic sync does after a comparison. */
export type AutoSyncDecision =
  | { readonly action: 'none'; readonly why: string; readonly condition?: ApplicationCondition }
  /** Look again after `ms`: a self-heal waits for its backoff. */
  | { readonly action: 'wait'; readonly ms: number; readonly why: string }
  | { readonly action: 'sync'; readonly operation: Operation; readonly why: string }

const selfHealBackoff = { base: 2_000, factor: 3, cap: 300_000 }
const automaticRetries = 5

/** Decides whether a comparison starts a sync by itself (spec: sync §11). */
export function decideAutoSync(app: ApplicationRecord, state: ObservedState, now: Date): AutoSyncDecision {
  const automated = app.spec.syncPolicy?.automated
  if (!isAutomated(app.spec) || automated === undefined || automated === null) return none('automatic sync is off')
  if (app.deletedAt !== undefined) return none('the application is being deleted')
  if (app.operation !== undefined && !isCompleted(app.operation.phase)) return none('an operation is running')
  if (state.sync !== 'OutOfSync') return none(`the application is ${state.sync}`)
  const differing = state.resources.filter(({ status }) => status !== undefined && status !== 'Synced')
  const prune = automated.prune === true
  if (!prune && differing.every(({ requiresPruning }) => requiresPruning === true)) {
    return none('only pruning is left, and automatic pruning is off')
  }

  const attempt = lastAttempt(app, state)
  if (attempt === 'failed') {
    const message = `Failed last sync attempt to [${state.revisions.join(' ')}]: ${app.operation?.message ?? ''}`
    return { ...none('the last attempt at this revision failed'), condition: { type: 'SyncError', message } }
  }
  let resources: SyncResource[] | undefined
  let attempts = 0
  if (attempt === 'succeeded') {
    if (automated.selfHeal !== true) return none('this revision was synced, and self-heal is off')
    attempts = app.operation?.operation.sync?.autoHealAttemptsCount ?? 0
    const wait = healDelay(app, attempts, now)
    if (wait > 0) return { action: 'wait', ms: wait, why: 'self-heal waits before its next attempt' }
    resources = differing.map(({ group = '', kind, name }) => ({ group, kind, name }))
  }
  const managed = state.resources.filter(({ hook }) => hook !== true)
  if (prune && automated.allowEmpty !== true && managed.every(({ requiresPruning }) => requiresPruning === true)) {
    const message = `Skipping sync attempt to [${state.revisions.join(' ')}]: auto-sync will wipe out all resources`
    return { ...none('it would prune everything'), condition: { type: 'SyncError', message } }
  }
  return {
    action: 'sync',
    why: 'live and desired state differ',
    operation: operationFor(app, state, { prune, resources, attempts }),
  }
}

function none(why: string): { action: 'none'; why: string } {
  return { action: 'none', why }
}

/** Whether exactly this state was already deployed, and how that ended. */
function lastAttempt(app: ApplicationRecord, state: ObservedState): 'never' | 'failed' | 'succeeded' {
  const { operation } = app
  if (operation === undefined) return 'never'
  const result = operation.syncResult
  if (result !== undefined) {
    const revisions = result.revisions ?? (result.revision === undefined ? [] : [result.revision])
    if (JSON.stringify(revisions) !== JSON.stringify(state.revisions)) return 'never'
    const sources = sourcesOf({ source: result.source, sources: result.sources })
    if (JSON.stringify(sources) !== JSON.stringify(sourcesOf(app.spec))) return 'never'
  }
  if (!isCompleted(operation.phase)) return 'never'
  return operation.phase === 'Succeeded' ? 'succeeded' : 'failed'
}

function healDelay(app: ApplicationRecord, attempts: number, now: Date): number {
  if (attempts === 0 || app.operation?.finishedAt === undefined) return 0
  return Date.parse(app.operation.finishedAt) + backoffDelay(selfHealBackoff, attempts - 1) - now.getTime()
}

function operationFor(
  app: ApplicationRecord,
  state: ObservedState,
  options: { prune: boolean; resources: SyncResource[] | undefined; attempts: number },
): Operation {
  const single = app.spec.sources === undefined || app.spec.sources.length === 0
  return {
    sync: {
      ...(single ? { revision: state.revisions[0] ?? '' } : { revisions: [...state.revisions] }),
      prune: options.prune,
      syncOptions: app.spec.syncPolicy?.syncOptions ?? [],
      ...(options.resources === undefined
        ? {}
        : { resources: options.resources, autoHealAttemptsCount: options.attempts + 1 }),
    },
    initiatedBy: { automated: true },
    retry: app.spec.syncPolicy?.retry ?? { limit: automaticRetries },
  }
}
