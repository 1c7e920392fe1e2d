import { describe, expect, it } from 'vitest'
import { decideAutoSync } from './auto-sync.ts'
import type { ApplicationRecord, ObservedState, OperationRow } from './ports/application-store.ts'

const now = new Date('2026-01-05T10:00:00Z')
const source = { repoURL: 'https://git.example.com/a', path: 'app' }

function app(
  change: { automated?: object | null; operation?: Partial<OperationRow>; deletedAt?: string } = {},
): ApplicationRecord {
  const { automated = { prune: true, selfHeal: true }, operation } = change
  return {
    namespace: 'argocd',
    name: 'web',
    uid: 'u',
    version: 1,
    generation: 1,
    createdAt: now.toISOString(),
    deletedAt: change.deletedAt,
    labels: {},
    annotations: {},
    finalizers: [],
    spec: { project: 'default', source, destination: { name: 'in-cluster' }, syncPolicy: { automated } },
    refresh: undefined,
    state: undefined,
    operation:
      operation === undefined
        ? undefined
        : {
            id: 'o',
            kind: 'sync',
            operation: {},
            phase: 'Succeeded',
            message: '',
            startedAt: now.toISOString(),
            finishedAt: now.toISOString(),
            retryCount: 0,
            retryAt: undefined,
            syncResult: { revision: 'a1', source },
            results: [],
            deploymentId: undefined,
            ...operation,
          },
    history: [],
  }
}

function state(change: Partial<ObservedState> = {}): ObservedState {
  return {
    sync: 'OutOfSync',
    revisions: ['a1'],
    comparedTo: undefined,
    health: 'Healthy',
    healthMessage: undefined,
    healthSince: now.toISOString(),
    resources: [
      { group: 'apps', kind: 'Deployment', name: 'web', status: 'OutOfSync' },
      { kind: 'Service', name: 'web', status: 'Synced' },
    ],
    conditions: [],
    sourceTypes: [],
    images: [],
    externalUrls: [],
    reconciledAt: now.toISOString(),
    observedAt: now.toISOString(),
    commitMessage: undefined,
    commitAuthor: undefined,
    ...change,
  }
}

describe('[A] automatic sync', () => {
  it.each([
    ['[A1] is off without its block', app({ automated: null }), state()],
    ['[A1] is off when switched off', app({ automated: { enabled: false } }), state()],
    [
      '[A2] does nothing while an operation runs',
      app({ operation: { phase: 'Running', finishedAt: undefined } }),
      state(),
    ],
    ['[A2] does nothing to an application that is being deleted', app({ deletedAt: now.toISOString() }), state()],
    ['[A3] does nothing when Synced', app(), state({ sync: 'Synced' })],
    ['[A3] does nothing when Unknown: what is not known is not changed', app(), state({ sync: 'Unknown' })],
    [
      '[A4] does nothing when only pruning is left and pruning is off',
      app({ automated: { selfHeal: true } }),
      state({ resources: [{ kind: 'Service', name: 'old', status: 'OutOfSync', requiresPruning: true }] }),
    ],
    ['[A6] leaves a synced revision alone without self-heal', app({ automated: {}, operation: {} }), state()],
  ])('%s', (_, application, observed) => {
    expect(decideAutoSync(application, observed, now)).toMatchObject({ action: 'none' })
  })

  it('[A5] deploys exactly the commits that were compared', () => {
    expect(decideAutoSync(app(), state(), now)).toMatchObject({
      action: 'sync',
      operation: { sync: { revision: 'a1', prune: true }, initiatedBy: { automated: true }, retry: { limit: 5 } },
    })
  })

  it('[A5] syncs a new revision whatever became of the last one', () => {
    const failed = app({ operation: { phase: 'Failed' } })
    expect(decideAutoSync(failed, state({ revisions: ['b2'] }), now)).toMatchObject({ action: 'sync' })
  })

  it('[A7] does not repeat a failed attempt at the same revision, and says so', () => {
    const decision = decideAutoSync(app({ operation: { phase: 'Failed', message: 'no' } }), state(), now)
    expect(decision).toMatchObject({
      action: 'none',
      condition: { type: 'SyncError', message: 'Failed last sync attempt to [a1]: no' },
    })
  })

  it('[A8] heals at once the first time, and only what differs', () => {
    expect(decideAutoSync(app({ operation: {} }), state(), now)).toMatchObject({
      action: 'sync',
      operation: {
        sync: { resources: [{ group: 'apps', kind: 'Deployment', name: 'web' }], autoHealAttemptsCount: 1 },
      },
    })
  })

  it.each([
    [1, 2_000],
    [2, 6_000],
    [9, 300_000],
  ])('[A8] after %d attempts it waits %d ms', (attempts, ms) => {
    const healed = app({ operation: { operation: { sync: { autoHealAttemptsCount: attempts } } } })
    expect(decideAutoSync(healed, state(), now)).toMatchObject({ action: 'wait', ms })
  })

  it('[A9] never prunes everything unless told that empty is fine', () => {
    const emptied = state({
      revisions: ['b2'],
      resources: [{ kind: 'Service', name: 'old', status: 'OutOfSync', requiresPruning: true }],
    })
    expect(decideAutoSync(app(), emptied, now)).toMatchObject({
      action: 'none',
      condition: { message: expect.stringContaining('auto-sync will wipe out all resources') },
    })
    expect(decideAutoSync(app({ automated: { prune: true, allowEmpty: true } }), emptied, now)).toMatchObject({
      action: 'sync',
    })
  })
})
