import { expect, it } from 'vitest'
import { containerNames, containerStates, resourceFacts } from './resource-facts.ts'

it('says why a container does not run, and how often it was started again', () => {
  const pod = {
    kind: 'Pod',
    status: {
      containerStatuses: [
        { name: 'api', restartCount: 7, state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 2m40s' } } },
        { name: 'proxy', restartCount: 0, ready: true, state: { running: {} } },
      ],
    },
  }
  expect(containerStates(pod)).toEqual([
    { name: 'api', state: 'CrashLoopBackOff', detail: 'back-off 2m40s', restarts: 7, unready: false, tone: 'degraded' },
    { name: 'proxy', state: 'Running', detail: '', restarts: 0, unready: false, tone: 'healthy' },
  ])
})

it('says how many replicas of a workload are ready', () => {
  expect(resourceFacts(undefined, { spec: { replicas: 3 }, status: { readyReplicas: 1 } })).toEqual([
    { name: 'fact.replicas', value: '1 / 3' },
  ])
})

it('names the containers of pods, workloads and scheduled jobs', () => {
  const pod = { containers: [{ name: 'a' }], initContainers: [{ name: 'i' }] }
  expect(containerNames({ kind: 'Pod', spec: pod })).toEqual(['a', 'i'])
  expect(containerNames({ kind: 'Deployment', spec: { template: { spec: pod } } })).toEqual(['a', 'i'])
  expect(containerNames({ kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: pod } } } } })).toEqual([
    'a',
    'i',
  ])
  expect(containerNames(undefined)).toEqual([])
})
