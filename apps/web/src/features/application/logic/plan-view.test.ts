import type { Plan, PlannedTask } from '@driftless/model'
import { expect, it } from 'vitest'
import { planCounts, planWaves } from './plan-view.ts'

const task = (action: PlannedTask['action'], name: string, more: Partial<PlannedTask> = {}): PlannedTask => ({
  action,
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  namespace: 'shop',
  name,
  ...more,
})
const counts = { create: 0, update: 0, replace: 0, prune: 0, 'prune-skipped': 0, hook: 0, unchanged: 201 }
const plan: Plan = {
  waves: [
    { phase: 'PreSync', wave: 0, tasks: [task('hook', 'migrate')] },
    {
      phase: 'Sync',
      wave: 0,
      tasks: [task('update', 'env', { restartsPods: true }), task('prune', 'old'), task('unchanged', 'same')],
    },
    { phase: 'Sync', wave: 1, tasks: [task('unchanged', 'also')] },
  ],
  problems: [],
  counts,
}

it('shows prunes by themselves, last, and leaves out waves without work', () => {
  expect(planWaves(plan).map((wave) => [wave.key, wave.tasks.map((each) => each.name)])).toEqual([
    ['PreSync-0', ['migrate']],
    ['Sync-0', ['env']],
    ['prune', ['old']],
  ])
})

it('counts steps, restarts, and what is not listed', () => {
  expect(planCounts(plan)).toMatchObject({ hook: 1, update: 1, prune: 1, create: 0, restarts: 1, unchanged: 201 })
})
