import type { ResourceDiff } from '@driftless/model'
import { expect, it } from 'vitest'
import { diffSides, presence } from './diff-sides.ts'

const object = (image: string) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      uid: image,
      managedFields: [{}],
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': image },
    },
    status: { image },
    spec: { image },
  })
const diff = (states: Partial<ResourceDiff>): ResourceDiff => ({
  kind: 'Deployment',
  name: 'web',
  targetState: 'null',
  liveState: 'null',
  normalizedLiveState: 'null',
  predictedLiveState: 'null',
  modified: true,
  ...states,
})

it('compares the live object with what a sync would make of it', () => {
  const sides = diffSides(
    diff({
      liveState: object('v1'),
      normalizedLiveState: object('v1'),
      targetState: object('v2'),
      predictedLiveState: object('v2'),
    }),
  )
  expect(sides.live).toBe('apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  image: v1\n')
  expect(sides.desired).toContain('image: v2')
})

it('leaves the desired side empty for an object that would be pruned', () => {
  const resource = diff({
    liveState: object('v1'),
    normalizedLiveState: object('v1'),
    predictedLiveState: object('v1'),
  })
  expect(diffSides(resource)).toMatchObject({ desired: '' })
  expect(presence(resource)).toBe('live')
})

it('leaves the live side empty for an object that would be created', () => {
  const resource = diff({ targetState: object('v1'), predictedLiveState: object('v1') })
  expect(diffSides(resource)).toMatchObject({ live: '' })
  expect(presence(resource)).toBe('git')
})
