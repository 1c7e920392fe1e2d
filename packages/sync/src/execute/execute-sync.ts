import { type Clock, sleep } from '@driftless/foundation'
import type { ObjectKey } from '@driftless/kube-objects'
import { isCompleted } from '@driftless/model'
import type { SyncOptions, SyncPlan } from '../plan/sync-task.ts'
import { nextStep } from '../step/next-step.ts'
import { recordOutcomes } from '../step/record-outcomes.ts'
import type { ActionOutcome, Observation, SyncAction, SyncState } from '../step/sync-state.ts'
import type { ClusterPort } from './cluster-port.ts'
import { createLiveView, type LiveView } from './live-view.ts'
import { performAction } from './perform-action.ts'
import { terminateSync } from './terminate-sync.ts'

export interface ExecuteRequest {
  readonly plan: SyncPlan
  /** Where an earlier run stopped; `initialState` for a new sync. */
  readonly state: SyncState
  readonly options?: SyncOptions
  readonly cluster: ClusterPort
  readonly observe: Observation
  /** Resolves when something about these objects changed, after `ms`, or when `signal` aborts. */
  readonly changed: (keys: readonly ObjectKey[], ms: number, signal: AbortSignal) => Promise<void>
  /** Makes a state durable; called after every step. */
  readonly record: (state: SyncState) => Promise<void>
  readonly clock: Clock
  /** Aborting terminates the sync. */
  readonly signal: AbortSignal
  /** Calls in flight at a time; default 16. */
  readonly concurrency?: number
  /** Pause between waves; default 0, since a wave waits for health and not for time. */
  readonly waveDelaySeconds?: number
  /** True once somebody has agreed to the prunes that need a word. */
  readonly confirmed?: () => boolean
  /** Tries every object before the first is changed; default: when there is more than one wave. */
  readonly preflight?: boolean
}

/** Longest silence before a waiting sync looks again by itself. */
const lookAgain = 1_000

/** Carries a plan out to its end and returns the final state. Stopped between any two calls, it goes on from the recorded state. */
export async function executeSync(request: ExecuteRequest): Promise<SyncState> {
  const { plan, observe, cluster, clock, signal } = request
  const view = createLiveView(observe, { cluster, clock })
  let state = request.state
  while (!isCompleted(state.phase)) {
    if (signal.aborted) return await recorded(request, await terminateSync({ plan, state, cluster }))
    await view.settle()
    const step = nextStep(plan, state, view.observe, {
      confirmed: request.confirmed?.() ?? false,
      ...(request.preflight === undefined ? {} : { preflight: request.preflight }),
    })
    if (step.state !== state) state = await recorded(request, step.state)
    if (step.actions.length > 0) state = await runActions(request, { state, actions: step.actions, view })
    else if (!isCompleted(state.phase)) await request.changed(step.waitFor ?? [], lookAgain, signal)
  }
  return state
}

async function recorded(request: ExecuteRequest, state: SyncState): Promise<SyncState> {
  await request.record(state)
  return state
}

/** Runs the groups of a step one after another, the actions of a group side by side; each group is recorded when it is done. */
async function runActions(
  request: ExecuteRequest,
  { state, actions, view }: { state: SyncState; actions: readonly SyncAction[]; view: LiveView },
): Promise<SyncState> {
  let current = state
  for (const group of groupsOf(actions)) {
    if (request.signal.aborted) return current
    const outcomes = await runGroup(request, group, view)
    current = await recorded(request, recordOutcomes(request.plan, current, outcomes))
    // A trial that failed has ended the sync; a wave goes on, so that one bad object does not hide the next.
    if (isCompleted(current.phase) && current.phase !== 'Succeeded') return current
  }
  await pauseBetweenWaves(request, { state: current, actions })
  return current
}

function groupsOf(actions: readonly SyncAction[]): SyncAction[][] {
  const groups = new Map<number, SyncAction[]>()
  for (const action of actions) {
    const members = groups.get(action.group)
    if (members === undefined) groups.set(action.group, [action])
    else members.push(action)
  }
  return [...groups.values()]
}

async function runGroup(
  request: ExecuteRequest,
  actions: readonly SyncAction[],
  view: LiveView,
): Promise<ActionOutcome[]> {
  const { plan, cluster, clock, signal } = request
  const outcomes: ActionOutcome[] = []
  let next = 0
  const worker = async () => {
    while (next < actions.length && !signal.aborted) {
      const at = next
      next += 1
      const action = actions[at]
      if (action === undefined) return
      const observed = view.observe(action.task.key)
      const outcome = await performAction(action, { plan, cluster, clock, observed })
      view.note(outcome)
      outcomes[at] = outcome
    }
  }
  const lanes = Math.max(1, Math.min(request.concurrency ?? 16, actions.length))
  await Promise.all(Array.from({ length: lanes }, worker))
  return outcomes.filter((outcome) => outcome !== undefined)
}

async function pauseBetweenWaves(
  { waveDelaySeconds = 0, clock, signal, plan }: ExecuteRequest,
  { state, actions }: { state: SyncState; actions: readonly SyncAction[] },
): Promise<void> {
  const last = plan.waves.at(-1)
  const task = actions.at(-1)?.task
  if (waveDelaySeconds <= 0 || last === undefined || task === undefined || isCompleted(state.phase)) return
  if (actions.some(({ type }) => type !== 'apply' && type !== 'prune')) return
  if (task.phase === last.phase && task.wave === last.wave) return
  await sleep(clock, waveDelaySeconds * 1000, signal)
}
