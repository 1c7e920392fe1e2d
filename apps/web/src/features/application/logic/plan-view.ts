import type { Plan, PlannedAction, PlannedTask, SyncPhase } from '@driftless/model'

/** A wave of a plan as the console draws it; prunes stand in a wave of their own, last. */
export interface PlanWave {
  readonly key: string
  readonly phase: SyncPhase | 'Prune'
  readonly wave: number
  readonly tasks: readonly PlannedTask[]
}

/** The waves with something to do, prunes taken out and put last so that nobody overlooks them. */
export function planWaves(plan: Plan): PlanWave[] {
  const waves: PlanWave[] = []
  const prunes: PlannedTask[] = []
  for (const { phase, wave, tasks } of plan.waves) {
    const rest = tasks.filter(
      (task) => task.action !== 'prune' && task.action !== 'prune-skipped' && task.action !== 'unchanged',
    )
    prunes.push(...tasks.filter((task) => task.action === 'prune' || task.action === 'prune-skipped'))
    if (rest.length > 0) waves.push({ key: `${phase}-${wave}`, phase, wave, tasks: rest })
  }
  if (prunes.length > 0) waves.push({ key: 'prune', phase: 'Prune', wave: 0, tasks: prunes })
  return waves
}

/** How many steps of each kind a plan has, and how many objects whose pods restart. */
export function planCounts(plan: Plan): Record<PlannedAction | 'restarts', number> {
  const counts: Record<PlannedAction | 'restarts', number> = {
    create: 0,
    update: 0,
    replace: 0,
    prune: 0,
    'prune-skipped': 0,
    hook: 0,
    unchanged: 0,
    restarts: 0,
  }
  for (const task of plan.waves.flatMap((wave) => wave.tasks)) {
    counts[task.action] += 1
    if (task.restartsPods === true) counts.restarts += 1
  }
  // Unchanged objects may be counted without being listed.
  counts.unchanged = Math.max(counts.unchanged, plan.counts.unchanged ?? 0)
  return counts
}
