import type { KubeObject } from '@driftless/kube-objects'
import { describe, expect, it } from 'vitest'
import { startTestCluster } from './support/cluster.ts'
import { manualClock } from './support/manual-clock.ts'

const minute = 60_000
const start = '2026-01-05T10:00:30Z'

async function clusterAt() {
  const clock = manualClock(start)
  const test = await startTestCluster({ clock, podReadySeconds: 1 })
  const list = (group: string, kind: string, namespace = 'default') =>
    test.cluster.api.list({ group, kind }, { namespace })
  return { test, clock, api: test.cluster.api, list }
}

const pod = (name: string, image: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'c', image }] },
})

const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'j', image: 'busybox' }] } }

describe('what happens with time', () => {
  it('[T1] a CronJob starts a Job at each of its times and keeps three that succeeded', async () => {
    const { test, clock, api, list } = await clusterAt()
    await using _ = test
    api.create({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'tick', namespace: 'default' },
      spec: { schedule: '*/5 * * * *', jobTemplate: { spec: { template } } },
    })
    clock.advance(4 * minute)
    expect(list('batch', 'Job')).toEqual([])
    clock.advance(minute)
    expect(list('batch', 'Job').map((job) => job.metadata.name)).toEqual([
      `tick-${Date.parse('2026-01-05T10:05:00Z') / minute}`,
    ])
    clock.advance(25 * minute)
    expect(list('batch', 'Job')).toHaveLength(3)
    expect(api.get({ group: 'batch', kind: 'CronJob', namespace: 'default', name: 'tick' })?.status).toMatchObject({
      lastScheduleTime: '2026-01-05T10:30:00Z',
    })
    expect(test.failures).toEqual([])
  })

  it('[T2] a finished Job goes after its time to live, with its pods', async () => {
    const { test, clock, api, list } = await clusterAt()
    await using _ = test
    api.create({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'short', namespace: 'default' },
      spec: { ttlSecondsAfterFinished: 60, template },
    })
    clock.advance(10_000)
    expect(list('batch', 'Job')[0]?.status).toMatchObject({ succeeded: 1 })
    clock.advance(2 * minute)
    // Dependents go through the garbage collector, which has timers of its own.
    await expect
      .poll(() => {
        clock.advance(1_000)
        return list('batch', 'Job').length + list('', 'Pod').length
      })
      .toBe(0)
  })

  it('[T3] a crashing container is restarted after 10, 20, 40 … seconds, never more than five minutes', async () => {
    const { test, clock, api } = await clusterAt()
    await using _ = test
    api.create(pod('broken', 'app:crash'))
    const restarts = () => {
      const status = api.get({ group: '', kind: 'Pod', namespace: 'default', name: 'broken' })?.status
      return (status as { containerStatuses?: { restartCount: number }[] }).containerStatuses?.[0]?.restartCount ?? 0
    }
    clock.advance(5_000)
    expect(restarts()).toBe(1)
    for (const [seconds, expected] of [
      [13, 2],
      [22, 3],
      [42, 4],
      [82, 5],
      [162, 6],
      [302, 7],
      [302, 8],
    ] as const) {
      clock.advance(seconds * 1000)
      expect(restarts()).toBe(expected)
    }
    const events = api
      .list({ group: '', kind: 'Event' }, { namespace: 'default' })
      .filter((event) => event.reason === 'BackOff')
    expect(events).toHaveLength(1)
    expect(events[0]?.count).toBeGreaterThan(5)
  })

  it('[T4] events are forgotten an hour after they were last seen', async () => {
    const { test, clock, api, list } = await clusterAt()
    await using _ = test
    api.create(pod('quiet', 'nginx'))
    clock.advance(10_000)
    expect(list('', 'Event').length).toBeGreaterThanOrEqual(5)
    clock.advance(61 * minute)
    expect(list('', 'Event')).toEqual([])
  })

  it('[T5] a cluster where nothing happens sets no timers', async () => {
    const { test, clock, api } = await clusterAt()
    await using _ = test
    api.create(pod('quiet', 'nginx'))
    clock.advance(2 * 60 * minute)
    const version = api.version
    clock.advance(24 * 60 * minute)
    expect(api.version).toBe(version)
  })
})
