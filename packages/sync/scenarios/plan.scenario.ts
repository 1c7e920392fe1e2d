import { formatKey, parseManifests } from '@driftless/kube-objects'
import { describe, expect, it } from 'vitest'
import { deletionWaves, describePlan, orderTasks, taskId } from '../src/index.ts'
import { linesOf, manifest, planOf } from './memory-cluster.ts'

const wave = (value: number | string) => ({ 'argocd.argoproj.io/sync-wave': String(value) })
const hook = (value: string) => ({ 'argocd.argoproj.io/hook': value })

describe('order', () => {
  it('[O1] phases come first, then waves, then kinds, then names', () => {
    const plan = planOf(
      [
        manifest('Deployment', 'b'),
        manifest('Deployment', 'a'),
        manifest('ConfigMap', 'late', wave(1)),
        manifest('Service', 'web'),
        manifest('Job', 'after', hook('PostSync')),
        manifest('Job', 'before', hook('PreSync')),
        manifest('ConfigMap', 'early', wave(-1)),
      ].join(''),
    )
    expect(linesOf(plan)).toEqual([
      'PreSync 0 Job/before hook',
      'Sync -1 ConfigMap/early',
      'Sync 0 Service/web',
      'Sync 0 Deployment/a',
      'Sync 0 Deployment/b',
      'Sync 1 ConfigMap/late',
      'PostSync 0 Job/after hook',
    ])
  })

  it('[O2] a wave that is not an integer is passed over for the hook weight', () => {
    const plan = planOf(manifest('ConfigMap', 'a', { ...wave('soon'), 'helm.sh/hook-weight': '3' }))
    expect(linesOf(plan)).toEqual(['Sync 3 ConfigMap/a'])
  })

  it('[O3] a namespace is lifted before the first object in it and takes its phase and wave', () => {
    const plan = planOf(
      manifest('Namespace', 'demo', wave(5)) + manifest('Job', 'before', hook('PreSync')) + manifest('ConfigMap', 'a'),
    )
    expect(linesOf(plan)).toEqual(['PreSync 0 Namespace/demo', 'PreSync 0 Job/before hook', 'Sync 0 ConfigMap/a'])
  })

  it('[O4] a definition is lifted before the first object of its kind', () => {
    const crd = `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com, annotations: {argocd.argoproj.io/sync-wave: "2"}}
spec: {group: example.com, names: {kind: Widget, plural: widgets}}
`
    const plan = planOf(crd + manifest('Widget', 'w', wave(-3)) + manifest('ConfigMap', 'a'))
    expect(linesOf(plan)).toEqual([
      'Sync -3 CustomResourceDefinition/widgets.example.com',
      'Sync -3 Widget/w',
      'Sync 0 ConfigMap/a',
    ])
    expect(plan.problems).toEqual([])
  })

  it('[O5] prune waves are mirrored among themselves', () => {
    const live = [0, 1, 5].map((n) => manifest('ConfigMap', `c${n}`, wave(n))).join('')
    expect(linesOf(planOf('', { live }))).toEqual([
      'Sync 0 ConfigMap/c5 prune',
      'Sync 1 ConfigMap/c1 prune',
      'Sync 5 ConfigMap/c0 prune',
    ])
  })

  it('[O6] PruneLast puts prunes after the highest wave of the Sync phase, prunes included', () => {
    const live =
      manifest('ConfigMap', 'old', { 'argocd.argoproj.io/sync-options': 'PruneLast=true' }) +
      manifest('ConfigMap', 'other', wave(4))
    expect(linesOf(planOf(manifest('ConfigMap', 'new', wave(2)), { live }))).toEqual([
      'Sync 0 ConfigMap/other prune',
      'Sync 2 ConfigMap/new',
      'Sync 5 ConfigMap/old prune',
    ])
  })

  it('[O7] any list of tasks can be ordered by itself', () => {
    const [late, early] = parseManifests(manifest('ConfigMap', 'late', wave(1)) + manifest('ConfigMap', 'early'))
    const tasks = [
      { id: 0, phase: 'Sync' as const, target: late },
      { id: 1, phase: 'Sync' as const, target: early },
    ]
    expect(orderTasks(tasks).map(({ id, wave: at }) => [id, at])).toEqual([
      [1, 0],
      [0, 1],
    ])
  })
})

