import { z } from 'zod'
import { stringMap } from './source.ts'
import { healthStatus } from './status.ts'

export const resourceReference = z.object({
  group: z.string().optional(),
  version: z.string().optional(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  uid: z.string().optional(),
})
export type ResourceReference = z.infer<typeof resourceReference>

export const infoItem = z.object({ name: z.string(), value: z.string() })
export type InfoItem = z.infer<typeof infoItem>

export const networkingInfo = z.object({
  targetLabels: stringMap.optional(),
  targetRefs: z.array(resourceReference).optional(),
  labels: stringMap.optional(),
  ingress: z.array(z.object({ ip: z.string().optional(), hostname: z.string().optional() })).optional(),
  externalURLs: z.array(z.string()).optional(),
})
export type NetworkingInfo = z.infer<typeof networkingInfo>

/** One node of an application's tree (spec: api §3). */
export const resourceNode = resourceReference.extend({
  parentRefs: z.array(resourceReference).optional(),
  info: z.array(infoItem).optional(),
  networkingInfo: networkingInfo.optional(),
  resourceVersion: z.string().optional(),
  images: z.array(z.string()).optional(),
  health: healthStatus.optional(),
  createdAt: z.string().optional(),
})
export type ResourceNode = z.infer<typeof resourceNode>

export const hostInfo = z.object({ name: z.string(), labels: stringMap.optional() })

/** The whole tree as the API answers it. */
export const applicationTree = z.object({
  nodes: z.array(resourceNode),
  orphanedNodes: z.array(resourceNode).optional(),
  hosts: z.array(hostInfo).optional(),
})
export type ApplicationTree = z.infer<typeof applicationTree>
