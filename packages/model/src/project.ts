import { z } from 'zod'
import { objectMetadata } from './application.ts'

const groupKind = z.object({ group: z.string(), kind: z.string(), name: z.string().optional() })

/** `spec` of an AppProject (spec: objects §3). */
export const projectSpec = z.object({
  description: z.string().max(255).optional(),
  sourceRepos: z.array(z.string()).optional(),
  sourceNamespaces: z.array(z.string()).optional(),
  destinations: z
    .array(z.object({ server: z.string().optional(), name: z.string().optional(), namespace: z.string().optional() }))
    .optional(),
  clusterResourceWhitelist: z.array(groupKind).optional(),
  clusterResourceBlacklist: z.array(groupKind).optional(),
  namespaceResourceWhitelist: z.array(groupKind).optional(),
  namespaceResourceBlacklist: z.array(groupKind).optional(),
  roles: z
    .array(
      z.object({
        name: z.string(),
        description: z.string().optional(),
        policies: z.array(z.string()).optional(),
        groups: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  orphanedResources: z
    .object({
      warn: z.boolean().optional(),
      ignore: z
        .array(z.object({ group: z.string().optional(), kind: z.string().optional(), name: z.string().optional() }))
        .optional(),
    })
    .optional(),
})
export type ProjectSpec = z.infer<typeof projectSpec>

export const project = z.object({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: objectMetadata,
  spec: projectSpec,
})
export type Project = z.infer<typeof project>

/** The project that exists from the first start and permits everything (spec: objects §3). */
export const defaultProjectSpec: ProjectSpec = {
  sourceRepos: ['*'],
  destinations: [{ server: '*', namespace: '*' }],
  clusterResourceWhitelist: [{ group: '*', kind: '*' }],
}
