import { z } from 'zod'
import { stringMap } from './source.ts'
import { healthStatusCode, operationPhase, syncStatusCode } from './status.ts'

/** What lists, tiles, filters and live updates need of an application: the observed columns, not the object. */
export const applicationRow = z.object({
  name: z.string(),
  namespace: z.string(),
  uid: z.string(),
  /** Position in the one version sequence of the database. */
  version: z.number().int(),
  project: z.string(),
  labels: stringMap,
  createdAt: z.string(),
  deletedAt: z.string().optional(),
  repoURL: z.string(),
  path: z.string().optional(),
  chart: z.string().optional(),
  targetRevision: z.string(),
  sourceCount: z.number().int(),
  destinationServer: z.string(),
  destinationName: z.string(),
  destinationNamespace: z.string(),
  autoSync: z.boolean(),
  sync: syncStatusCode,
  health: healthStatusCode,
  healthMessage: z.string().optional(),
  healthSince: z.string().optional(),
  revision: z.string().optional(),
  commitMessage: z.string().optional(),
  commitAuthor: z.string().optional(),
  images: z.array(z.string()),
  conditionCount: z.number().int(),
  /** A finished operation's phase, or Running and Terminating; absent when none was ever started. */
  operationPhase: operationPhase.optional(),
  operationKind: z.enum(['sync', 'rollback', 'delete']).optional(),
  operationStartedAt: z.string().optional(),
  operationFinishedAt: z.string().optional(),
  operationMessage: z.string().optional(),
  /** When the destination cluster last confirmed this state. */
  observedAt: z.string().optional(),
  reconciledAt: z.string().optional(),
  /** True while a requested refresh has not been done. */
  refreshing: z.boolean(),
})
export type ApplicationRow = z.infer<typeof applicationRow>
