import { z } from 'zod'

/** A change that was committed, as watchers learn of it: the thing and its version, not its content. */
export const change = z.object({
  version: z.number().int(),
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED']),
  kind: z.enum(['Application', 'Repository', 'Cluster', 'Project', 'Operation', 'ResourceTree']),
  namespace: z.string(),
  name: z.string(),
})
export type Change = z.infer<typeof change>
