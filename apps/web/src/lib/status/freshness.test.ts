import type { Cluster } from '@driftless/model'
import { expect, it } from 'vitest'
import { findCluster, freshnessOf } from './freshness.ts'

const at = (seconds: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + seconds * 1000).toISOString()
const now = Date.parse(at(100))
const cluster = (heard: number, status: 'Successful' | 'Failed' = 'Successful'): Cluster => ({
  server: 'https://a',
  name: 'a',
  connectionState: { status, message: status === 'Failed' ? 'dial timeout' : '' },
  info: { cacheInfo: { lastCacheSyncTime: at(heard) } },
})

it('an old comparison is current while the cluster’s watch speaks', () => {
  expect(freshnessOf(at(0), cluster(97), now)).toMatchObject({ state: 'fresh', at: at(97) })
})

it('a minute of silence makes a status stale', () => {
  expect(freshnessOf(at(20), cluster(26), now)).toMatchObject({ state: 'stale', at: at(26) })
})

it('a cluster that refuses is unreachable, with its reason and the last time it was heard', () => {
  expect(freshnessOf(at(20), cluster(99, 'Failed'), now)).toEqual({
    state: 'unreachable',
    at: at(99),
    reason: 'dial timeout',
  })
})

it('finds a destination by server before by name', () => {
  expect(findCluster([cluster(1)], { server: 'https://a' })?.name).toBe('a')
  expect(findCluster([cluster(1)], { name: 'a' })?.name).toBe('a')
  expect(findCluster([cluster(1)], { server: 'https://b', name: 'a' })).toBeUndefined()
})