describe('tasks', () => {
  it('[T1] what is tracked, live and no longer desired is pruned; what is not tracked is left alone', () => {
    const live = manifest('ConfigMap', 'ours') + manifest('ConfigMap', 'copied')
    const plan = planOf('', { live, trackingOf: (object) => object.metadata.name === 'ours' })
    expect(linesOf(plan)).toEqual(['Sync 0 ConfigMap/ours prune'])
  })

  it('[T2] without prune, candidates are shown and skipped', () => {
    const plan = planOf('', { live: manifest('ConfigMap', 'old'), options: { prune: false } })
    expect(describePlan(plan).waves[0]?.tasks[0]).toMatchObject({
      action: 'prune-skipped',
      message: 'ignored (requires pruning)',
    })
  })

  it.each([
    ['false', [], 'ignored (no prune)', undefined],
    ['confirm', [], undefined, true],
    [undefined, ['Prune=false'], 'ignored (no prune)', undefined],
    ['confirm', ['Prune=false'], undefined, true],
    ['true', ['Prune=confirm'], undefined, undefined],
  ])('[T3] Prune=%s on the object wins over %j on the application', (own, syncOptions, skipped, needs) => {
    const annotations: Record<string, string> =
      own === undefined ? {} : { 'argocd.argoproj.io/sync-options': `Prune=${own}` }
    const plan = planOf('', { live: manifest('ConfigMap', 'old', annotations), options: { prune: true, syncOptions } })
    expect([plan.tasks[0]?.pruneSkipped, plan.tasks[0]?.needsConfirmation]).toEqual([skipped, needs])
  })

  it('[T4] live hooks are never pruned', () => {
    const live = manifest('Job', 'old', hook('PreSync')) + manifest('Job', 'skipped', hook('Skip'))
    expect(planOf('', { live }).tasks).toEqual([])
  })

  it('[T5] a selective sync takes the named objects only and runs no hooks', () => {
    const targets = manifest('ConfigMap', 'a') + manifest('ConfigMap', 'b') + manifest('Job', 'before', hook('PreSync'))
    const options = { prune: true, resources: [{ kind: 'ConfigMap', name: 'b' }] }
    expect(linesOf(planOf(targets, { options, live: manifest('ConfigMap', 'old') }))).toEqual(['Sync 0 ConfigMap/b'])
  })

  it('[T6] the apply strategy runs no hooks', () => {
    const targets = manifest('ConfigMap', 'a') + manifest('Job', 'before', hook('PreSync'))
    expect(linesOf(planOf(targets, { options: { prune: true, strategy: 'apply' } }))).toEqual(['Sync 0 ConfigMap/a'])
  })

  it('[T7] CreateNamespace makes the destination namespace in PreSync unless it is there or desired', () => {
    const options = { prune: true, syncOptions: ['CreateNamespace=true'] }
    const target = manifest('ConfigMap', 'a')
    expect(linesOf(planOf(target, { options }))).toEqual(['PreSync 0 Namespace/demo', 'Sync 0 ConfigMap/a'])
    expect(linesOf(planOf(target, { options, live: manifest('Namespace', 'demo'), trackingOf: () => false }))).toEqual([
      'Sync 0 ConfigMap/a',
    ])
    expect(linesOf(planOf(target + manifest('Namespace', 'demo'), { options }))).toEqual([
      'Sync 0 Namespace/demo',
      'Sync 0 ConfigMap/a',
    ])
  })

  it('[T8] a managed namespace is applied server-side even where it exists', () => {
    const plan = planOf('', {
      options: { prune: true, syncOptions: ['CreateNamespace=true'] },
      destinationNamespace: parseManifests(manifest('Namespace', 'demo'))[0],
      namespaceMetadata: { labels: { team: 'web' } },
    })
    expect(plan.tasks[0]?.target?.metadata).toEqual({
      name: 'demo',
      labels: { team: 'web' },
      annotations: { 'argocd.argoproj.io/sync-options': 'ServerSideApply=true' },
    })
  })

  it('[T9] an object without a namespace goes to the destination, one of a cluster-wide kind nowhere', () => {
    const plan = planOf(`{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n${manifest('ClusterRole', 'r')}`)
    expect(plan.tasks.map(({ key }) => formatKey(key))).toEqual([
      '/ConfigMap/demo/a',
      'rbac.authorization.k8s.io/ClusterRole//r',
    ])
  })

  it('[T10] each object is there once a phase, the last of repeated ones counts', () => {
    const plan = planOf(manifest('ConfigMap', 'a', wave(1)) + manifest('ConfigMap', 'a', wave(2)))
    expect(linesOf(plan)).toEqual(['Sync 2 ConfigMap/a'])
  })

  it('[T11] a kind that the cluster does not know is a problem, unless it comes with the application or may be missing', () => {
    expect(planOf(manifest('Widget', 'w')).problems).toEqual([
      { object: 'example.com/Widget/demo/w', message: expect.stringContaining('example.com/v1/Widget') },
    ])
    const tolerant = { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' }
    expect(planOf(manifest('Widget', 'w', tolerant)).problems).toEqual([])
  })

  it('[T12] what the project refuses is a problem', () => {
    const plan = planOf(manifest('ConfigMap', 'a'), { permitted: () => 'the project does not permit ConfigMap' })
    expect(plan.problems.map(({ message }) => message)).toEqual(['the project does not permit ConfigMap'])
  })
})

describe('hooks', () => {
  it('[H1] a hook of several types is one task a phase', () => {
    expect(linesOf(planOf(manifest('Job', 'both', hook('PreSync, PostSync'))))).toEqual([
      'PreSync 0 Job/both hook',
      'PostSync 0 Job/both hook',
    ])
  })

  it('[H2] Helm hooks map to phases and weights to waves', () => {
    const annotations = { 'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-weight': '-5' }
    expect(linesOf(planOf(manifest('Job', 'migrate', annotations)))).toEqual(['PreSync -5 Job/migrate hook'])
  })

  it('[H3] Helm hooks do not count beside a valid own type', () => {
    const annotations = { ...hook('PostSync'), 'helm.sh/hook': 'pre-install' }
    expect(linesOf(planOf(manifest('Job', 'a', annotations)))).toEqual(['PostSync 0 Job/a hook'])
  })

  it.each([
    ['an unknown own type', hook('Sometimes')],
    ['an unknown Helm hook', { 'helm.sh/hook': 'test' }],
    ['Skip alone', hook('Skip')],
    ['hooks of deletion', hook('PreDelete')],
  ])('[H4] %s is not applied by a sync', (_name, annotations) => {
    expect(planOf(manifest('Job', 'a', annotations)).tasks).toEqual([])
  })

  it('[H5] Skip with another type runs the other; crd-install is an ordinary resource', () => {
    expect(linesOf(planOf(manifest('Job', 'a', hook('Skip,Sync'))))).toEqual(['Sync 0 Job/a hook'])
    expect(linesOf(planOf(manifest('Job', 'a', { 'helm.sh/hook': 'crd-install' })))).toEqual(['Sync 0 Job/a'])
  })

  it('[H6] a hook with a prefix for a name gets one from revision, phase and start', () => {
    const yaml = `{apiVersion: batch/v1, kind: Job, metadata: {generateName: Migrate-, annotations: {argocd.argoproj.io/hook: PreSync}}}`
    expect(planOf(yaml).tasks[0]?.key.name).toBe('migrate-b71e0aa-presync-1795176000')
  })

  it('[H7] hooks carry the hook finalizer, and are deleted before their creation unless they say otherwise', () => {
    const [task] = planOf(manifest('Job', 'a', hook('PreSync'))).tasks
    expect(task?.target?.metadata.finalizers).toEqual(['argocd.argoproj.io/hook-finalizer'])
    expect(task?.deletePolicies).toEqual(['BeforeHookCreation'])
    const both = {
      ...hook('Sync'),
      'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded',
      'helm.sh/hook-delete-policy': 'hook-failed',
    }
    expect(planOf(manifest('Job', 'a', both)).tasks[0]?.deletePolicies).toEqual(['HookSucceeded', 'HookFailed'])
  })
})

describe('deletion', () => {
  it('[X1] objects go in descending waves; definitions and what must stay are left out', () => {
    const live = parseManifests(
      manifest('ConfigMap', 'first') +
        manifest('ConfigMap', 'last', wave(3)) +
        manifest('ConfigMap', 'kept', { 'helm.sh/resource-policy': 'keep' }) +
        manifest('ConfigMap', 'stays', { 'argocd.argoproj.io/sync-options': 'Delete=false' }) +
        manifest('CustomResourceDefinition', 'widgets.example.com'),
    )
    expect(deletionWaves(live).map((group) => group.map(({ metadata }) => metadata.name))).toEqual([
      ['last'],
      ['first'],
    ])
  })
})

it('[L1] a plan holds each object of each phase once, whatever comes in', () => {
  const kinds = ['ConfigMap', 'Deployment', 'Namespace', 'Job']
  for (let seed = 0; seed < 200; seed += 1) {
    const pick = (salt: number, n: number) => (((seed + 1) * 7919 + salt * 104729) >>> 3) % n
    const targets = Array.from({ length: 12 }, (_, i) =>
      manifest(kinds[pick(i, 4)] ?? 'ConfigMap', `n${pick(i + 50, 5)}`, wave(pick(i + 99, 5) - 2)),
    )
    const live = Array.from({ length: 6 }, (_, i) => manifest('ConfigMap', `n${pick(i + 7, 9)}`, wave(pick(i, 3))))
    const plan = planOf(targets.join(''), { live: live.join('') })
    const ids = plan.tasks.map(taskId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(plan.waves.flatMap(({ tasks }) => tasks)).toEqual(plan.tasks)
  }
})
