import { z } from 'zod'
import { syncPhase } from './status.ts'

export const plannedAction = z.enum(['create', 'update', 'replace', 'prune', 'prune-skipped', 'hook', 'unchanged'])
export type PlannedAction = z.infer<typeof plannedAction>

/** One step of a plan: what would happen to one object. */
export const plannedTask = z.object({
  action: plannedAction,
  group: z.string(),
  version: z.string(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  hookType: z.string().optional(),
  /** True when the pods behind the object will be replaced. */
  restartsPods: z.boolean().optional(),
  message: z.string().optional(),
})
export type PlannedTask = z.infer<typeof plannedTask>

/** What a sync would do, wave by wave. */
export const plan = z.object({
  revision: z.string().optional(),
  revisions: z.array(z.string()).optional(),
  waves: z.array(z.object({ phase: syncPhase, wave: z.number().int(), tasks: z.array(plannedTask) })),
  problems: z.array(z.object({ object: z.string(), message: z.string() })),
  counts: z.record(plannedAction, z.number().int()),
})
export type Plan = z.infer<typeof plan>
