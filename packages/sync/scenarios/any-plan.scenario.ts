import { formatKey } from '@driftless/kube-objects'
import { expect, it } from 'vitest'
import { executeSync, initialState, type SyncState } from '../src/index.ts'
import { instantClock, MemoryCluster, manifest, nameOf, observationFrom, planOf } from './memory-cluster.ts'

/** The same numbers for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 12345
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const hooks = ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'PreSync,PostSync', 'Skip']
const policies = ['', 'HookSucceeded', 'HookFailed', 'BeforeHookCreation', 'HookSucceeded,HookFailed']

function someManifests(pick: (below: number) => number, prefix: string): string {
  return Array.from({ length: pick(8) }, (_, i) => {
    const kind = ['ConfigMap', 'Job', 'Job', 'Deployment'][pick(4)] ?? 'ConfigMap'
    const hook = kind === 'Job' ? hooks[pick(hooks.length)] : undefined
    const policy = policies[pick(policies.length)] ?? ''
    return manifest(kind, `${prefix}${i}`, {
      'argocd.argoproj.io/sync-wave': String(pick(4) - 1),
      ...(hook === undefined ? {} : { 'argocd.argoproj.io/hook': hook }),
      ...(policy === '' ? {} : { 'argocd.argoproj.io/hook-delete-policy': policy }),
      ...(pick(6) === 0
        ? { 'argocd.argoproj.io/sync-options': ['Prune=false', 'PruneLast=true', 'Replace=true'][pick(3)] ?? '' }
        : {}),
    })
  }).join('')
}

async function play(seed: number) {
  const pick = numbers(seed)
  const targets = someManifests(pick, 't')
  const live = someManifests(pick, pick(2) === 0 ? 't' : 'l')
  const cluster = new MemoryCluster(live)
  const plan = planOf(targets, { live, options: { prune: pick(4) > 0, dryRun: pick(12) === 0 } })
  if (pick(5) === 0)
    for (const { target } of plan.tasks.slice(0, 1)) if (target) cluster.refusals.set(nameOf(target), 'refused')
  cluster.onWrite = (object) => {
    const fails = pick(8) === 0
    const generation = object.metadata.generation
    if (object.kind === 'Job')
      cluster.store({ ...object, status: { conditions: [{ type: fails ? 'Failed' : 'Complete', status: 'True' }] } })
    if (object.kind === 'Deployment')
      cluster.store({
        ...object,
        status: {
          observedGeneration: generation,
          conditions: fails ? [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded' }] : [],
        },
      })
  }
  let polls = 0
  const states: SyncState[] = []
  const state = await executeSync({
    plan,
    state: initialState,
    cluster,
    observe: observationFrom(cluster),
    changed: async () => {
      polls += 1
      if (polls > 50) throw new Error(`seed ${seed} never ends: ${states.at(-1)?.message}`)
    },
    record: async (recorded) => {
      states.push(recorded)
      if (states.length > 500) throw new Error(`seed ${seed} goes round in circles: ${recorded.message}`)
    },
    clock: instantClock(),
    signal: new AbortController().signal,
  })
  return { plan, cluster, state, states, live, targets }
}

it('[L2] every plan comes to an end, and a good end means that everything was done', async () => {
  const phases = new Map<string, number>()
  for (let seed = 1; seed <= 600; seed += 1) {
    const { plan, cluster, state, states } = await play(seed)
    phases.set(state.phase, (phases.get(state.phase) ?? 0) + 1)
    expect(['Succeeded', 'Failed'], `seed ${seed}`).toContain(state.phase)
    expect(states.at(-1) ?? state, `seed ${seed}`).toEqual(state)
    const writes = cluster.calls.filter((call) => !call.startsWith('dry-run'))
    if (plan.options.dryRun === true) expect(writes, `seed ${seed}`).toEqual([])
    if (state.phase !== 'Succeeded' || plan.options.dryRun === true) continue
    expect(
      state.results.some(({ hookPhase }) => hookPhase === 'Failed' || hookPhase === 'Error'),
      `seed ${seed}`,
    ).toBe(false)
    for (const task of plan.tasks) {
      const there = cluster.objects.has(formatKey(task.key))
      if (task.hookType === undefined)
        expect(there, `seed ${seed} ${task.key.name}`).toBe(
          task.target !== undefined || task.pruneSkipped !== undefined,
        )
    }
  }
  expect(phases.get('Succeeded')).toBeGreaterThan(100)
  expect(phases.get('Failed')).toBeGreaterThan(50)
})
