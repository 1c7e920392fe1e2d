import { formatKey, type KubeObject, keyOf, parseManifests } from '@driftless/kube-objects'
import { describe, expect, it } from 'vitest'
import { type ExecuteRequest, executeSync, initialState, type SyncPlan, type SyncState } from '../src/index.ts'
import { instantClock, MemoryCluster, manifest, nameOf, observationFrom, planOf } from './memory-cluster.ts'

const wave = (value: number) => ({ 'argocd.argoproj.io/sync-wave': String(value) })
const hook = (value: string, policy = '') => ({
  'argocd.argoproj.io/hook': value,
  ...(policy === '' ? {} : { 'argocd.argoproj.io/hook-delete-policy': policy }),
})

/** Lets Jobs complete, or fail when their name says so, and Deployments become available, as soon as they are written. */
function playController(object: KubeObject, cluster: MemoryCluster): void {
  if (object.kind === 'Job' && object.status === undefined) {
    const type = nameOf(object).includes('fail') ? 'Failed' : 'Complete'
    cluster.store({ ...object, status: { conditions: [{ type, status: 'True', message: `${type} says the job` }] } })
  }
  if (object.kind === 'Deployment' && nameOf(object).includes('stuck')) {
    const conditions = [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded' }]
    cluster.store({ ...object, status: { observedGeneration: object.metadata.generation, conditions } })
  }
}

async function run(plan: SyncPlan, cluster: MemoryCluster, more: Partial<ExecuteRequest> = {}) {
  cluster.onWrite = playController
  const states: SyncState[] = []
  let polls = 0
  const state = await executeSync({
    plan,
    state: initialState,
    cluster,
    observe: observationFrom(cluster),
    changed: async () => {
      polls += 1
      if (polls > 30) throw new Error(`the sync never ends: ${states.at(-1)?.message}`)
    },
    record: async (recorded) => {
      states.push(recorded)
    },
    clock: instantClock(),
    signal: new AbortController().signal,
    ...more,
  })
  return { state, states, calls: cluster.calls }
}

describe('one wave', () => {
  it('[S1] a single wave without hooks is over as soon as it is applied, healthy or not', async () => {
    const { state, calls } = await run(planOf(manifest('Deployment', 'web')), new MemoryCluster())
    expect(state).toMatchObject({ phase: 'Succeeded', message: 'successfully synced (all tasks run)' })
    expect(calls).toEqual(['apply Deployment/web'])
    expect(state.results).toMatchObject([{ name: 'web', status: 'Synced', hookPhase: 'Running', syncPhase: 'Sync' }])
  })

  it('[S2] an object that equals its desired state costs no call', async () => {
    const live = manifest('ConfigMap', 'a')
    const plan = planOf(live, { live, unmodified: ['ConfigMap/a'] })
    const { state, calls } = await run(plan, new MemoryCluster(live))
    expect(calls).toEqual([])
    expect(state.results[0]?.message).toBe('configmap/a unchanged')
    expect(state.phase).toBe('Succeeded')
  })

  it('[S3] a refused object does not stop the other kinds of its wave, but the sync fails with its reason', async () => {
    const cluster = new MemoryCluster()
    cluster.refusals.set('ConfigMap/a', 'the name is taken')
    const { state, calls } = await run(planOf(manifest('ConfigMap', 'a') + manifest('Deployment', 'web')), cluster)
    expect(calls).toEqual(['apply ConfigMap/a', 'apply Deployment/web'])
    expect(state).toMatchObject({
      phase: 'Failed',
      message: 'one or more objects failed to apply, reason: the name is taken',
    })
  })

  it('[S4] prunes come before applies of the same wave', async () => {
    const live = manifest('ConfigMap', 'old')
    const { calls, state } = await run(planOf(manifest('ConfigMap', 'new'), { live }), new MemoryCluster(live))
    expect(calls).toEqual(['delete ConfigMap/old', 'apply ConfigMap/new'])
    expect(state.results).toMatchObject([
      { name: 'old', status: 'Pruned', message: 'pruned' },
      { name: 'new', status: 'Synced' },
    ])
  })

  it('[S5] without prune nothing is deleted and the result says so', async () => {
    const live = manifest('ConfigMap', 'old')
    const { calls, state } = await run(planOf('', { live, options: { prune: false } }), new MemoryCluster(live))
    expect(calls).toEqual([])
    expect(state.results).toMatchObject([{ status: 'PruneSkipped', message: 'ignored (requires pruning)' }])
    expect(state.phase).toBe('Succeeded')
  })

  it('[S6] a prune that needs a word waits for it and nothing is pruned before', async () => {
    const live = manifest('ConfigMap', 'a', { 'argocd.argoproj.io/sync-options': 'Prune=confirm' })
    let confirmed = false
    const cluster = new MemoryCluster(live + manifest('ConfigMap', 'b'))
    const { states, calls } = await run(planOf('', { live: live + manifest('ConfigMap', 'b') }), cluster, {
      confirmed: () => confirmed,
      changed: async () => {
        expect(cluster.calls).toEqual([])
        confirmed = true
      },
    })
    expect(states[0]?.message).toBe('waiting for pruning confirmation of /ConfigMap/a')
    expect(calls).toEqual(['delete ConfigMap/a', 'delete ConfigMap/b'])
  })

  it('[S7] a plan with problems fails before the first call', async () => {
    const { state, calls } = await run(
      planOf(manifest('ConfigMap', 'a') + manifest('Widget', 'w')),
      new MemoryCluster(),
    )
    expect(calls).toEqual([])
    expect(state.phase).toBe('Failed')
    expect(state.message).toMatch(/^one or more synchronization tasks are not valid: .*example.com\/v1\/Widget/)
  })

  it('[S8] a dry run changes nothing', async () => {
    const live = manifest('ConfigMap', 'old')
    const plan = planOf(manifest('ConfigMap', 'a') + manifest('Job', 'hook', hook('PreSync')), {
      live,
      options: { prune: true, dryRun: true },
    })
    const { state, calls } = await run(plan, new MemoryCluster(live))
    expect(calls).toEqual(['dry-run Job/hook', 'dry-run ConfigMap/a'])
    expect(state.results.map(({ message }) => message)).toContain('pruned (dry run)')
    expect(state.phase).toBe('Succeeded')
  })

  it('[S9] ApplyOutOfSyncOnly leaves out what is in sync but not the hooks', async () => {
    const live = manifest('ConfigMap', 'same')
    const plan = planOf(live + manifest('ConfigMap', 'new') + manifest('Job', 'hook', hook('PostSync')), {
      live,
      unmodified: ['ConfigMap/same'],
      options: { prune: true, syncOptions: ['ApplyOutOfSyncOnly=true'] },
    })
    const { state } = await run(plan, new MemoryCluster(live))
    expect(state.results.map(({ name }) => name)).toEqual(['new', 'hook'])
  })
})

describe('several waves', () => {
  it('[W1] every object is tried before the first is changed; a refusal leaves the cluster as it was', async () => {
    const cluster = new MemoryCluster()
    cluster.refusals.set('ConfigMap/late', 'spec is wrong')
    const { state, calls } = await run(
      planOf(manifest('ConfigMap', 'a') + manifest('ConfigMap', 'late', wave(1))),
      cluster,
    )
    expect(calls).toEqual(['dry-run ConfigMap/a', 'dry-run ConfigMap/late'])
    expect(state).toMatchObject({
      phase: 'Failed',
      message: 'one or more objects failed to apply (dry run), reason: spec is wrong',
    })
    expect(cluster.objects.size).toBe(0)
  })

  it('[W2] the missing destination namespace is made before anything is tried', async () => {
    const plan = planOf(manifest('ConfigMap', 'a'), { options: { prune: true, syncOptions: ['CreateNamespace=true'] } })
    const { calls, state } = await run(plan, new MemoryCluster())
    expect(calls[0]).toMatch(/Namespace\/demo$/)
    expect(calls.slice(1)).toEqual(['dry-run ConfigMap/a', 'apply Namespace/demo', 'apply ConfigMap/a'])
    expect(state.phase).toBe('Succeeded')
  })

  it('[W3] a wave starts only after every resource of the lower wave is healthy; the last need not be', async () => {
    const cluster = new MemoryCluster()
    const plan = planOf(manifest('Deployment', 'first') + manifest('Deployment', 'second', wave(1)))
    const messages: string[] = []
    const { state } = await run(plan, cluster, {
      observe: (key) => {
        const object = cluster.find(key)
        if (object === undefined) return { exists: false, deleting: false }
        const status = messages.length >= 3 ? ('Healthy' as const) : ('Progressing' as const)
        return { exists: true, deleting: false, health: { status, message: '' } }
      },
      changed: async () => {
        messages.push(cluster.calls.filter((call) => call.startsWith('apply')).join())
      },
    })
    expect(messages).toEqual(['apply Deployment/first', 'apply Deployment/first', 'apply Deployment/first'])
    expect(state).toMatchObject({ phase: 'Succeeded', message: 'successfully synced (all tasks run)' })
  })

  it('[W4] a degraded resource of a lower wave fails the sync', async () => {
    const plan = planOf(manifest('Deployment', 'stuck') + manifest('ConfigMap', 'late', wave(1)))
    const { state, calls } = await run(plan, new MemoryCluster())
    expect(calls).not.toContain('apply ConfigMap/late')
    expect(state).toMatchObject({
      phase: 'Failed',
      message: expect.stringMatching(/^one or more synchronization tasks completed unsuccessfully, reason: .*deadline/),
    })
  })

  it('[W5] a resource that disappears while it is waited for fails the sync', async () => {
    const cluster = new MemoryCluster()
    const plan = planOf(manifest('Deployment', 'web') + manifest('ConfigMap', 'late', wave(1)))
    const { state } = await run(plan, cluster, {
      observe: (key) => {
        const object = cluster.find(key)
        return object === undefined
          ? { exists: false, deleting: false }
          : { exists: true, deleting: false, health: { status: 'Progressing', message: '' } }
      },
      changed: async () => {
        cluster.objects.clear()
      },
    })
    expect(state.phase).toBe('Failed')
    expect(state.results[0]).toMatchObject({
      status: 'SyncFailed',
      hookPhase: 'Error',
      message: 'Resource apps/Deployment/web is missing, it might have been deleted',
    })
  })
})

describe('hooks', () => {
  it('[K1] a PostSync hook runs after all resources are healthy, and its success ends the sync', async () => {
    const plan = planOf(manifest('ConfigMap', 'a') + manifest('Job', 'after', hook('PostSync')))
    const { state, calls } = await run(plan, new MemoryCluster())
    expect(calls.filter((call) => call.startsWith('apply'))).toEqual(['apply ConfigMap/a', 'apply Job/after'])
    expect(state).toMatchObject({ phase: 'Succeeded', message: 'successfully synced (no more tasks)' })
    expect(state.results[1]).toMatchObject({ hookType: 'PostSync', hookPhase: 'Succeeded' })
  })

  it('[K2] the hook of an earlier sync makes room first, its finalizer taken off', async () => {
    const old = manifest('Job', 'before', hook('PreSync')).replace(
      '"metadata":{',
      '"metadata":{"finalizers":["argocd.argoproj.io/hook-finalizer"],',
    )
    const { calls, state } = await run(planOf(manifest('Job', 'before', hook('PreSync'))), new MemoryCluster(old))
    expect(calls).toEqual(['patch Job/before', 'delete Job/before', 'apply Job/before', 'patch Job/before'])
    expect(state.phase).toBe('Succeeded')
  })

  it('[K3] HookSucceeded deletes a hook at the end of a good sync', async () => {
    const plan = planOf(manifest('Job', 'before', hook('PreSync', 'HookSucceeded')) + manifest('ConfigMap', 'a'))
    const { calls, state } = await run(plan, new MemoryCluster())
    expect(state).toMatchObject({ phase: 'Succeeded', message: 'successfully synced (all tasks run)' })
    expect(calls.at(-1)).toBe('delete Job/before')
    const again = await run(planOf(manifest('Job', 'only', hook('Sync', 'HookSucceeded'))), new MemoryCluster())
    expect(again.calls.at(-1)).toBe('delete Job/only')
  })

  it('[K4] a failed hook stops the sync, runs SyncFail hooks and deletes by HookFailed', async () => {
    const plan = planOf(
      manifest('Job', 'fail', hook('PreSync', 'HookFailed')) +
        manifest('ConfigMap', 'a') +
        manifest('Job', 'rescue', hook('SyncFail')),
    )
    const { calls, state } = await run(plan, new MemoryCluster())
    expect(calls.filter((call) => !call.startsWith('dry-run') && !call.startsWith('patch'))).toEqual([
      'apply Job/fail',
      'delete Job/fail',
      'apply Job/rescue',
    ])
    expect(state).toMatchObject({
      phase: 'Failed',
      message: 'one or more synchronization tasks completed unsuccessfully, reason: Failed says the job',
    })
  })

  it('[K5] a failed SyncFail hook is named in the message', async () => {
    const plan = planOf(manifest('Job', 'fail', hook('PreSync')) + manifest('Job', 'fail-too', hook('SyncFail')))
    const { state } = await run(plan, new MemoryCluster())
    expect(state.message).toContain('\none or more SyncFail hooks failed')
  })

  it('[K6] SyncFail hooks do not run in a good sync', async () => {
    const plan = planOf(manifest('ConfigMap', 'a') + manifest('Job', 'rescue', hook('SyncFail')))
    const { state, calls } = await run(plan, new MemoryCluster())
    expect(state.phase).toBe('Succeeded')
    expect(calls).not.toContain('apply Job/rescue')
  })
})

describe('an observation that tells no finalizers', () => {
  it('[K7] does not keep the finalizer on a finished hook, and does not make the sync go round in circles', async () => {
    const cluster = new MemoryCluster()
    const { state, calls } = await run(
      planOf(manifest('Job', 'a', hook('PreSync')) + manifest('ConfigMap', 'a')),
      cluster,
      {
        observe: (key) => {
          const object = cluster.find(key)
          return object === undefined
            ? { exists: false, deleting: false }
            : { exists: true, deleting: false, health: { status: 'Healthy', message: '' } }
        },
      },
    )
    expect(state.phase).toBe('Succeeded')
    expect(calls.filter((call) => call.startsWith('patch'))).toEqual(['patch Job/a'])
  })
})

describe('options', () => {
  it('[P1] server-side apply is the application’s or the object’s choice, and an object may opt out', async () => {
    const own = { 'argocd.argoproj.io/sync-options': 'ServerSideApply=false' }
    const plan = planOf(manifest('ConfigMap', 'a') + manifest('ConfigMap', 'b', own), {
      options: { prune: true, syncOptions: ['ServerSideApply=true'] },
    })
    const { calls } = await run(plan, new MemoryCluster())
    expect([...calls].sort()).toEqual(['apply ConfigMap/b', 'server-side-apply ConfigMap/a'])
  })

  it('[P2] Replace replaces what exists and creates what does not; force deletes first, but never a namespace', async () => {
    const replace = { 'argocd.argoproj.io/sync-options': 'Replace=true,Force=true' }
    const live = manifest('ConfigMap', 'a') + manifest('Namespace', 'other')
    const targets =
      manifest('ConfigMap', 'a', replace) +
      manifest('ConfigMap', 'new', replace) +
      manifest('Namespace', 'other', replace)
    const { calls } = await run(planOf(targets, { live }), new MemoryCluster(live))
    expect(calls).toEqual(['replace Namespace/other', 'replace --force ConfigMap/a', 'create ConfigMap/new'])
  })

  it('[P4] fields of client-side apply become ours before the first server-side apply, unless that is switched off', async () => {
    const fields = (name: string) => ({ 'f:data': { [`f:${name}`]: {} } })
    const [object] = parseManifests(manifest('ConfigMap', 'a'))
    const managedFields = [
      { manager: 'kubectl-client-side-apply', operation: 'Update' as const, fieldsV1: fields('old') },
      { manager: 'argocd-controller', operation: 'Apply' as const, fieldsV1: fields('ours') },
      { manager: 'someone', operation: 'Update' as const, fieldsV1: fields('theirs') },
    ]
    if (object === undefined) throw new Error('no object')
    const live = JSON.stringify({ ...object, metadata: { ...object.metadata, resourceVersion: '7', managedFields } })
    const syncOptions = ['ServerSideApply=true']
    const cluster = new MemoryCluster(live)
    const patches: unknown[] = []
    const patch = cluster.patch.bind(cluster)
    cluster.patch = async (target, change) => {
      patches.push(change.body)
      return patch(target, change)
    }
    const { calls } = await run(
      planOf(manifest('ConfigMap', 'a'), { live, options: { prune: true, syncOptions } }),
      cluster,
    )
    expect(calls).toEqual(['patch ConfigMap/a', 'server-side-apply ConfigMap/a'])
    expect(patches).toEqual([
      [
        {
          op: 'replace',
          path: '/metadata/managedFields',
          value: [
            managedFields[2],
            {
              manager: 'argocd-controller',
              operation: 'Apply',
              fieldsType: 'FieldsV1',
              fieldsV1: { 'f:data': { 'f:old': {}, 'f:ours': {} } },
            },
          ],
        },
        { op: 'replace', path: '/metadata/resourceVersion', value: '7' },
      ],
    ])
    const off = planOf(manifest('ConfigMap', 'a'), {
      live,
      options: { prune: true, syncOptions: [...syncOptions, 'ClientSideApplyMigration=false'] },
    })
    expect((await run(off, new MemoryCluster(live))).calls).toEqual(['server-side-apply ConfigMap/a'])
  })

  it('[P3] prunes propagate as the application says', async () => {
    const live = manifest('ConfigMap', 'old')
    const options = { prune: true, syncOptions: ['PrunePropagationPolicy=background'] }
    const { calls } = await run(planOf('', { live, options }), new MemoryCluster(live))
    expect(calls).toEqual(['delete ConfigMap/old background'])
  })
})

describe('interruption', () => {
  it('[I1] stopped after any recorded state, a sync ends the same when it is run again', async () => {
    const yaml =
      manifest('Job', 'before', hook('PreSync')) + manifest('ConfigMap', 'a') + manifest('ConfigMap', 'late', wave(1))
    const whole = await run(planOf(yaml), new MemoryCluster())
    for (let stop = 0; stop < whole.states.length; stop += 1) {
      const cluster = new MemoryCluster()
      let last: SyncState = initialState
      let left = stop
      const dying = run(planOf(yaml), cluster, {
        record: async (state) => {
          last = state
          left -= 1
          if (left < 0) throw new Error('killed')
        },
      })
      await dying.catch(() => undefined)
      const rest = await run(planOf(yaml), cluster, { state: last })
      expect(rest.state.phase).toBe('Succeeded')
      expect([...cluster.objects.keys()].sort()).toEqual(
        parseManifests(yaml)
          .map((object) => formatKey(keyOf(object)))
          .sort(),
      )
    }
  })

  it('[I2] terminating deletes running hooks and fails the sync', async () => {
    const controller = new AbortController()
    const cluster = new MemoryCluster()
    const plan = planOf(manifest('Job', 'endless', hook('PreSync')) + manifest('ConfigMap', 'a'))
    const { state, calls } = await run(plan, cluster, {
      observe: (key) => ({
        exists: cluster.find(key) !== undefined,
        deleting: false,
        health: { status: 'Progressing', message: '' },
      }),
      changed: async () => controller.abort(),
      signal: controller.signal,
    })
    expect(state).toMatchObject({ phase: 'Failed', message: 'Operation terminated' })
    expect(state.results).toMatchObject([{ name: 'endless', hookPhase: 'Failed', message: 'Terminated' }])
    expect(calls).toContain('delete Job/endless')
    expect(calls).not.toContain('apply ConfigMap/a')
  })

  it('[I3] at most sixteen calls are in flight', async () => {
    const cluster = new MemoryCluster()
    let inFlight = 0
    let most = 0
    const apply = cluster.apply.bind(cluster)
    cluster.apply = async (object, options) => {
      inFlight += 1
      most = Math.max(most, inFlight)
      await new Promise((resolve) => setTimeout(resolve, 1))
      inFlight -= 1
      return apply(object, options)
    }
    await run(planOf(Array.from({ length: 100 }, (_, i) => manifest('ConfigMap', `c${i}`)).join('')), cluster)
    expect(most).toBe(16)
    expect(cluster.objects.size).toBe(100)
  })

  it('[I4] a cache that lags behind the writes does not end a wave early', async () => {
    const cluster = new MemoryCluster()
    const stale = {
      exists: true,
      deleting: false,
      resourceVersion: '1',
      health: { status: 'Healthy' as const, message: '' },
    }
    const plan = planOf(manifest('Deployment', 'web') + manifest('ConfigMap', 'late', wave(1)), {
      live: manifest('Deployment', 'web'),
    })
    let fresh = false
    cluster.store(parseManifests(manifest('Deployment', 'web'))[0] as KubeObject)
    cluster.onWrite = () => {}
    const calls: string[][] = []
    await executeSync({
      plan,
      state: initialState,
      cluster,
      observe: (key) =>
        fresh ? { ...stale, resourceVersion: '999999' } : key.kind === 'Deployment' ? stale : undefined,
      changed: async () => {
        calls.push(cluster.calls.filter((call) => call.startsWith('apply')))
        fresh = calls.length > 1
      },
      record: async () => {},
      clock: { now: () => new Date(0), after: () => () => {} },
      signal: new AbortController().signal,
    })
    expect(calls).toEqual([['apply Deployment/web'], ['apply Deployment/web']])
    expect(cluster.calls).toContain('apply ConfigMap/late')
  })
})
