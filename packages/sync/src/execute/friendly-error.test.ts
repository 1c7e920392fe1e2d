import { expect, it } from 'vitest'
import type { SyncTask } from '../plan/sync-task.ts'
import { friendlyError } from './friendly-error.ts'

const task: SyncTask = {
  phase: 'Sync',
  wave: 0,
  version: 'v1',
  key: { group: 'example.com', kind: 'Widget', namespace: 'demo', name: 'w' },
}

it.each([
  ['the server could not find the requested resource', /CustomResourceDefinition of "Widget" is installed/],
  ['metadata.annotations: Too long: may not be more than 262144 bytes', /ServerSideApply=true or Replace=true/],
  ['spec.selector: Invalid value: field is immutable', /Replace=true and Force=true/],
])('[E1] %s is answered with the remedy', (reason, remedy) => {
  const text = friendlyError(new Error(reason), task)
  expect(text).toContain(reason)
  expect(text).toMatch(remedy)
})

it('[E1] other refusals stay as the cluster said them', () => {
  expect(friendlyError(new Error('quota exceeded'), task)).toBe('quota exceeded')
})
