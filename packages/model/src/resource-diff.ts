import { z } from 'zod'

/** One field that differs, with who set the live one last. */
export const fieldDifference = z.object({
  /** JSON path, e.g. `spec.template.spec.containers[0].image`. */
  path: z.string(),
  live: z.unknown().optional(),
  desired: z.unknown().optional(),
  manager: z.string().optional(),
})
export type FieldDifference = z.infer<typeof fieldDifference>

/** One managed resource with both of its states, as JSON strings; `"null"` where a side is absent (spec: api §3). */
export const resourceDiff = z.object({
  group: z.string().optional(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  targetState: z.string(),
  liveState: z.string(),
  normalizedLiveState: z.string(),
  predictedLiveState: z.string(),
  hook: z.boolean().optional(),
  modified: z.boolean(),
  resourceVersion: z.string().optional(),
  /** What Driftless adds: the differences as data. */
  differences: z.array(fieldDifference).optional(),
})
export type ResourceDiff = z.infer<typeof resourceDiff>
