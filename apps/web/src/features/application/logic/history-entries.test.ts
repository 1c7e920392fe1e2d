import type { OperationRecord } from '@driftless/contract'
import type { RevisionHistory } from '@driftless/model'
import { expect, it } from 'vitest'
import { historyEntries } from './history-entries.ts'

const deployment = (id: number, at: string): RevisionHistory => ({ id, revision: `r${id}`, deployedAt: at })
const attempt = (id: string, at: string, more: Partial<OperationRecord>): OperationRecord => ({
  id,
  kind: 'sync',
  phase: 'Succeeded',
  startedAt: at,
  initiatedBy: { username: 'admin' },
  dryRun: false,
  retryCount: 0,
  ...more,
})

it('shows failures between deployments, newest first, and offers nothing to return to for them', () => {
  const entries = historyEntries(
    [deployment(0, '2026-01-01T00:00:00Z'), deployment(1, '2026-01-03T00:00:00Z')],
    [
      attempt('c', '2026-01-03T00:00:00Z', { deploymentId: 1 }),
      attempt('b', '2026-01-02T00:00:00Z', { phase: 'Failed' }),
      attempt('a', '2026-01-01T00:00:00Z', { deploymentId: 0 }),
    ],
  )
  expect(entries.map((entry) => [entry.key, entry.phase, entry.deployment, entry.current])).toEqual([
    ['c', 'Succeeded', 1, true],
    ['b', 'Failed', undefined, false],
    ['a', 'Succeeded', 0, false],
  ])
})

it('a deployment was active until the next one', () => {
  const entries = historyEntries([deployment(0, '2026-01-01T00:00:00Z'), deployment(1, '2026-01-03T00:00:00Z')], [])
  expect(entries.map((entry) => [entry.deployment, entry.activeFrom, entry.activeUntil])).toEqual([
    [1, '2026-01-03T00:00:00Z', undefined],
    [0, '2026-01-01T00:00:00Z', '2026-01-03T00:00:00Z'],
  ])
})

it('dry runs are not part of the history', () => {
  expect(historyEntries([], [attempt('a', '2026-01-01T00:00:00Z', { dryRun: true })])).toEqual([])
})
